"""When and in what words customers are reminded, what was sent to them, and the interest that law gives."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from filo.foundation.ids import uuid7
from filo.operational.payments.models.due import Due


class ReminderStep(models.Model):
    """After how many days which words; `{{ … }}` are merge tags without logic (`reminding.TAGS`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    after_days = models.PositiveSmallIntegerField(unique=True)
    subject_it = models.CharField(max_length=200)
    text_it = models.TextField()
    subject_en = models.CharField(max_length=200)
    text_en = models.TextField()
    active = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[ReminderStep]] = models.Manager()

    class Meta:
        ordering = ["after_days"]

    def __str__(self) -> str:
        return self.subject_it


class Reminder(models.Model):
    """A customer was reminded of a due; of each step once, which a constraint says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    due = models.ForeignKey(Due, models.CASCADE, db_index=False, related_name="reminders")
    after_days = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Reminder]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["due", "after_days"], name="reminder_once_a_step")]


class InterestRate(models.Model):
    """The yearly rate for late payment between firms (D.Lgs. 231/2002, art. 5) from a day on, and where it is from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    since = models.DateField(unique=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    source = models.CharField(max_length=200)

    objects: ClassVar[models.Manager[InterestRate]] = models.Manager()

    class Meta:
        ordering = ["since"]
        constraints = [models.CheckConstraint(condition=Q(percent__gte=0), name="interest_rate_not_below_zero")]
