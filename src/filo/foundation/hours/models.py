"""A calendar of work: which hours of the week, whose holidays, which other days the house is closed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

OFFICE = [["09:00", "13:00"], ["14:00", "18:00"]]


def office_hours() -> dict[str, Any]:
    """Monday to Friday, as an Italian office keeps them; Monday is "0"."""
    return {str(day): OFFICE for day in range(5)}


class BusinessCalendar(models.Model):
    """`week` holds for each weekday the spans of opening in local time; `region` is a subdivision of the country
    (NA for Naples), whose patron's day counts as its holiday.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    time_zone = models.CharField(max_length=60, default="Europe/Rome")
    week = models.JSONField(default=office_hours)
    country = models.CharField(max_length=2, default="IT", blank=True)
    region = models.CharField(max_length=6, blank=True)
    standard = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[BusinessCalendar]] = models.Manager()

    class Meta:
        verbose_name = _("business calendar")
        verbose_name_plural = _("business calendars")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard"], condition=models.Q(standard=True), name="one_standard_calendar"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosedDay(models.Model):
    """A day on which the house is closed besides the holidays, or half of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(BusinessCalendar, models.CASCADE, related_name="closed_days")
    day = models.DateField()
    name = models.CharField(max_length=80, blank=True)

    objects: ClassVar[models.Manager[ClosedDay]] = models.Manager()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="closed_day_once")]
