"""Lets go of what has been kept as long as the rules say: some rows at a time, and a report of each night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.keeping import KeptKind
from filo.foundation.privacy.deciding import decided_by, due_by, held_now, kept_back, let_go
from filo.foundation.privacy.events import RetentionApplied
from filo.foundation.privacy.models import RetentionRule, RetentionRun
from filo.foundation.privacy.registry import kept_kind


def apply_rules(
    principal: Principal,
    *,
    job: UUID,
    is_over: Callable[[], bool] = lambda: False,
    told: Callable[[int], None] = lambda _number: None,
) -> dict[str, int]:
    """Apply every active rule, the narrowest first; begun again by the same job it goes on with the same reports.

    is_over: asked before each batch, so that it can be stopped. told: hears how many rows are gone so far.
    """
    purged = 0
    rules = sorted(active_rules(), key=lambda rule: (-rule.narrowness, str(rule.id)))
    for rule in rules:
        kind = kept_kind(rule.kind)
        if kind is None or is_over():
            continue
        run = _begun(rule, job)
        if run.finished_at is None:
            _work_off(kind, run, is_over=is_over, told=partial(_add_up, told, purged))
            _report(principal, kind, run, stopped=is_over())
        purged += run.purged
    return {"rules": len(rules), "rows": purged}


def _add_up(told: Callable[[int], None], before: int, number: int) -> None:
    told(before + number)


def active_rules() -> list[RetentionRule]:
    """The rules that work, in their order."""
    return list(RetentionRule.objects.filter(active=True))


def _begun(rule: RetentionRule, job: UUID) -> RetentionRun:
    run = RetentionRun(rule=rule, job=job, days=rule.days, at=clock.now())
    RetentionRun.objects.bulk_create([run], ignore_conflicts=True)
    return RetentionRun.objects.select_related("rule").get(rule=rule, job=job)


def _work_off(kind: KeptKind, run: RetentionRun, *, is_over: Callable[[], bool], told: Callable[[int], None]) -> None:
    while not is_over() and _purge_some(kind, run):
        told(run.purged)


def _purge_some(kind: KeptKind, run: RetentionRun) -> int:
    """One batch in one transaction; gives how many rows were due, none when there is no more to do.

    The rules and the holds are read anew each time: a rule that is switched off, or a hold that is placed, while
    the night's work goes on is heeded by the next batch.
    """
    with transaction.atomic():
        rule = RetentionRule.objects.select_for_update().filter(pk=run.rule_id, active=True, days=run.days).first()
        if rule is None:
            return 0
        keys = _due_keys(kind, rule, run.at)
        if keys:
            kind.purge(keys)
            gone = len(keys) - kind.rows().filter(pk__in=keys).count()
            if not (gone or kind.in_steps):
                raise RuntimeError(f"{kind.code}: rows that were let go are still there")
            RetentionRun.objects.filter(pk=run.pk).update(purged=F("purged") + gone)
            run.purged += gone
        return len(keys)


def _due_keys(kind: KeptKind, rule: RetentionRule, now: datetime) -> list[object]:
    due = let_go(kind, due_by(kind, rule, active_rules(), now), held_now())
    return list(due.order_by(kind.moment).values_list("pk", flat=True)[: kind.at_once])


def _report(principal: Principal, kind: KeptKind, run: RetentionRun, *, stopped: bool) -> None:
    rules = active_rules()
    with transaction.atomic():
        due = due_by(kind, run.rule, rules, run.at)
        run.held = kept_back(kind, due, held_now()).count()
        left = decided_by(kind, run.rule, rules).order_by(kind.moment)
        run.oldest_left = left.values_list(kind.moment, flat=True).first()
        run.stopped, run.finished_at = stopped, clock.now()
        run.save(update_fields=["held", "oldest_left", "stopped", "finished_at"])
        if run.purged or run.held:
            changes = {"purged": (None, run.purged), "held": (None, run.held), "days": (None, run.days)}
            record(principal, "retention.apply", kind="retention", object_id=run.rule_id, changes=changes)
            announce(principal, RetentionApplied(rule=run.rule_id, kind=kind.code, purged=run.purged, held=run.held))
