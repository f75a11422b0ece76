"""Verbs about rules of retention: make, change, switch off and on."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Changes, record
from filo.foundation.errors import InvalidFields, Sentence, Stale
from filo.foundation.events.services import announce
from filo.foundation.privacy.deciding import narrowing
from filo.foundation.privacy.events import RetentionRuleEdited
from filo.foundation.privacy.models import RetentionRule
from filo.foundation.privacy.registry import kept_kind

LONGEST_DAYS = 36_500


def add_rule(principal: Principal, *, kind: str, source: str = "", purpose: str = "", days: int) -> RetentionRule:
    """Let rows of a kind go after so many days, from tonight on. Raises `Forbidden`, `InvalidFields`."""
    principal.require("privacy", "edit")
    refuse_unfit(kind=kind, source=source, purpose=purpose, days=days)
    with transaction.atomic():
        rule = RetentionRule(kind=kind, source=source, purpose=purpose, days=days)
        rule.created_by_id, rule.created_at = principal.user_id, clock.now()
        RetentionRule.objects.bulk_create([rule], ignore_conflicts=True)
        if not RetentionRule.objects.filter(pk=rule.pk).exists():
            raise InvalidFields({"kind": _("There is a rule for this already: change that one.")})
        _told(principal, rule, "retention.add", {"days": (None, days), "kind": (None, kind)})
    return rule


def change_rule(principal: Principal, rule: RetentionRule, *, days: int, version: int) -> RetentionRule:
    """Keep rows for another time. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("privacy", "edit")
    refuse_unfit(kind=rule.kind, source=rule.source, purpose=rule.purpose, days=days)
    with transaction.atomic():
        locked = RetentionRule.objects.select_for_update().get(pk=rule.pk)
        if locked.version != version:
            raise Stale({"days": (locked.days, days)}, version=locked.version)
        return _kept(principal, locked, {"days": (locked.days, days)})


def switch_rule(principal: Principal, rule: RetentionRule, *, active: bool) -> RetentionRule:
    """Have a rule rest, or work again; twice changes nothing. Raises `Forbidden`."""
    principal.require("privacy", "edit")
    with transaction.atomic():
        locked = RetentionRule.objects.select_for_update().get(pk=rule.pk)
        return _kept(principal, locked, {"active": (locked.active, active)})


def refuse_unfit(*, kind: str, source: str, purpose: str, days: int) -> None:
    """Refuse a rule that could never work, or promises what the house does not keep. Raises `InvalidFields`."""
    found, problems = kept_kind(kind), dict[str, Sentence]()
    if found is None:
        raise InvalidFields({"kind": _("There is nothing of this kind.")})
    if source and narrowing(found.sources(), source) is None:
        problems["source"] = _("This source does not belong to what is to be kept.")
    if purpose and narrowing(found.purposes(), purpose) is None:
        problems["purpose"] = _("This purpose does not belong to what is to be kept.")
    if not 1 <= days <= LONGEST_DAYS:
        problems["amount"] = _("Between one day and a hundred years.")
    elif found.house_days is not None and days > found.house_days:
        problems["amount"] = _("Filo lets go of these after %(days)s days anyway: write fewer.") % {
            "days": found.house_days
        }
    if problems:
        raise InvalidFields(problems)


def _kept(principal: Principal, locked: RetentionRule, changes: Changes) -> RetentionRule:
    if all(before == after for before, after in changes.values()):
        return locked
    for name, (_before, after) in changes.items():
        setattr(locked, name, after)
    locked.version += 1
    locked.save(update_fields=[*changes, "version"])
    _told(principal, locked, "retention.edit", changes)
    return locked


def _told(principal: Principal, rule: RetentionRule, action: str, changes: Changes) -> None:
    record(principal, action, kind="retention", object_id=rule.id, changes=changes)
    announce(principal, RetentionRuleEdited(rule=rule.id))
