"""From rows of back offices to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from filo.collaborative.connectors.api.shapes import ConflictShape, RunShape
from filo.collaborative.connectors.models import Conflict, Connection, Exchange, RejectedRow, SyncRun
from filo.collaborative.connectors.queries import Reconciled, is_late, standing_of
from filo.collaborative.connectors.subjects.base import all_subjects

PLAIN = (
    *("id", "code", "name", "kind", "active", "every_minutes", "last_ok_at", "failures", "failed_because"),
    *("created_at", "version"),
)


def shown(connections: Sequence[Connection]) -> list[dict[str, Any]]:
    """Back offices with how each subject of theirs stands; their keys are not told."""
    return [_shape(one, standing) for one, standing in standing_of(connections)]


def _shape(one: Connection, standing: Sequence[tuple[Exchange, SyncRun | None]]) -> dict[str, Any]:
    told = {
        exchange.subject: _standing(exchange, run) for exchange, run in standing if exchange.subject in all_subjects()
    }
    subjects = [told[code] for code in all_subjects() if code in told]
    return {name: getattr(one, name) for name in PLAIN} | {
        "company": one.company.code if one.company else "",
        "given": {name: str(value) for name, value in one.given.items()},
        "has_secret": bool(one.sealed_secret),
        "next_at": one.next_at if one.active else None,
        "open_conflicts": sum(subject["open_conflicts"] for subject in subjects),
        "open_rejected": sum(subject["open_rejected"] for subject in subjects),
        "subjects": subjects,
    }


def _standing(exchange: Exchange, last: SyncRun | None) -> dict[str, Any]:
    return {
        "subject": exchange.subject,
        "label": str(all_subjects()[exchange.subject].label),
        "active": exchange.active,
        "as_of": exchange.as_of,
        "late": is_late(exchange),
        "open_conflicts": exchange.open_conflicts,  # type: ignore[attr-defined]
        "open_rejected": exchange.open_rejected,  # type: ignore[attr-defined]
        "last_run": run(last) if last else None,
    }


def run(row: SyncRun) -> dict[str, Any]:
    """A look, as it is answered."""
    names = [name for name in RunShape.model_fields if name != "subject"]
    return {name: getattr(row, name) for name in names} | {"subject": row.exchange.subject}


def exchange(row: Exchange) -> dict[str, Any]:
    """What is exchanged of a subject, as it is answered."""
    subject = all_subjects()[row.subject]
    columns = {ours: column for column, ours in row.columns.items()}
    owners = {one.name: row.owners.get(one.name, one.owner) for one in subject.fields}
    fields = [
        {
            "name": one.name,
            "label": str(one.label),
            "kind": one.kind,
            "is_key": one.name in subject.keys,
            "column": columns.get(one.name, ""),
            "owner": owners[one.name],
        }
        for one in subject.fields
    ]
    return {
        "subject": row.subject,
        "label": str(subject.label),
        "active": row.active,
        "columns": row.columns,
        "owners": owners,
        "fields": fields,
        "as_of": row.as_of,
        "version": row.version,
    }


def rejected(row: RejectedRow) -> dict[str, Any]:
    """A refused row, as it is answered."""
    names = ("id", "key", "because", "source", "at", "ended_at")
    values = {str(name): None if value is None else str(value) for name, value in row.row.items()}
    about = {"back_office": row.exchange.connection_id, "subject": row.exchange.subject}
    return {name: getattr(row, name) for name in names} | about | {"row": values}


def conflict(row: Conflict) -> dict[str, Any]:
    """A disagreement, as it is answered."""
    about = {
        "back_office": row.exchange.connection_id,
        "subject": row.exchange.subject,
        "decided_by": row.decided_by_id,
    }
    return {name: getattr(row, name) for name in ConflictShape.model_fields if name not in about} | about


def reconciled(found: Reconciled | None) -> dict[str, Any]:
    """Both sides compared, as it is answered."""
    if found is None:
        return {"told": False, "agree": False, "ours": None, "theirs": None, "count_differing": 0, "differing": []}
    sides = {
        side: {"count": figures.count, "sums": {name: f"{total:f}" for name, total in figures.sums.items()}}
        for side, figures in (("ours", found.ours), ("theirs", found.theirs))
    }
    differing = [
        {
            "key": one.key,
            "only": one.only,
            "fields": {name: {"ours": ours, "theirs": theirs} for name, (ours, theirs) in one.fields.items()},
        }
        for one in found.differing
    ]
    told = {"told": True, "agree": found.agree, "count_differing": found.count_differing}
    return told | sides | {"differing": differing}
