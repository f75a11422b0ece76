"""What people were told, how else they want to be told, in which browsers, and when it shall be quiet."""

from __future__ import annotations

from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.notices.hours import MORNING, Quiet
from filo.foundation.notices.policies import told_to

DIGESTS = [("none", _("Never")), ("daily", _("Every working day")), ("weekly", _("On Mondays"))]
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


def every_day() -> list[int]:
    """All weekdays, Monday first."""
    return list(EVERY_DAY)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """One's own."""
        return self.filter(told_to(principal))

    def waiting(self) -> Self:
        """Not read, and not put off."""
        return self.filter(read_at=None, snoozed_until=None)


class Notice(models.Model):
    """A line for one person. It holds ids, no names: those are looked up when it is read, as far as they are seen.

    `group`: what is the same thing while it is unread, and is told once more by raising `count`. `key`: what is
    told once for ever. `mail_at`, `push_at`: when it goes by mail or to browsers, unless it is read before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    group = models.CharField(max_length=120)
    key = models.CharField(max_length=160, null=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    push_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Notice]] = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "group"], condition=Q(read_at=None), name="notice_unread_once"),
            models.UniqueConstraint(fields=["person", "key"], name="notice_key_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="notice_counted"),
        ]
        indexes = [
            models.Index("person", F("at").desc(), F("id").desc(), name="notice_by_time"),
            models.Index(fields=["person"], name="notice_waiting", condition=Q(read_at=None, snoozed_until=None)),
            models.Index(fields=["mail_at"], name="notice_to_mail", condition=Q(mail_at__isnull=False)),
            models.Index(fields=["push_at"], name="notice_to_push", condition=Q(push_at__isnull=False)),
            models.Index(fields=["snoozed_until"], name="notice_put_off", condition=Q(snoozed_until__isnull=False)),
            models.Index(fields=["subject_id"], name="notice_about", condition=Q(read_at=None)),
        ]


class NoticeChoice(models.Model):
    """Whether one wants a kind by mail and in browsers too; without a row, what the kind says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    by_mail = models.BooleanField()
    by_browser = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notice_choice_once")]


class NoticeRhythm(models.Model):
    """When it is quiet for one, and how often, at what time by the own clock, a digest comes (next at `digest_at`)."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    quiet_days = models.JSONField(default=every_day)
    digest = models.CharField(max_length=10, choices=DIGESTS, default="none")
    digest_time = models.TimeField(default=MORNING)
    digest_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__in=[code for code, _label in DIGESTS]), name="notice_digest"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notice_quiet_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["digest_at"], name="notice_digest_due", condition=Q(digest_at__isnull=False)),
        ]

    def quiet(self, zone: ZoneInfo) -> Quiet | None:
        """The quiet hours on this clock; None without any."""
        if self.quiet_from is None or self.quiet_until is None or not self.quiet_days:
            return None
        return Quiet(self.quiet_from, self.quiet_until, frozenset(self.quiet_days), zone)


class Browser(models.Model):
    """A browser that one allowed to show notices: where its push service is called, and the keys it reads with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)


class PushKey(models.Model):
    """The one key, sealed, with which this installation signs to push services."""

    place = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sealed = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(place=1), name="push_key_once")]
