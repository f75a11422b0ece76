"""Where each present value of a card comes from, and since when, from what the audit and the merges keep."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.fields.words import visible_values
from filo.operational.parties.drafts import EDITABLE
from filo.operational.parties.models import Merge, MergedRow, Party
from filo.operational.parties.origins import (
    ARRIVAL,
    CREATED,
    HAND,
    MERGE,
    SYSTEM,
    Batch,
    Origin,
    bringer_of,
    explained,
    kind_of,
    writer_of,
)
from filo.operational.parties.own_fields import ENTITY, as_facts

LISTS = ("contact_points", "addresses", "external_identities")
MOST_ENTRIES = 1000
# What people chose, one by one.
BY_PEOPLE = (HAND, MERGE)


def provenance_of(principal: Principal, party: Party) -> dict[str, Origin]:
    """The origin of every value that this principal may see of a party that he sees, by the name of the value.

    Names are those of the API: "sector", "fields.CODE", "contact_points.0" (the first), "addresses.0",
    "external_identities.0".
    """
    entries = list(AuditEntry.objects.filter(kind="party", object_id=party.pk).order_by("-at", "-id")[:MOST_ENTRIES])
    card = _Card(
        party,
        entries,
        explained(principal, {entry.operation for entry in entries}),
        list(Merge.objects.filter(kept=party).select_related("absorbed").order_by("-at")),
    )
    found = {name: card.of_value(name, value) for name, value in _values(principal, party).items()}
    for name in LISTS:
        rows = list(getattr(party, name).all())
        moved = card.moved(rows)
        for place, row in enumerate(rows):
            found[f"{name}.{place}"] = moved.get(row.pk) or card.of_row(name, _as_kept(name, row))
    return found


def _values(principal: Principal, party: Party) -> dict[str, Any]:
    """The values that there are to tell of."""
    hidden = principal.hidden("party")
    own = as_facts(visible_values(principal, ENTITY, [party.fields])[0])
    values = {name: getattr(party, name) for name in EDITABLE} | own
    return {name: plain(value) for name, value in values.items() if value not in ("", None, []) and name not in hidden}


def _as_kept(name: str, row: Any) -> Any:
    return (row.system, row.key) if name == "external_identities" else row.__dict__


@dataclass
class _Card:
    """A party with what is known of how it became what it is."""

    party: Party
    entries: Sequence[AuditEntry]
    batches: Mapping[UUID, Batch]
    merges: Sequence[Merge]
    arrival: Origin = field(init=False)

    def __post_init__(self) -> None:
        created = next((entry for entry in reversed(self.entries) if entry.action == CREATED), None)
        told = self._of(created) if created else None
        if told is None or told.kind == SYSTEM:
            told = Origin(ARRIVAL, self.party.created_at)
        self.arrival = Origin(told.kind, told.at, told.source or self.party.source, told.by, told.address)

    def of_value(self, name: str, value: Any) -> Origin:
        entry = writer_of(self.entries, name, value)
        return self._of(entry) if entry else self.arrival

    def of_row(self, name: str, row: Any) -> Origin:
        entry = bringer_of(self.entries, name, row)
        return self._of(entry) if entry else self.arrival

    def moved(self, rows: Iterable[Any]) -> dict[Any, Origin]:
        """Those of these rows that came from another card, by their keys."""
        merges = {merge.pk: merge for merge in self.merges if merge.undone_at is None}
        if not merges:
            return {}
        moves = MergedRow.objects.filter(merge__in=merges, key__in=[str(row.pk) for row in rows])
        found = {move.key: self._from(merges[move.merge_id]) for move in moves.order_by("merge__at")}
        return {row.pk: found[str(row.pk)] for row in rows if str(row.pk) in found}

    def _of(self, entry: AuditEntry) -> Origin:
        batch = self.batches.get(entry.operation)
        kind = batch.kind if batch else kind_of(entry)
        if kind == MERGE:
            merge = next((merge for merge in self.merges if merge.at <= entry.at), None)
            return self._from(merge) if merge else Origin(kind, entry.at, by=entry.actor_name)
        by = entry.actor_name if entry.actor else ""
        return Origin(kind, entry.at, batch.name if batch else "", by, batch.address if batch else "")

    def _from(self, merge: Merge) -> Origin:
        return Origin(MERGE, merge.at, merge.absorbed.display_name, merge.actor_name, f"/merges/{merge.pk}")


def written_by_hand(
    now: Mapping[UUID, Mapping[str, Any]], names: Mapping[UUID, Collection[str]]
) -> dict[UUID, set[str]]:
    """Of many parties at once, those of the named values that a person wrote: {party: names}.

    `now` are their facts as `edit_party` takes them; of addresses each is named: "addresses.0".
    """
    entries: dict[UUID, list[AuditEntry]] = {key: [] for key in names}
    rows = AuditEntry.objects.filter(kind="party", object_id__in=list(names)).order_by("-at", "-id") if names else ()
    for entry in rows:
        entries[entry.object_id].append(entry)
    return {
        key: {name for name in wanted if _is_by_hand(entries[key], name, now[key])} for key, wanted in names.items()
    }


def _is_by_hand(entries: Sequence[AuditEntry], name: str, now: Mapping[str, Any]) -> bool:
    group, _dot, place = name.partition(".")
    if group in LISTS:
        entry = bringer_of(entries, group, now[group][int(place)])
    else:
        entry = writer_of(entries, name, plain(now.get(name)))
    entry = entry or next((found for found in reversed(entries) if found.action == CREATED), None)
    return entry is not None and kind_of(entry) in BY_PEOPLE
