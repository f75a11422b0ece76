"""Under which names other programs know appointments, and the numbers by which they ask what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

from filo.foundation import clock
from filo.operational.activities.models import Appointment, CalendarCount, CalendarEntry


def lock_calendar(person: UUID) -> None:
    """Whoever else changes this person's appointments waits for the end of the transaction."""
    CalendarCount.objects.get_or_create(person_id=person)
    CalendarCount.objects.select_for_update().get(person_id=person)


def note_change(found: Appointment) -> None:
    """Give what other programs know of an appointment the next number; called in the transaction of each change."""
    number = _next_number(found.owner_id)
    whole = _whole_of(found)
    _note(whole, number)
    if found.series_id is None and (found.freq or found.skipped):
        _note_moved(found, number, by_themselves=found.deleted_at is not None or not found.freq)


def name_entry(appointment: Appointment, *, name: str, uid: str, alarms: Mapping[str, str]) -> None:
    """The name by which a program keeps it, and that program's alarms; what was there before under it is gone."""
    mine = CalendarEntry.objects.filter(person=appointment.owner_id)
    known = mine.get(appointment=appointment.pk)
    if (known.name, known.uid, known.alarms) == (name, uid, dict(alarms)):
        return
    mine.filter(name=name).exclude(appointment=appointment.pk).delete()
    known.name, known.uid, known.alarms = name, uid, dict(alarms)
    known.change = _next_number(appointment.owner_id)
    known.save()


def default_uid(appointment: UUID) -> str:
    """What an appointment that was made here is called everywhere."""
    return f"appointments-{appointment}@filo"


def _whole_of(found: Appointment) -> Appointment:
    series = found.series
    return series if series is not None and series.deleted_at is None and series.freq else found


def _note_moved(series: Appointment, number: int, *, by_themselves: bool) -> None:
    """Those moved away from a series that ends stand by themselves from now on, and no more once it goes on."""
    for alone in Appointment.objects.filter(series=series, deleted_at=None):
        if by_themselves:
            _note(alone, number)
        else:
            CalendarEntry.objects.filter(person=series.owner_id, appointment=alone.pk).update(change=number)


def _note(whole: Appointment, number: int) -> None:
    names = {"name": f"{whole.pk}.ics", "uid": default_uid(whole.pk), "change": number}
    CalendarEntry.objects.update_or_create(
        person_id=whole.owner_id, appointment=whole.pk, defaults={"change": number}, create_defaults=names
    )


def _next_number(person: UUID) -> int:
    """Higher than any before, and than the clock: after a copy was brought back none is given a second time."""
    counts = CalendarCount.objects.filter(person=person)
    following = Greatest(F("last") + 1, Value(int(clock.now().timestamp() * 1000)))
    if not counts.update(last=following):
        CalendarCount.objects.get_or_create(person_id=person)
        counts.update(last=following)
    return counts.get().last
