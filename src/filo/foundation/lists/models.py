"""Views of lists that people keep: an address with a name; and who has which of them at hand."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.lists.policies import VIEW_SEEN

AUDIENCES = [("me", _("Only me")), ("unit", _("My unit and those below it")), ("everyone", _("Everyone"))]


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The views that this principal made or that are shared with it."""
        return self.filter(VIEW_SEEN.rows(principal), removed_at=None)


class SavedView(models.Model):
    """What a list shows: `query` is the address of the list (conditions, columns, order) without its cursor.

    `roles` are those whose list opens with this view.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list_code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=AUDIENCES, default="me")
    unit = models.ForeignKey("organisation.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    roles = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[SavedView]] = models.Manager.from_queryset(SavedViewQuerySet)()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["list_code", "owner", "name"], condition=models.Q(removed_at=None), name="view_named_once"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=["me", "everyone"]) | models.Q(audience="unit", unit__isnull=False),
                name="view_of_a_unit_has_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pin(models.Model):
    """A view that somebody has at hand in the rail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "view"], name="pinned_once")]
