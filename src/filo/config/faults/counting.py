"""Counts a ledger against the tables: every promise once, with its event, audit, timeline and words; no more."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.models import OutboxEvent
from filo.foundation.search.models import SearchText
from filo.operational.activities.models import Task
from filo.operational.interactions.models import Interaction
from filo.operational.parties.models import Party, TimelineEntry

TOLD = {
    "party": ("party.created", "party.create"),
    "interaction": ("interaction.logged", "interaction.log"),
    "task": ("task.added", "task.add"),
}


# Where the line of the timeline stands that tells of it (a task has none until it is done).
LINES = {
    "party": ({"kind": "party.created"}, "party_id"),
    "interaction": ({"reference_kind": "interaction"}, "reference_id"),
}


def compare(run: str, acked: list[dict[str, Any]]) -> dict[str, Any]:
    """Lost, doubled and made up, by id and by content; and what stands beside each row, one to one."""
    found = {"lost": 0, "duplicate": 0, "phantom": 0}
    beside: list[str] = []
    for kind in TOLD:
        promised = {UUID(entry["id"]): entry["marker"] for entry in acked if entry["kind"] == kind}
        kept = dict(_rows(kind, run))
        by_marker = Counter(kept.values())
        found["lost"] += sum(kept.get(id_) != marker for id_, marker in promised.items())
        found["duplicate"] += sum(times - 1 for times in by_marker.values())
        found["phantom"] += len(kept.keys() - promised.keys()) - sum(times - 1 for times in by_marker.values())
        beside += _beside(kind, kept)
    return {**found, "beside": beside}


def _rows(kind: str, run: str) -> QuerySet[Any, tuple[UUID, str]]:
    places: dict[str, tuple[type[Model], str]] = {
        "party": (Party, "family_name"),
        "interaction": (Interaction, "subject"),
        "task": (Task, "title"),
    }
    model, column = places[kind]
    return model._default_manager.filter(**{f"{column}__startswith": run}).values_list("id", column)


def _beside(kind: str, kept: dict[UUID, str]) -> list[str]:
    """What is not exactly once beside a row that is there."""
    event, action = TOLD[kind]
    events = OutboxEvent.objects.filter(type=event).values_list("data", "subject")
    told = Counter(UUID(str(data.get(kind) or subject)) for data, subject in events)
    audited = Counter(AuditEntry.objects.filter(kind=kind, action=action).values_list("object_id", flat=True))
    wrong = [f"{kind} {id_}: {told[id_]} events" for id_ in kept if told[id_] != 1]
    wrong += [f"{kind} {id_}: {audited[id_]} audit entries" for id_ in kept if audited[id_] != 1]
    if kind in LINES:
        concerns, named_by = LINES[kind]
        lines = Counter(TimelineEntry.objects.filter(**concerns).values_list(named_by, flat=True))
        wrong += [f"{kind} {id_}: {lines[id_]} lines of the timeline" for id_ in kept if lines[id_] != 1]
    if kind == "party":
        words = dict(SearchText.objects.filter(kind="party").values_list("object_id", "text"))
        wrong += [f"{kind} {id_}: not to be found" for id_, name in kept.items() if name not in words.get(id_, "")]
    return wrong
