"""A deal is won, lost, or opened again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.folding import clean_line
from filo.operational.deals.events import DealLost, DealReopened, DealWon
from filo.operational.deals.models import Deal, LossReason, PipelineStage
from filo.operational.deals.queries.finding import end_of, first_stage
from filo.operational.deals.services.changing import require_deal, tell_of
from filo.operational.deals.services.moving import brought_facts, step, take_step

OPEN_AGAIN = {"closed_at": None, "closed_on": None, "loss_reason_id": None, "loss_note": ""}


def win_deal(
    principal: Principal, deal: Deal, *, version: int | None = None, facts: Mapping[str, Any] | None = None
) -> Deal:
    """The customer buys; winning twice changes nothing. `facts` are what the stage asks for, as in `move_deal`.

    Raises `Forbidden`, `InvalidFields`, `DomainError`, `Stale`."""
    require_deal(principal, deal)
    brought = brought_facts(deal, facts)

    def won(locked: Deal) -> dict[str, Any]:
        if locked.state == "won":
            return {}
        facts = step(locked, end_of(locked.pipeline, "won"), brought)
        return facts | OPEN_AGAIN | {"closed_at": clock.now(), "closed_on": clock.today()}

    def telling(found: Deal, _changes: object) -> DealWon:
        return DealWon(deal=found.id, party=found.party_id, amount=str(found.amount), currency=found.currency)

    with transaction.atomic():
        found, changes = take_step(principal, deal, won, what="win", version=version, telling=telling)
        if changes:
            tell_of(principal, found, "deal.won", outcome=money_words(found.amount, found.currency))
    return found


def lose_deal(
    principal: Principal, deal: Deal, *, reason: LossReason | None, note: str = "", version: int | None = None
) -> Deal:
    """The customer does not buy, and why. Raises `Forbidden`, `InvalidFields` (no reason), `DomainError`, `Stale`."""
    require_deal(principal, deal)
    if reason is None:
        raise InvalidFields({"reason": _("Say why it was lost: that is what one learns from.")})
    said = clean_line(note, max_length=500)

    def lost(locked: Deal) -> dict[str, Any]:
        why = {"loss_reason_id": reason.id, "loss_note": said}
        if locked.state == "lost":
            return why
        facts = step(locked, end_of(locked.pipeline, "lost"), {})
        return facts | why | {"closed_at": clock.now(), "closed_on": clock.today()}

    def telling(found: Deal, _changes: object) -> DealLost:
        return DealLost(deal=found.id, party=found.party_id, reason=reason.name_it)

    with transaction.atomic():
        found, changes = take_step(principal, deal, lost, what="lose", version=version, telling=telling)
        if "stage_id" in changes:
            tell_of(principal, found, "deal.lost", excerpt=f"{reason.name_it}{': ' if said else ''}{said}"[:600])
    return found


def reopen_deal(principal: Principal, deal: Deal, *, stage: PipelineStage | None = None) -> Deal:
    """It was not over after all: it goes on where it was before (or in `stage`). An open one stays as it is.

    Raises `Forbidden`, `InvalidFields`.
    """
    require_deal(principal, deal)

    def opened(locked: Deal) -> dict[str, Any]:
        if locked.is_open:
            return {}
        to = stage or _stage_before(locked)
        if to.pipeline_id != locked.pipeline_id or not to.is_open:
            raise DomainError(_("It goes on in an open stage of its pipeline."), code="deal-transition")
        return {"stage_id": to.id, "stage_since": clock.now(), **OPEN_AGAIN}

    def telling(found: Deal, _changes: object) -> DealReopened:
        return DealReopened(deal=found.id, party=found.party_id)

    with transaction.atomic():
        found, changes = take_step(principal, deal, opened, what="reopen", telling=telling)
        if changes:
            tell_of(principal, found, "deal.reopened")
    return found


def _stage_before(deal: Deal) -> PipelineStage:
    steps = deal.stage_changes.filter(to_stage=deal.stage_id, from_stage__kind="open", from_stage__removed_at=None)
    last = steps.select_related("from_stage").order_by("-at", "-id").first()
    return last.from_stage if last and last.from_stage else first_stage(deal.pipeline)
