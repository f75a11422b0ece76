"""Who may see and change customers: by company, and by owner, member, team, unit, or as a firm's contact."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, Scope, declare, declared
from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import in_my_companies, within_reach
from filo.foundation.access.rules import EVERYTHING, NOTHING, Clause, Rule

CONTACT_ROLES = ("contact", "owner", "employee", "legal-representative")

PARTY = declare(
    AccessObject(
        code="party",
        label=_("Customers"),
        actions=("view", "create", "edit", "delete", "assign", "import", "export"),
        ready={
            "administrator": dict.fromkeys(("view", "create", "edit", "delete", "assign", "import", "export"), "all"),
            "management": dict.fromkeys(("view", "create", "edit", "assign", "export"), "all"),
            "area-manager": dict.fromkeys(("view", "create", "edit", "delete", "assign", "import", "export"), "wide"),
            "agent": {"view": "own", "create": "own", "edit": "own"},
            "inside-sales": dict.fromkeys(("view", "create", "edit", "assign", "import"), "all"),
            "researcher": {"view": "all", "create": "all", "edit": "all", "import": "all"},
            "care-operator": {"view": "all", "create": "all", "edit": "all"},
        },
        maskable={
            "codice_fiscale": _("Codice fiscale"),
            "birth_date": _("Date of birth"),
            "vat_number": _("VAT number"),
            "notes": _("Notes"),
        },
        ready_masks={"care-operator": ("birth_date",), "researcher": ("codice_fiscale", "birth_date")},
    )
)


def _model(name: str) -> type[Model]:
    return apps.get_model("parties", name)


def _mine_of(principal: Principal, found: Any) -> bool:
    if principal.user_id is None:
        return False
    return found.owner_id == principal.user_id or any(
        member.user_id == principal.user_id for member in found.members.all()
    )


def _mine_q(principal: Principal) -> Q:
    if principal.user_id is None:
        return NOTHING
    members = _model("RelationshipMember")._default_manager.filter(user=principal.user_id)
    return Q(owner=principal.user_id) | Q(pk__in=members.values("relationship"))


_MINE = Clause(_("You are the owner or a member."), _mine_of, _mine_q)
_MY_COMPANY = in_my_companies(or_in_none=False)
_MY_COMPANY_OR_NONE = in_my_companies(or_in_none=True)


def _relationship_rule(action: str) -> Rule:
    return _MY_COMPANY & within_reach("party", action, _MINE)


RELATIONSHIP_SEEN = _relationship_rule("view")
RELATIONSHIP_EDITED = _relationship_rule("edit")
RELATIONSHIP_ASSIGNED = _relationship_rule("assign")


def _party_rule(action: str) -> Rule:
    relationships = _relationship_rule(action)

    def yes(principal: Principal, party: Any) -> bool:
        scope = principal.scope("party", action)
        if scope is Scope.NONE:
            return False
        if scope is Scope.ALL and principal.company_ids is None:
            return True
        own = list(party.relationships.all())
        if any(relationships.allows(principal, found) for found in own):
            return True
        firms = list(relationships_of_firms(party))
        if scope is Scope.ALL and not own and not firms:
            return True
        return any(relationships.allows(principal, found) for found in firms)

    def q(principal: Principal) -> Q:
        scope = principal.scope("party", action)
        if scope is Scope.NONE:
            return NOTHING
        if scope is Scope.ALL and principal.company_ids is None:
            return EVERYTHING
        ways = _model("Reach")._default_manager.filter(ways_open_to(principal, action))
        if scope in (Scope.OWN, Scope.TEAM):  # few: found from the person's side, not probed row by row
            return Q(pk__in=ways.values("party"))
        return Q(Exists(ways.filter(party=OuterRef("pk"))))

    return Clause(_("You may see one of its relationships, or the firm it is a contact of."), yes, q)


def sees_everything(principal: Principal) -> bool:
    """Whether no party is hidden from this principal."""
    return principal.scope("party", "view") is Scope.ALL and principal.company_ids is None


def ways_open_to(principal: Principal, action: str) -> Q:
    """Which ways to a party (rows of `Reach`) lie open to somebody, as far as the right to do this reaches."""
    scope, found = principal.scope("party", action), EVERYTHING
    if scope is Scope.NONE:
        return NOTHING
    if scope is not Scope.ALL:
        found = Q(person=principal.user_id) if principal.user_id else NOTHING
        units = {Scope.TEAM: [principal.unit_id] if principal.unit_id else [], Scope.UNIT: list(principal.unit_ids)}
        if units.get(scope):
            found |= Q(unit__in=units[scope])
    if principal.company_ids is None:
        return found
    mine = Q(company__in=principal.company_ids)
    return found & (mine | Q(company=None) if scope is Scope.ALL else mine)


def relationships_of_firms(party: Any) -> Iterable[Any]:
    """The relationships of the firms that this person is a contact of."""
    firms = party.relations_from.filter(role__in=CONTACT_ROLES).values("to_party")
    return (
        _model("Relationship")
        ._default_manager.filter(party__in=firms)
        .select_related("party", "unit", "owner", "company")
        .prefetch_related("members")
    )


PARTY_SEEN = _party_rule("view")
PARTY_EDITED = _party_rule("edit")


def _nobody_elses(action: str) -> Rule:
    """A party that others work with too is not one's own to throw away, or to make part of another."""
    reached = _relationship_rule(action)

    def yes(principal: Principal, party: Any) -> bool:
        return all(reached.allows(principal, found) for found in party.relationships.all())

    def q(principal: Principal) -> Q:
        relationships = _model("Relationship")._default_manager.order_by()
        mine = relationships.filter(reached.rows(principal)).values("pk")
        return Q(~Exists(relationships.filter(party=OuterRef("pk")).exclude(pk__in=mine)))

    return Clause(_("Nobody beyond your reach works with it."), yes, q)


PARTY_DELETED = _party_rule("delete") & _nobody_elses("delete")
PARTY_MERGED = _party_rule("edit") & _nobody_elses("edit")


def _entry_yes(principal: Principal, entry: Any) -> bool:
    if entry.company_id and principal.company_ids is not None and entry.company_id not in principal.company_ids:
        return False
    if entry.object == "party":
        return entry.relationship is None or RELATIONSHIP_SEEN.allows(principal, entry.relationship)
    scope = principal.scope(entry.object, "view")
    if scope is Scope.ALL:
        return True
    own = principal.user_id is not None and principal.user_id in (entry.owner_id, entry.actor_id)
    reach = {
        Scope.NONE: False,
        Scope.OWN: own,
        Scope.TEAM: own or (principal.unit_id is not None and entry.unit_id == principal.unit_id),
        Scope.UNIT: own or entry.unit_id in principal.unit_ids,
    }
    return reach[scope]


def _entry_q(principal: Principal) -> Q:
    relationships = _model("Relationship")._default_manager.filter(RELATIONSHIP_SEEN.rows(principal)).order_by()
    by_scope: dict[Scope, list[str]] = {}
    for found in declared():
        if found.code != "party":
            by_scope.setdefault(principal.scope(found.code, "view"), []).append(found.code)
    everything = principal.scope("party", "view") is Scope.ALL and principal.company_ids is None
    if everything and set(by_scope) <= {Scope.ALL}:
        return EVERYTHING
    reach = _reached_by(principal, "owner", "actor")
    # A range of one: asked with `=`, PostgreSQL would read all relationships into a hash for the few of a story.
    one = {"pk__gte": OuterRef("relationship"), "pk__lte": OuterRef("relationship")}
    of_relationships = Q(relationship=None) | Q(Exists(relationships.filter(**one)))
    rows = Q(object="party") & (EVERYTHING if everything else of_relationships)
    for scope, codes in by_scope.items():
        if scope is not Scope.NONE:
            rows |= Q(object__in=codes) & reach[scope]
    return rows & _MY_COMPANY_OR_NONE.rows(principal)


def _reached_by(principal: Principal, *people: str) -> dict[Scope, Q]:
    """The rows with these columns of people and a unit that a right of each width reaches."""
    own = reduce(or_, (Q(**{name: principal.user_id}) for name in people)) if principal.user_id else NOTHING
    return {
        Scope.NONE: NOTHING,
        Scope.OWN: own,
        Scope.TEAM: own | Q(unit=principal.unit_id) if principal.unit_id else own,
        Scope.UNIT: own | Q(unit__in=principal.unit_ids),
        Scope.ALL: EVERYTHING,
    }


TIMELINE_SEEN = Clause(_("It is your own, or of your unit, as your role allows."), _entry_yes, _entry_q)


def contacts_known_to(principal: Principal) -> Q:
    """The last contacts that may be known: those taken from entries that may be read."""
    reach = _reached_by(principal, "person")
    return reach[principal.scope("interaction", "view")] & _MY_COMPANY_OR_NONE.rows(principal)


def bulk_edits_of(principal: Principal) -> Q:
    """The changes of many that somebody may see: one's own, or everybody's for who looks after all work."""
    if principal.scope("job", "view") is Scope.ALL:
        return EVERYTHING
    return Q(created_by=principal.user_id) if principal.user_id else NOTHING
