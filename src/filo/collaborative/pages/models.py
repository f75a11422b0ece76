"""A page of blocks: as it is being written, and as it was published."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from filo.foundation import clock
from filo.foundation.ids import uuid7


class Page(models.Model):
    """blocks: as they are being written, each with id, kind and what it holds. The last version is what is public.

    live: the number of the version that is public, None where it is withdrawn. from_day, until_day: the days on which
    it is shown, both included. A page called `portal-home` or `shop-home` stands on that home.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    title_it = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    blocks = models.JSONField(default=list)
    live = models.PositiveIntegerField(null=True)
    from_day = models.DateField(null=True)
    until_day = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Page]] = models.Manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_day=None) | Q(until_day=None) | Q(until_day__gte=models.F("from_day")),
                name="page_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return title_in(self.title_it, self.title_en)

    def is_shown_on(self, day: date) -> bool:
        """Whether it is public on this day."""
        begun = self.from_day is None or self.from_day <= day
        return self.live is not None and begun and (self.until_day is None or day <= self.until_day)

    @property
    def is_shown(self) -> bool:
        """Whether it is public today."""
        return self.is_shown_on(clock.today())


class PageVersion(models.Model):
    """A page as it was published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(Page, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title_it = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    blocks = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[PageVersion]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="page_version_once")]

    def __str__(self) -> str:
        return title_in(self.title_it, self.title_en)

    @property
    def slug(self) -> str:
        """Where its page is."""
        return self.page.slug


class PagePicture(models.Model):
    """A picture that lies on a page."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(Page, models.CASCADE, related_name="pictures")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[PagePicture]] = models.Manager()


def title_in(italian: str, english: str) -> str:
    """The words in the language of whoever reads; the Italian where there are no others."""
    return english if english and (get_language() or "it").startswith("en") else italian
