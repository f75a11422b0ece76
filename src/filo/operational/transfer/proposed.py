"""A value that a file proposes: where it stands on the card, as a change of it, and in words, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.operational.parties.queries.naming import names_of
from filo.operational.transfer.comparing import facts_in_store
from filo.operational.transfer.conflicts import words_of
from filo.operational.transfer.models import OVER, ImportBatch, ImportProposal
from filo.operational.transfer.models.proposal import OPEN


@dataclass(frozen=True)
class ToldProposal:
    """In words: whose value it is, what it is called, as it is now, as the file says it."""

    id: UUID
    number: int
    party: UUID
    party_name: str
    name: str
    label: str
    now: str
    said: str


def open_proposals(principal: Principal, batch: ImportBatch) -> QuerySet[ImportProposal]:
    """What waits for a choice, of an import that is over, without what is hidden from this principal."""
    found = ImportProposal.objects.visible_to(principal).filter(batch=batch, state=OPEN)
    if batch.state not in OVER:
        return found.none()
    return found.exclude(name__in=principal.hidden("party")).order_by("id")


def told_proposals(principal: Principal, rows: Sequence[ImportProposal]) -> list[ToldProposal]:
    """These of cards that this principal sees."""
    names = names_of(principal, {row.party_id for row in rows})
    facts = facts_in_store(names.keys())
    found = []
    for row in rows:
        if row.party_id in names:
            pair = (value_now(facts[row.party_id], row.name), row.said)
            words = words_of(principal, row.name, pair)
            found.append(ToldProposal(row.id, row.number, row.party_id, names[row.party_id], row.name, *words))
    return found


def value_now(facts: Mapping[str, Any], name: str) -> Any:
    """The value of this name among the facts of a party; None when it is not there any more."""
    group, _dot, place = name.partition(".")
    if group != "addresses":
        return facts.get(name)
    places = facts["addresses"]
    return places[int(place)] if int(place) < len(places) else None


def as_change(facts: Mapping[str, Any], name: str, said: Any) -> dict[str, Any]:
    """The change that `edit_party` takes, of a value that is there."""
    group, _dot, place = name.partition(".")
    if group != "addresses":
        return {name: said}
    return {"addresses": [said if n == int(place) else row for n, row in enumerate(facts["addresses"])]}
