"""How changes of customers read: names of fields and acts, and values in words, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, WayBack, show
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.words import names_in, words_of_value
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.web.templatetags.web import full_day
from filo.operational.parties.addresses import party_url
from filo.operational.parties.labels import FIELDS, shown_value
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.models.links import RELATION_ROLES
from filo.operational.parties.models.party import GENDERS, LANGUAGES
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.own_fields import ENTITY, PREFIX
from filo.operational.parties.policies import PARTY_DELETED
from filo.operational.parties.queries.naming import names_of
from filo.operational.parties.timeline_kinds import RULES

Value = Callable[[Any], str | None]
PARTY_FIELDS: dict[str, Label] = {
    **FIELDS,
    "display_name": gettext_lazy("Name"),
    "relation": gettext_lazy("Relation"),
    "external_identities": gettext_lazy("External codes"),
    "deleted": gettext_lazy("In the bin"),
    "merged": gettext_lazy("Merged with"),
    "merged_into": gettext_lazy("Became part of"),
}
PARTY_ACTIONS: dict[str, Label] = {
    "party.create": gettext_lazy("Brought in"),
    "party.edit": gettext_lazy("Facts changed"),
    "party.delete": gettext_lazy("Moved to the bin"),
    "party.restore": gettext_lazy("Taken out of the bin"),
    "party.relate": gettext_lazy("Relation added"),
    "party.unrelate": gettext_lazy("Relation removed"),
    "party.add-contact": gettext_lazy("Contact person added"),
    "party.identify": gettext_lazy("External codes added"),
    "party.merge": gettext_lazy("Merged with another card"),
    "party.become-part": gettext_lazy("Became part of another card"),
    "party.unmerge": gettext_lazy("Parted from another card"),
    "party.stand-alone": gettext_lazy("Stands alone again"),
    "party.forget-codes": gettext_lazy("External codes removed"),
}
RELATIONSHIP_FIELDS: dict[str, Label] = {
    "company_id": gettext_lazy("Company"),
    "product_line_id": gettext_lazy("Product line"),
    "stage": gettext_lazy("Stage"),
    "reason": gettext_lazy("Reason"),
    "owner_id": gettext_lazy("Followed by"),
    "members": pgettext_lazy("people who work a customer", "Members"),
    "area_id": gettext_lazy("Area"),
    "channel_id": gettext_lazy("Channel"),
    "unit_id": gettext_lazy("Unit"),
    "ended": pgettext_lazy("a relationship", "Ended"),
    "end_reason": gettext_lazy("Reason"),
}
RELATIONSHIP_ACTIONS: dict[str, Label] = {
    "relationship.open": gettext_lazy("Company or product line added"),
    "relationship.withdraw": gettext_lazy("Company or product line taken away"),
    "relationship.move-stage": gettext_lazy("Stage moved"),
    "relationship.end": gettext_lazy("Relationship ended"),
    "relationship.reopen": gettext_lazy("Relationship opened again"),
    "relationship.assign": gettext_lazy("Assigned"),
}
_TABLES: dict[str, type[Model]] = {
    "company_id": SellingCompany,
    "product_line_id": ProductLine,
    "area_id": Area,
    "channel_id": Channel,
    "unit_id": Unit,
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show(
        "party",
        gettext_lazy("Customers"),
        PARTY_FIELDS,
        words=_of_parties,
        actions=PARTY_ACTIONS,
        own_fields=PREFIX,
        instead={"party.create": _into_the_bin},
    )
    show(
        "relationship",
        gettext_lazy("What customers are to us"),
        RELATIONSHIP_FIELDS,
        words=_of_relationships,
        actions=RELATIONSHIP_ACTIONS,
    )


def _into_the_bin(principal: Principal, party_id: UUID) -> WayBack | None:
    """Who was brought in by mistake is thrown away, alone: whatever else came in with the same act stays."""
    party = Party.objects.filter(pk=party_id, deleted_at=None).first()
    if party is None or not principal.may("party", "delete") or not PARTY_DELETED.allows(principal, party):
        return None
    return WayBack(_("Move to the bin"), "trash-2", f"{party_url(party_id)}/delete")


def _of_parties(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    raws = _raws(entries)
    tied = {end for raw in raws.get("relation", []) for end in _ends(raw)}
    seen = names_of(principal, {*tied, *(entry.object_id for entry in entries)})
    own, labels = _own_fields(principal, raws)
    hidden = principal.hidden("party")
    values: dict[str, Value] = {
        "gender": _choice(GENDERS),
        "language": _choice(LANGUAGES),
        "birth_date": _day,
        "deleted": _yes_or_no,
        "relation": lambda raw: _relation(raw, seen),
        "external_identities": _codes,
        **own,
    }

    def value(name: str, raw: Any) -> str | None:
        if name in hidden or (name.startswith(PREFIX) and name not in labels):
            return None
        return values.get(name, shown_value)(raw)

    return Telling(value, {pk: Thing(name, f"/parties/{pk}") for pk, name in seen.items()}, labels)


def _own_fields(principal: Principal, raws: Mapping[str, Sequence[Any]]) -> tuple[dict[str, Value], dict[str, str]]:
    """The words of values in the firm's own fields, and how these are called."""
    if not any(name.startswith(PREFIX) for name in raws):
        return {}, {}
    found = [field for field in fields_of(ENTITY) if field.name in raws]
    rows = [{field.code: raw} for field in found for raw in raws[field.name] if raw]
    names = names_in(principal, found, rows)

    def words_of(field: Any) -> Value:
        return lambda raw: words_of_value(field, raw, names=names) or (None if raw else _("empty"))

    return {field.name: words_of(field) for field in found}, {field.name: str(field.label) for field in found}


def _of_relationships(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    raws = _raws(entries)
    values: dict[str, Value] = {"stage": _choice(STAGES), "ended": _yes_or_no, "reason": _reason}
    for name, model in _TABLES.items():
        values[name] = _named(model, raws.get(name, []))
    people = [raw for name in ("owner_id", "members") for raw in raws.get(name, [])]
    person = _named(User, [one for raw in people for one in (raw if isinstance(raw, list) else [raw])])
    values["owner_id"] = person
    values["members"] = lambda raw: ", ".join(filter(None, map(person, raw))) if raw else _("nobody")
    rows = Relationship.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    ties = {row.pk: row for row in rows.select_related("company", "product_line")}
    parties = names_of(principal, {row.party_id for row in ties.values()})
    things = {
        pk: Thing(
            f"{parties[row.party_id]} · {row.product_line or row.company}",
            f"/parties/{row.party_id}",
            parties[row.party_id],
        )
        for pk, row in ties.items()
        if row.party_id in parties
    }
    return Telling(lambda name, raw: values.get(name, shown_value)(raw), things)


def _raws(entries: Iterable[AuditEntry]) -> dict[str, list[Any]]:
    """Every value of every field, before and after."""
    found: dict[str, list[Any]] = {}
    for entry in entries:
        for name, pair in entry.changes.items():
            found.setdefault(name, []).extend(pair)
    return found


def _ends(raw: Any) -> list[UUID]:
    return [UUID(raw["from_party"]), UUID(raw["to_party"])] if isinstance(raw, dict) else []


def _relation(raw: Any, seen: Mapping[UUID, str]) -> str | None:
    """*Anna Bassi, contact at Lanificio Bassi*; None when one of the two is not seen."""
    if raw is None:
        return _("none")
    ends = _ends(raw)
    if not ends or any(end not in seen for end in ends):
        return None
    words = {code: there for code, there, _back in RELATION_ROLES}
    told = f"{seen[ends[0]]}: {words.get(raw['role'], raw['role'])} {seen[ends[1]]}"
    return f"{told} ({raw['job_title']})" if raw["job_title"] else told


def _named(model: type[Model], raws: Iterable[Any]) -> Value:
    ids = {raw for raw in raws if raw}
    found = (
        {str(row.pk): str(getattr(row, "name", row)) for row in model._default_manager.filter(pk__in=ids)}
        if ids
        else {}
    )
    return lambda raw: found.get(raw, _("what is not there any more")) if raw else _("none")


def _choice(choices: Sequence[tuple[str, Any]]) -> Value:
    labels = dict(choices)
    return lambda raw: str(labels.get(raw, raw)) if raw else _("empty")


def _reason(raw: Any) -> str:
    """What somebody wrote, or the rule that moved it by itself."""
    return str(RULES.get(raw, raw)) if raw else _("empty")


def _day(raw: Any) -> str:
    return full_day(date.fromisoformat(raw)) if raw else _("empty")


def _yes_or_no(raw: Any) -> str:
    return _("yes") if raw else _("no")


def _codes(raw: Any) -> str:
    return "; ".join(" ".join(pair) for pair in raw or []) or _("none")
