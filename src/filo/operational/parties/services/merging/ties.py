"""Two relationships with the same company become one: the furthest stage, all who work it, and their story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import plain
from filo.operational.parties.models import Merge, Party, Relationship, RelationshipMember, StageChange
from filo.operational.parties.models.relationship import STAGE_ORDER
from filo.operational.parties.services.merging.moving import move_rows

Changes = dict[str, list[Any]]
FILLED = ("owner_id", "area_id", "channel_id", "unit_id")
RULE = "merge"


def join_ties(principal: Principal, merge: Merge, kept: Party) -> None:
    """Join each relationship that stayed behind with its like on the kept card; the journal says what changed."""
    for other in Relationship.objects.filter(party=merge.absorbed_id).prefetch_related("members"):
        same = Relationship.objects.select_for_update().get(
            party=kept, company=other.company_id, product_line=other.product_line_id
        )
        move_rows(merge.id, Relationship, origin=other.id, to=same.id)
        members = _with_owner(same, other)
        changes = _joined(same, other)
        _note_stage(principal, merge, same, changes)
        for name, (_before, after) in changes.items():
            setattr(same, name, after)
        same.version += 1
        same.save()
        told = {name: [plain(before), plain(after)] for name, (before, after) in changes.items()}
        merge.journal["ties"].append({"id": str(same.id), "changes": told})
        merge.journal["made"] += [str(member.id) for member in members]


def part_ties(merge: Merge) -> None:
    """Give each joined relationship back what the merge changed, where nobody has changed it since."""
    RelationshipMember.objects.filter(pk__in=merge.journal["made"]).delete()
    for tie in merge.journal["ties"]:
        row = Relationship.objects.select_for_update().filter(pk=UUID(tie["id"])).first()
        if row is None:
            continue
        for name, (before, after) in tie["changes"].items():
            if plain(getattr(row, name)) == after:
                setattr(row, name, _read(name, before))
                if name == "stage":
                    StageChange.objects.filter(relationship=row, rule=RULE, at=merge.at).delete()
        row.version += 1
        row.save()


def _read(name: str, raw: Any) -> Any:
    """A kept value as the row has it."""
    if raw in (None, ""):
        return raw
    if name.endswith("_id"):
        return UUID(raw)
    if name in ("stage_since", "ended_at"):
        return datetime.fromisoformat(raw)
    return date.fromisoformat(raw) if name == "customer_since" else raw


def _with_owner(same: Relationship, other: Relationship) -> list[RelationshipMember]:
    """The other's owner goes on working it, beside the one who keeps it."""
    if other.owner_id is None or same.owner_id in (None, other.owner_id):
        return []
    if RelationshipMember.objects.filter(relationship=same, user=other.owner_id).exists():
        return []
    return [RelationshipMember.objects.create(relationship=same, user_id=other.owner_id, role="agent")]


def _joined(same: Relationship, other: Relationship) -> Changes:
    wanted: dict[str, Any] = {name: getattr(same, name) or getattr(other, name) for name in FILLED}
    if same.ended_at and not other.ended_at:
        wanted |= {"ended_at": None, "end_reason": ""}
    if other.ended_at is None and (same.ended_at or STAGE_ORDER[other.stage] > STAGE_ORDER[same.stage]):
        wanted |= {"stage": other.stage, "stage_since": other.stage_since}
    days = [row.customer_since for row in (same, other) if row.customer_since]
    wanted["customer_since"] = min(days) if days else None
    return {name: [getattr(same, name), value] for name, value in wanted.items() if getattr(same, name) != value}


def _note_stage(principal: Principal, merge: Merge, same: Relationship, changes: Mapping[str, list[Any]]) -> None:
    if "stage" not in changes:
        return
    before, after = changes["stage"]
    StageChange.objects.create(
        relationship=same,
        company_id=same.company_id,
        from_stage=before,
        to_stage=after,
        rule=RULE,
        actor_id=principal.user_id,
        actor_name=principal.name,
        at=merge.at,
    )
