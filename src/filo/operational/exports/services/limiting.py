"""How much may leave in a day: counted before anything is written, with an alarm before the end."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, Sentence, Stale
from filo.foundation.events.services import announce
from filo.operational.exports.errors import TakenEnough
from filo.operational.exports.events import ExportAlarm, ExportLimitsChanged
from filo.operational.exports.models import Export, ExportLimits
from filo.operational.exports.queries import day_is_over_in, taken_in_a_day
from filo.operational.exports.wishes import Wish
from filo.operational.exports.writing import count_of

NUMBERS = ("token_alarm", "token_most", "person_alarm", "person_most")
COUNTED = 10_000_000


def count_in(principal: Principal, export: Export, wish: Wish) -> None:
    """Set how many rows there will be, in the caller's transaction; two who ask at once wait for each other.

    The system itself is not limited. Raises `TakenEnough`.
    """
    if principal.kind == "system":
        export.total, _exact = count_of(principal, wish, COUNTED)
        return
    ExportLimits.objects.get_or_create(only=True)
    limits = ExportLimits.objects.select_for_update().get(only=True)
    by_token = principal.token_id is not None
    alarm = limits.token_alarm if by_token else limits.person_alarm
    most = limits.token_most if by_token else limits.person_most
    taken = taken_in_a_day(principal)
    export.total, _exact = count_of(principal, wish, COUNTED if most is None else max(0, most - taken) + 1)
    if most is not None and taken + export.total > most:
        raise TakenEnough(most=most, taken=taken, retry_after=day_is_over_in(principal))
    if alarm is not None and taken < max(alarm, 1) <= taken + export.total:
        announce(principal, ExportAlarm(export=export.id, rows=taken + export.total, by_token=by_token))


def set_limits(principal: Principal, *, version: int, **numbers: int | None) -> ExportLimits:
    """Change how much may be taken out in a day; None is no limit. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    wanted = {name: numbers[name] for name in NUMBERS}
    _check(wanted)
    with transaction.atomic():
        ExportLimits.objects.get_or_create(only=True)
        locked = ExportLimits.objects.select_for_update().get(only=True)
        changes = {
            name: (getattr(locked, name), value) for name, value in wanted.items() if getattr(locked, name) != value
        }
        if version != locked.version:
            raise Stale(changes, version=locked.version)
        if not changes:
            return locked
        for name, value in wanted.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        record(principal, "export-limits.edit", kind="export-limits", object_id=locked.id, changes=changes)
        announce(principal, ExportLimitsChanged(limits=locked.id))
    return locked


def _check(wanted: dict[str, int | None]) -> None:
    wrong: dict[str, Sentence | list[Sentence]] = {}
    for who in ("token", "person"):
        alarm, most = wanted[f"{who}_alarm"], wanted[f"{who}_most"]
        if alarm is not None and most is not None and alarm > most:
            wrong[f"{who}_alarm"] = _("The alarm comes before the end: write a smaller number.")
    if wrong:
        raise InvalidFields(wrong)
