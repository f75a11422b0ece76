"""What programs do to one's calendar: keep an appointment under a name, cancel it; by the verbs of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import NotFound
from filo.operational.activities.appointments import (
    cancel_appointment,
    change_appointment,
    make_appointment,
    move_appointment,
    restore_appointment,
)
from filo.operational.activities.entries import lock_calendar, name_entry
from filo.operational.activities.models import Appointment, CalendarEntry
from filo.operational.caldav.errors import ChangedMeanwhile, SameUid
from filo.operational.caldav.icalendar.reading import Wanted, WantedSeries
from filo.operational.caldav.icalendar.writing import titled
from filo.operational.caldav.queries import etag_of, own_appointments
from filo.operational.parties.queries.naming import names_of


@dataclass(frozen=True)
class Match:
    """What must be there for a change: `known` one of these ETags ("*": anything), or nothing at all."""

    known: frozenset[str] | None = None
    nothing: bool = False

    def check(self, etag: str | None) -> None:
        """Raises `ChangedMeanwhile`; `etag` None: there is nothing."""
        if self.nothing and etag is not None:
            raise ChangedMeanwhile
        if self.known is not None and (etag is None or not {etag, "*"} & self.known):
            raise ChangedMeanwhile


def keep_appointment(principal: Principal, name: str, wanted: WantedSeries, *, match: Match) -> bool:
    """Make what a program calls so, or change it to what it says now; gives whether it is new.

    Raises `ChangedMeanwhile`, `SameUid`, `Forbidden`, `InvalidFields`.
    """
    principal.require("task", "edit")
    with transaction.atomic(), one_operation():
        found, entry = _locked(principal, name)
        if found is None and principal.user_id:  # two programs make it at once: the second one finds it
            lock_calendar(principal.user_id)
            found, entry = _locked(principal, name)
        match.check(etag_of(entry) if found and entry else None)
        _refuse_same_uid(principal, name, wanted.uid, entry if found else None)
        whole = _changed(principal, found, wanted) if found else _made(principal, entry, wanted)
        _set_exceptions(principal, whole, wanted)
        alarms = {str(day): one.alarms for day, one in wanted.instead.items()} | {"": wanted.whole.alarms}
        kept = {day: text for day, text in alarms.items() if text}
        name_entry(whole, name=name, uid=wanted.uid, alarms=kept)
    return found is None


def drop_appointment(principal: Principal, name: str, *, match: Match) -> None:
    """It does not take place, nor what was moved away from it. Raises `NotFound`, `ChangedMeanwhile`, `Forbidden`."""
    with transaction.atomic(), one_operation():
        found, entry = _locked(principal, name)
        if found is None or entry is None:
            raise NotFound
        match.check(etag_of(entry))
        for alone in _moved(found).values():
            cancel_appointment(principal, alone)
        cancel_appointment(principal, found)


def _locked(principal: Principal, name: str) -> tuple[Appointment | None, CalendarEntry | None]:
    """The appointment of a name, if it takes place, and its entry, also if it does not.

    Those moved away are locked before their series, in the order of the verb that brings one back.
    """
    mine = CalendarEntry.objects.filter(person=principal.user_id, name=name)
    entry = mine.first()
    if entry is None:
        return None, None
    rows = Appointment.objects.visible_to(principal).select_for_update(of=("self",)).order_by("pk")
    list(rows.filter(series=entry.appointment))
    list(rows.filter(pk=entry.appointment))
    whole = Appointment.objects.visible_to(principal).whole().filter(owner=principal.user_id)
    return whole.filter(pk=entry.appointment).first(), mine.first()


def _refuse_same_uid(principal: Principal, name: str, uid: str, there: CalendarEntry | None) -> None:
    """A name keeps its UID, and no UID has two names."""
    whole = Appointment.objects.visible_to(principal).whole().filter(owner=principal.user_id)
    others = CalendarEntry.objects.filter(person=principal.user_id, uid=uid, appointment__in=whole.values("pk"))
    if (there and there.uid != uid) or others.exclude(name=name).exists():
        raise SameUid


def _made(principal: Principal, entry: CalendarEntry | None, wanted: WantedSeries) -> Appointment:
    """A new one; or what was cancelled under this very name, which takes place again."""
    again = entry and entry.uid == wanted.uid
    cancelled = own_appointments(principal).filter(pk=entry.appointment).first() if entry and again else None
    if cancelled is not None and cancelled.deleted_at:
        return _changed(principal, restore_appointment(principal, cancelled), wanted)
    return make_appointment(principal, wanted.whole.facts)


def _changed(principal: Principal, found: Appointment, wanted: WantedSeries) -> Appointment:
    return change_appointment(principal, found, _facts(principal, found, wanted.whole))


def _facts(principal: Principal, found: Appointment, wanted: Wanted) -> dict[str, Any]:
    """What is to change; the customer's name, which only other programs see in the title, is no part of it."""
    title = str(wanted.facts["title"])
    name = names_of(principal, {found.party_id}).get(found.party_id, "") if found.party_id else ""
    return {**wanted.facts, "title": title.removesuffix(titled("", name))}


def _set_exceptions(principal: Principal, whole: Appointment, wanted: WantedSeries) -> None:
    moved = _moved(whole)
    for day, alone in moved.items():
        if day in wanted.without:
            cancel_appointment(principal, alone)
        elif day not in wanted.instead:
            restore_appointment(principal, alone)
    for day, instead in wanted.instead.items():
        _move(principal, whole, moved, day, instead)
    whole.refresh_from_db()
    for day in sorted(whole.skipped_days - wanted.without - set(wanted.instead)):
        restore_appointment(principal, whole, day=day)
    for day in sorted(wanted.without - whole.skipped_days):
        cancel_appointment(principal, whole, day=day)


def _move(
    principal: Principal, whole: Appointment, moved: Mapping[date, Appointment], day: date, instead: Wanted
) -> None:
    facts = _facts(principal, whole, instead)
    alone = moved.get(day)
    if alone is None:
        alone = move_appointment(principal, whole, starts=facts["starts_at"], minutes=facts["minutes"], day=day)
    change_appointment(principal, alone, facts)


def _moved(whole: Appointment) -> dict[date, Appointment]:
    """Those moved away from a series, by the day whose place they take."""
    if not whole.freq and not whole.skipped:
        return {}
    rows = whole.moved.filter(deleted_at=None, owner=whole.owner_id)
    return {one.instead_of: one for one in rows if one.instead_of}
