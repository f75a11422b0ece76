"""Verbs about appointments: make, change, move one of a series, cancel, and take each of it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Sentence, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.push.services import publish
from filo.operational.activities.entries import note_change
from filo.operational.activities.events import AppointmentCancelled, AppointmentChanged, AppointmentMade
from filo.operational.activities.models import APPOINTMENT_KINDS, FREQUENCIES, Appointment
from filo.operational.activities.policies import APPOINTMENT_EDITED
from filo.operational.parties.models import Party

LONGEST = 60 * 24 * 31  # minutes
NOTE_LIMIT = 5_000
FACTS = (
    "title", "kind", "place", "note", "starts_at", "minutes", "all_day", "zone",
    "freq", "every", "weekdays", "until", "count",
)  # fmt: skip


def make_appointment(
    principal: Principal, facts: Mapping[str, Any], *, party: Party | None = None, owner_id: UUID | None = None
) -> Appointment:
    """A time that is taken, in the zone of whoever takes it or the one that is told.

    Raises `Forbidden`, `InvalidFields`.
    """
    scope = principal.require("task", "create")
    wanted = owner_id or principal.user_id
    if wanted is None or (scope is Scope.OWN and wanted != principal.user_id):
        raise Forbidden
    owner = User.objects.filter(pk=wanted, is_active=True).first()
    if owner is None:
        raise InvalidFields({"owner": _("Choose somebody who works here.")})
    found = Appointment(
        owner=owner,
        created_by_id=principal.user_id,
        unit_id=owner.unit_id,
        party=party,
        created_at=clock.now(),
        **_clean({**_defaults(), "zone": owner.time_zone, **facts}),
    )
    with transaction.atomic():
        found.save()
        record(
            principal,
            "appointment.make",
            kind="appointment",
            object_id=found.id,
            changes={"title": (None, found.title)},
        )
        announce(principal, AppointmentMade(appointment=found.id))
        note_change(found)
        _tell_pages(principal, found)
    return found


def change_appointment(
    principal: Principal, appointment: Appointment, facts: Mapping[str, Any], *, version: int | None = None
) -> Appointment:
    """Other words, another time, another rule, for all of a series. Raises `Forbidden`, `InvalidFields`, `Stale`."""

    def change(locked: Appointment) -> None:
        wanted = _clean({name: facts.get(name, getattr(locked, name)) for name in FACTS})
        changes = {
            name: (getattr(locked, name), value) for name, value in wanted.items() if getattr(locked, name) != value
        }
        if version is not None and version != locked.version:
            raise Stale({name: (str(a), str(b)) for name, (a, b) in changes.items()}, version=locked.version)
        if changes:
            for name, value in wanted.items():
                setattr(locked, name, value)
            _keep(principal, locked, changes)

    return _with(principal, appointment, change)


def move_appointment(
    principal: Principal, appointment: Appointment, *, starts: datetime, minutes: int, day: date | None = None
) -> Appointment:
    """Another time; of a series the one of that `day` alone, which then stands by itself. Gives what was moved.

    Raises `Forbidden`, `InvalidFields`.
    """
    if not appointment.freq or day is None:
        return change_appointment(principal, appointment, {"starts_at": starts, "minutes": minutes})
    found: list[Appointment] = []

    def move(locked: Appointment) -> None:
        known = Appointment.objects.filter(series=locked, instead_of=day, deleted_at=None).first()
        if known:
            found.append(known)
            return
        alone = Appointment(
            **{name: getattr(locked, name) for name in ("title", "kind", "place", "note", "all_day", "zone")},
            owner_id=locked.owner_id,
            created_by_id=principal.user_id,
            unit_id=locked.unit_id,
            party_id=locked.party_id,
            starts_at=starts,
            minutes=_minutes(minutes),
            series=locked,
            instead_of=day,
            created_at=clock.now(),
        )
        alone.save()
        note_change(alone)
        found.append(alone)
        record(
            principal,
            "appointment.make",
            kind="appointment",
            object_id=alone.id,
            changes={"title": (None, alone.title)},
        )
        _skip(principal, locked, day)

    _with(principal, appointment, move)
    return found[0]


def cancel_appointment(principal: Principal, appointment: Appointment, *, day: date | None = None) -> Appointment:
    """It does not take place: all of it, or of a series that `day` alone. Doing it twice changes nothing."""

    def cancel(locked: Appointment) -> None:
        if locked.freq and day is not None:
            _skip(principal, locked, day)
        elif locked.deleted_at is None:
            locked.deleted_at = clock.now()
            _keep(principal, locked, {"deleted_at": (None, locked.deleted_at)}, action="appointment.cancel")

    return _with(principal, appointment, cancel)


def restore_appointment(principal: Principal, appointment: Appointment, *, day: date | None = None) -> Appointment:
    """It takes place after all: what was cancelled, one day of a series, or one moved away from it."""

    def restore(locked: Appointment) -> None:
        if locked.series_id and day is None and locked.deleted_at is None:
            series = Appointment.objects.select_for_update().get(pk=locked.series_id)
            locked.deleted_at = clock.now()
            _keep(principal, locked, {"deleted_at": (None, locked.deleted_at)}, action="appointment.cancel")
            _unskip(principal, series, locked.instead_of)
        elif day is not None:
            _unskip(principal, locked, day)
        elif locked.deleted_at is not None:
            before, locked.deleted_at = locked.deleted_at, None
            _keep(principal, locked, {"deleted_at": (before, None)}, action="appointment.restore")

    return _with(principal, appointment, restore)


def _with(principal: Principal, appointment: Appointment, change: Callable[[Appointment], None]) -> Appointment:
    principal.require("task", "edit")
    if not APPOINTMENT_EDITED.allows(principal, appointment):
        raise Forbidden
    with transaction.atomic():
        locked = Appointment.objects.select_for_update().get(pk=appointment.pk)
        change(locked)
    return locked


def _skip(principal: Principal, locked: Appointment, day: date) -> None:
    if day.isoformat() not in locked.skipped:
        before = list(locked.skipped)
        locked.skipped = sorted({*locked.skipped, day.isoformat()})
        _keep(principal, locked, {"skipped": (before, locked.skipped)})


def _unskip(principal: Principal, locked: Appointment, day: date | None) -> None:
    if day and day.isoformat() in locked.skipped:
        before = list(locked.skipped)
        locked.skipped = [one for one in locked.skipped if one != day.isoformat()]
        _keep(principal, locked, {"skipped": (before, locked.skipped)})


def _keep(principal: Principal, locked: Appointment, changes: Any, *, action: str = "appointment.change") -> None:
    locked.version += 1
    locked.save()
    told = {name: (str(a), str(b)) for name, (a, b) in changes.items()}
    record(principal, action, kind="appointment", object_id=locked.id, changes=told)
    gone = action == "appointment.cancel"
    announce(
        principal, AppointmentCancelled(appointment=locked.id) if gone else AppointmentChanged(appointment=locked.id)
    )
    note_change(locked)
    _tell_pages(principal, locked)


def _defaults() -> dict[str, Any]:
    return {
        "kind": "meeting",
        "place": "",
        "note": "",
        "minutes": 60,
        "all_day": False,
        "freq": "",
        "every": 1,
        "weekdays": [],
        "until": None,
        "count": None,
    }


def _minutes(minutes: int) -> int:
    if not 5 <= minutes <= LONGEST:
        raise InvalidFields({"minutes": _("An appointment lasts between five minutes and a month.")})
    return minutes


def _clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    problems: dict[str, Sentence | list[Sentence]] = {}
    title = clean_line(str(facts["title"]), max_length=200)
    if not title:
        problems["title"] = _("Say what it is.")
    if facts["kind"] not in dict(APPOINTMENT_KINDS):
        problems["kind"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(APPOINTMENT_KINDS))}
    if facts["freq"] not in dict(FREQUENCIES):
        problems["freq"] = _("Choose one of: %(names)s.") % {"names": "day, week, month"}
    if not 1 <= facts["every"] <= 99:
        problems["every"] = _("Write a number between 1 and %(most)s.") % {"most": 99}
    if not 1990 <= facts["starts_at"].year <= 2099:
        problems["starts_at"] = _("This date cannot be right.")
    if facts["zone"] not in available_timezones():
        problems["zone"] = _("Choose a time zone.")
    if facts["until"] and facts["until"] < facts["starts_at"].date() - timedelta(days=1):
        problems["until"] = _("It ends before it begins.")
    if not 5 <= facts["minutes"] <= LONGEST:
        problems["minutes"] = _("An appointment lasts between five minutes and a month.")
    if problems:
        raise InvalidFields(problems)
    kept = {name: facts[name] for name in FACTS}
    kept |= {
        "title": title,
        "place": clean_line(str(facts["place"]), max_length=200),
        "note": clean_text(str(facts["note"]), max_length=NOTE_LIMIT),
        "weekdays": sorted({day for day in facts["weekdays"] if 0 <= day <= 6}) if facts["freq"] == "week" else [],
    }
    return kept


def _tell_pages(principal: Principal, found: Appointment) -> None:
    publish(f"user:{found.owner_id}", "calendar", by=principal.page)
