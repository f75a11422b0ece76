"""Tasks: what is to be done, for whom, by when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.activities.policies import APPOINTMENT_SEEN, TASK_SEEN
from filo.operational.activities.recurring import Rule

KINDS = [("task", "task"), ("call", "call"), ("mail", "mail"), ("meeting", "meeting")]


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The tasks this principal may see."""
        return self.filter(TASK_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "assignee")


class Task(models.Model):
    """One thing to do. `due_on` is a day in the assignee's zone, `due_time` an hour of it; without a day it is for
    when there is time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=KINDS, default="task")
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, blank=True, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Task]] = models.Manager.from_queryset(TaskQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["assignee", "due_on"], name="task_open", condition=models.Q(done_at=None)),
            models.Index(fields=["party", "due_on"], name="task_of_party", condition=models.Q(done_at=None)),
            models.Index(fields=["due_on", "id"], name="task_open_by_day", condition=models.Q(done_at=None)),
            models.Index(fields=["due_on", "id"], name="task_by_day"),
            models.Index(fields=["done_at"], name="task_by_doing", condition=models.Q(done_at__isnull=False)),
        ]


APPOINTMENT_KINDS = [
    ("meeting", _("Meeting")),
    ("visit", _("Visit")),
    ("call", _("Call")),
    ("away", _("Away")),
]
FREQUENCIES = [("", _("once")), ("day", _("daily")), ("week", _("weekly")), ("month", _("monthly"))]


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The appointments this principal may see."""
        return self.filter(APPOINTMENT_SEEN.rows(principal))

    def whole(self) -> Self:
        """Those that take place and stand by themselves: not one moved away from a series that goes on."""
        of_none = models.Q(series=None) | models.Q(series__deleted_at__isnull=False) | models.Q(series__freq="")
        return self.filter(of_none, deleted_at=None)


class Appointment(models.Model):
    """A time somebody has taken. A series has a `freq`; `skipped` are its days without it, `series` and `instead_of`
    say of one moved by itself whose place it takes. `zone` is where the clock hangs that it is told by.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=APPOINTMENT_KINDS, default="meeting")
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=60)
    all_day = models.BooleanField(default=False)
    zone = models.CharField(max_length=60, default="Europe/Rome")
    freq = models.CharField(max_length=5, choices=FREQUENCIES, blank=True)
    every = models.PositiveSmallIntegerField(default=1)
    weekdays = models.JSONField(default=list)
    until = models.DateField(null=True)
    count = models.PositiveSmallIntegerField(null=True)
    skipped = models.JSONField(default=list)
    series = models.ForeignKey("self", models.CASCADE, null=True, related_name="moved")
    instead_of = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Appointment]] = models.Manager.from_queryset(AppointmentQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "starts_at"], name="appointment_of", condition=models.Q(deleted_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "instead_of"],
                condition=models.Q(deleted_at=None, series__isnull=False),
                name="moved_once",
            ),
        ]

    @property
    def rule(self) -> Rule | None:
        """How it comes again; None for once."""
        if not self.freq:
            return None
        return Rule(self.freq, self.every, tuple(self.weekdays), self.until, self.count)

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def skipped_days(self) -> set[date]:
        return {date.fromisoformat(day) for day in self.skipped}


class CalendarFeed(models.Model):
    """The secret address at which another program reads somebody's calendar; only its digest is kept."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[CalendarFeed]] = models.Manager()


class CalendarCount(models.Model):
    """How many changes somebody's appointments have seen. Whoever makes one locks it, so that no number comes late."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    last = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[models.Manager[CalendarCount]] = models.Manager()


class CalendarEntry(models.Model):
    """Under which name other programs know an appointment (a series with those moved away from it), and the number of
    its last change. `appointment` is no key, so that it is still told of one that is gone. `alarms` are those
    programs' own: of the whole under "", of one day of a series under that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    appointment = models.UUIDField()
    name = models.CharField(max_length=255)
    uid = models.CharField(max_length=255)
    change = models.PositiveBigIntegerField()
    alarms = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[CalendarEntry]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="calendar_entry_name"),
            models.UniqueConstraint(fields=["person", "appointment"], name="calendar_entry_once"),
        ]
        indexes = [models.Index(fields=["person", "change"], name="calendar_entry_change")]
