"""What the page of a deal shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, UUIDField

from filo.foundation import clock
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.queries import NEWEST_FIRST, telling_of, told_acts, visible_changes
from filo.foundation.prepared import asked
from filo.foundation.web.paging import page_of
from filo.operational.activities.models import Task
from filo.operational.deals.models import Deal, DealAssignment, LossReason, PipelineStage
from filo.operational.deals.policies import DEAL_ASSIGNED, DEAL_DELETED, DEAL_EDITED
from filo.operational.deals.queries.finding import may_go, stages_of
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.timeline_kinds import Told, told

MOST_ACTS, MOST_STORY, MOST_TASKS = 20, 60, 8


@dataclass(frozen=True)
class Step:
    """A stage on the bar of a deal."""

    stage: PipelineStage
    is_done: bool
    is_current: bool
    may_go: bool


@dataclass(frozen=True)
class DealPage:
    """A deal with all that stands beside it; `party` is None where the customer may not be seen."""

    deal: Deal
    party: Party | None
    contact: Party | None
    referrer: Party | None
    steps: list[Step]
    story: list[Told]
    tasks: list[Task]
    assignment: DealAssignment | None
    may_edit: bool
    may_assign: bool
    may_delete: bool


def page_of_deal(principal: Principal, deal: Deal) -> DealPage:
    """Everything that the page shows, as far as this principal may see it."""
    people = _people(principal, deal)
    party = people.get(deal.party_id)
    return DealPage(
        deal=deal,
        party=party,
        contact=people.get(deal.contact_id) if deal.contact_id else None,
        referrer=people.get(deal.referred_by_id) if deal.referred_by_id else None,
        steps=_steps(deal),
        story=_story(principal, deal) if party else [],
        tasks=_tasks(principal, deal) if party else [],
        assignment=deal.assignments.select_related("user").first(),
        may_edit=principal.may("deal", "edit") and DEAL_EDITED.allows(principal, deal),
        may_assign=principal.may("deal", "assign") and DEAL_ASSIGNED.allows(principal, deal),
        may_delete=principal.may("deal", "delete") and DEAL_DELETED.allows(principal, deal),
    )


def _people(principal: Principal, deal: Deal) -> dict[Any, Party]:
    if not principal.may("party", "view"):
        return {}
    ids = [key for key in (deal.party_id, deal.contact_id, deal.referred_by_id) if key]
    return Party.objects.visible_to(principal).in_bulk(ids)


def _steps(deal: Deal) -> list[Step]:
    found = []
    for stage in (one for one in stages_of(deal.pipeline) if one.kind != "lost"):
        current = stage.pk == deal.stage_id
        done = deal.state == "won" or (deal.is_open and stage.is_open and stage.position <= deal.stage.position)
        found.append(Step(stage, done, current, deal.is_open and not current and may_go(deal.stage, stage)))
    return found


def _story(principal: Principal, deal: Deal) -> list[Told]:
    """What happened about the deal, and with the customer while it was open."""
    seen = TimelineEntry.objects.visible_to(principal).filter(party=deal.party_id)
    mine = Q(reference_kind="deal", reference_id=deal.pk)
    others = Q(at__gte=deal.created_at) & ~Q(reference_kind="deal") & ~Q(kind__startswith="relationship.")
    if deal.closed_at:
        others &= Q(at__lte=deal.closed_at)
    rows = seen.filter(mine | others).select_related("company").order_by("-at", "-id")
    return told(list(rows[:MOST_STORY]))


def _tasks(principal: Principal, deal: Deal) -> list[Task]:
    rows = Task.objects.visible_to(principal).filter(party=deal.party_id, done_at=None)
    return list(rows.select_related("assignee").order_by("due_on", "id")[:MOST_TASKS])


def changes_of(deal: Deal) -> QuerySet[AuditEntry]:
    """The entries of the audit about a deal that the caller may see."""
    return AuditEntry.objects.filter(kind="deal", object_id=deal.id)


def seen_changes(principal: Principal, entries: Sequence[AuditEntry]) -> list[tuple[AuditEntry, dict[str, Any]]]:
    """Each of them with those of its values that this principal may see, as they are kept."""
    tellings, found = telling_of(principal, entries), []
    for entry in entries:
        names = visible_changes(entry, tellings[entry.kind])
        if names or not entry.changes:
            found.append((entry, {name: entry.changes[name] for name in names}))
    return found


def acts_on(principal: Principal, deal: Deal) -> list[Any]:
    """What was changed of a deal, the latest first, in words, with the way back."""
    return told_acts(principal, page_of(changes_of(deal), NEWEST_FIRST, size=MOST_ACTS).rows, about=deal.id)


def loss_reasons() -> list[LossReason]:
    """The firm's reasons, those in use."""
    return list(LossReason.objects.filter(active=True))


def open_deals_of(principal: Principal, party: Party) -> list[Deal]:
    """The open deals of a customer that this principal may see; at most ten."""
    return list(_OPEN_OF.rows(principal, party=party.id))


def _open_of(principal: Principal) -> QuerySet[Deal]:
    rows = Deal.objects.visible_to(principal).filter(party=asked("party", UUIDField()), state="open")
    return rows.select_related("stage", "owner").order_by("close_date", "id")[:10]


_OPEN_OF = PreparedFor(_open_of)


def to_see_to(principal: Principal) -> QuerySet[Deal] | None:
    """One's own open deals without a next step, or whose day for it has come; None for who is nobody."""
    if principal.user_id is None:
        return None
    mine = Deal.objects.visible_to(principal).filter(owner=principal.user_id, state="open")
    return mine.filter(Q(next_on=None) | Q(next_on__lte=clock.today()))
