"""Who may see and change customers: by company, and by owner, member, team, unit, or as a firm's contact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, Scope, declare, declared
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, ByScope, Clause, Rule

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
_MY_TEAM = Clause(
    _("It belongs to your own team."),
    lambda principal, found: principal.unit_id is not None and found.unit_id == principal.unit_id,
    lambda principal: Q(unit=principal.unit_id) if principal.unit_id else NOTHING,
)
_MY_UNIT = Clause(
    _("It belongs to your unit or one below it."),
    lambda principal, found: found.unit_id in principal.unit_ids,
    lambda principal: Q(unit__in=principal.unit_ids) if principal.unit_ids else NOTHING,
)
_ANY = Clause(_("Your role sees all."), lambda _principal, _found: True, lambda _principal: EVERYTHING)
_MY_COMPANY = Clause(
    _("It is with a company you work in."),
    lambda principal, found: principal.company_ids is None or found.company_id in principal.company_ids,
    lambda principal: EVERYTHING if principal.company_ids is None else Q(company__in=principal.company_ids),
)


def _relationship_rule(action: str) -> Rule:
    scopes = {
        Scope.OWN: _MINE,
        Scope.TEAM: _MINE | _MY_TEAM,
        Scope.UNIT: _MINE | _MY_UNIT,
        Scope.ALL: _ANY,
    }
    return _MY_COMPANY & ByScope("party", action, scopes)


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
        if scope in (Scope.OWN, Scope.TEAM):
            return Q(pk__in=_few_parties(principal, scope))
        return _many_parties(relationships.rows(principal), with_unrelated=scope is Scope.ALL)

    return Clause(_("You may see one of its relationships, or the firm it is a contact of."), yes, q)


def _few_parties(principal: Principal, scope: Scope) -> QuerySet[Any]:
    """Own customers and their contacts as one set of ids, found by index from the owner's side."""
    relationships = _model("Relationship")._default_manager.filter(_MY_COMPANY.rows(principal)).order_by()
    members = _model("RelationshipMember")._default_manager.filter(user=principal.user_id)
    if principal.company_ids is not None:
        members = members.filter(relationship__company__in=principal.company_ids)
    firms = [
        relationships.filter(owner=principal.user_id).values("party_id"),
        members.values("relationship__party_id"),
    ]
    if scope is Scope.TEAM and principal.unit_id:
        firms.append(relationships.filter(unit=principal.unit_id).values("party_id"))
    contacts = [
        _model("PartyRelation")
        ._default_manager.filter(role__in=CONTACT_ROLES, to_party__in=found)
        .values("from_party_id")
        for found in firms
    ]
    return firms[0].union(*firms[1:], *contacts)


def _many_parties(rows: Q, *, with_unrelated: bool) -> Q:
    """A large share of all parties: probed row by row, so that a sorted page stops early."""
    relationships = _model("Relationship")._default_manager.order_by()
    relations = _model("PartyRelation")._default_manager.order_by()
    seen = Exists(relationships.filter(rows, party=OuterRef("pk")))
    firm = Exists(relationships.filter(rows, party=OuterRef("to_party")))
    contact = Exists(relations.filter(firm, from_party=OuterRef("pk"), role__in=CONTACT_ROLES))
    found = Q(seen) | Q(contact)
    if with_unrelated:
        with_us = Exists(relationships.filter(party=OuterRef("to_party")))
        of_our_firms = relations.filter(with_us, from_party=OuterRef("pk"), role__in=CONTACT_ROLES)
        found |= Q(~Exists(relationships.filter(party=OuterRef("pk")))) & Q(~Exists(of_our_firms))
    return found


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


def _nobody_elses() -> Rule:
    """A party that others work with too is not one's own to throw away."""
    reached = _relationship_rule("delete")

    def yes(principal: Principal, party: Any) -> bool:
        return all(reached.allows(principal, found) for found in party.relationships.all())

    def q(principal: Principal) -> Q:
        relationships = _model("Relationship")._default_manager.order_by()
        mine = relationships.filter(reached.rows(principal)).values("pk")
        return Q(~Exists(relationships.filter(party=OuterRef("pk")).exclude(pk__in=mine)))

    return Clause(_("Nobody beyond your reach works with it."), yes, q)


PARTY_DELETED = _party_rule("delete") & _nobody_elses()


def _entry_scope(principal: Principal, code: str) -> Scope:
    return principal.scope(code, "view")


def _entry_yes(principal: Principal, entry: Any) -> bool:
    if entry.company_id and principal.company_ids is not None and entry.company_id not in principal.company_ids:
        return False
    if entry.object == "party":
        return entry.relationship is None or RELATIONSHIP_SEEN.allows(principal, entry.relationship)
    scope = _entry_scope(principal, entry.object)
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
    relationships = _model("Relationship")._default_manager.filter(RELATIONSHIP_SEEN.rows(principal))
    by_scope: dict[Scope, list[str]] = {}
    for found in declared():
        if found.code != "party":
            by_scope.setdefault(_entry_scope(principal, found.code), []).append(found.code)
    everything = principal.scope("party", "view") is Scope.ALL and principal.company_ids is None
    if everything and set(by_scope) <= {Scope.ALL}:
        return EVERYTHING
    own = Q(owner=principal.user_id) | Q(actor=principal.user_id) if principal.user_id else NOTHING
    reach = {
        Scope.OWN: own,
        Scope.TEAM: own | Q(unit=principal.unit_id) if principal.unit_id else own,
        Scope.UNIT: own | Q(unit__in=principal.unit_ids),
        Scope.ALL: EVERYTHING,
    }
    rows = Q(object="party") & (
        EVERYTHING if everything else Q(relationship=None) | Q(relationship__in=relationships.values("pk"))
    )
    for scope, codes in by_scope.items():
        if scope is not Scope.NONE:
            rows |= Q(object__in=codes) & reach[scope]
    if principal.company_ids is not None:
        rows &= Q(company=None) | Q(company__in=principal.company_ids)
    return rows


TIMELINE_SEEN = Clause(_("It is your own, or of your unit, as your role allows."), _entry_yes, _entry_q)
