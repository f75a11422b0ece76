"""Two cards beside each other, as a page shows them: what differs, what comes along, what came since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from filo.foundation.access.principal import Principal
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.words import names_in, words_of_value
from filo.operational.activities.models import Task
from filo.operational.doubles.labels import reasons_in_words
from filo.operational.doubles.likeness.comparing import compare
from filo.operational.doubles.queries.traits import here, traits_of_parties
from filo.operational.parties.labels import field_label, shown_value
from filo.operational.parties.models import Address, ContactPoint, Merge, MergedRow, Party, TimelineEntry
from filo.operational.parties.models.party import GENDERS, LANGUAGES
from filo.operational.parties.own_fields import ENTITY
from filo.operational.parties.queries.find import relationships_shown
from filo.operational.parties.services.merging.merging import same_places
from filo.operational.parties.services.merging.planning import Choice, Plan, plan_merge
from filo.operational.parties.timeline_kinds import told

MOST_LINES = 100
_WORDS: dict[str, Mapping[str, Any]] = {"gender": dict(GENDERS), "language": dict(LANGUAGES)}


@dataclass(frozen=True)
class Row:
    """One fact of both cards in words; `asked` when a person has to choose."""

    name: str
    label: str
    kept: str
    absorbed: str
    chosen: str
    asked: bool
    may_be_both: bool


def compared(principal: Principal, kept: Party, absorbed: Party, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Everything that the page of two cards shows. Raises what `plan_merge` raises."""
    plan = plan_merge(principal, kept, absorbed, chosen=chosen)
    traits = traits_of_parties([kept.pk, absorbed.pk])
    likeness = compare(traits[kept.pk], traits[absorbed.pk], here())
    shown = relationships_shown(principal, [kept, absorbed])
    hidden = principal.hidden("party")
    return {
        "kept": kept,
        "absorbed": absorbed,
        "rows": _rows(principal, plan),
        "probability": likeness.probability,
        "reasons": reasons_in_words(likeness.reasons, hidden=hidden),
        "sides": [_side(principal, party, shown.get(party.pk, [])) for party in (kept, absorbed)],
        "points": _points(kept, absorbed),
        "addresses": _addresses(kept, absorbed),
    }


def _side(principal: Principal, party: Party, relationships: list[Any]) -> dict[str, Any]:
    return {
        "party": party,
        "main": relationships[0] if relationships else None,
        "lines": TimelineEntry.objects.visible_to(principal).filter(party=party).count(),
        "tasks": Task.objects.visible_to(principal).filter(party=party, done_at=None).count(),
        "firms": party.relations_from.count() + party.relations_to.count(),
    }


def _points(kept: Party, absorbed: Party) -> list[tuple[ContactPoint, bool]]:
    """Every number and address once, and whether it comes along from the other card."""
    mine = list(kept.contact_points.all())
    known = {(point.type, point.normalised) for point in mine}
    new = [point for point in absorbed.contact_points.all() if (point.type, point.normalised) not in known]
    return [(point, False) for point in mine] + [(point, True) for point in new]


def _addresses(kept: Party, absorbed: Party) -> list[Address]:
    """Every place once."""
    same = same_places(kept, absorbed)
    return [*kept.addresses.all(), *(address for address in absorbed.addresses.all() if address.pk not in same)]


def _rows(principal: Principal, plan: Plan) -> list[Row]:
    own = {field.name: field for field in fields_of(ENTITY)}
    hidden = principal.hidden("party")
    return [
        _row(principal, choice, own.get(choice.name))
        for choice in plan.choices
        if choice.name not in hidden and (choice.kept or choice.absorbed)
    ]


def _row(principal: Principal, choice: Choice, field: Any) -> Row:
    if field is None:
        label = field_label(choice.name)
        kept, absorbed = (_in_words(choice.name, value) for value in (choice.kept, choice.absorbed))
    else:
        label = str(field.label)
        names = names_in(principal, [field], [{field.code: value} for value in (choice.kept, choice.absorbed)])
        kept, absorbed = (
            words_of_value(field, value, names=names) if value else "" for value in (choice.kept, choice.absorbed)
        )
    return Row(choice.name, label, kept, absorbed, choice.chosen, choice.differs, choice.name == "notes")


def _in_words(name: str, value: Any) -> str:
    if value in ("", None, []):
        return ""
    return str(_WORDS[name].get(value, value)) if name in _WORDS else shown_value(value)


def came_since(principal: Principal, merge: Merge) -> dict[str, Any]:
    """What happened with the kept card since a merge, and could belong to either of the two."""
    lines = TimelineEntry.objects.visible_to(principal).filter(party=merge.kept_id, pk__gt=merge.pk)
    found = lines.exclude(kind__in=("party.merged", "relationship.stage", "relationship.owner")).order_by("-at")
    points = ContactPoint.objects.filter(party=merge.kept_id, pk__gt=merge.pk)
    return {"lines": told(list(found[:MOST_LINES])), "points": list(points)}


def rows_moved(merge: Merge) -> int:
    """How many rows a merge moved."""
    return MergedRow.objects.filter(merge=merge).count()
