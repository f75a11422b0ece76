"""A form that a colleague and a customer fill in together."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

STATES = [
    ("open", pgettext_lazy("a shared form", "Open")),
    ("sent", pgettext_lazy("a shared form", "Sent")),
    ("closed", pgettext_lazy("a shared form", "Closed")),
]


class SharedForm(models.Model):
    """kind: what it is for, which a higher app knows. values: what stands in its fields, never a secret of payment.

    result: where it led once the customer had sent it. key: what makes sending it twice one thing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chat = models.ForeignKey("chat.Chat", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=6, choices=STATES, default="open")
    result = models.CharField(max_length=1000, blank=True)
    key = models.UUIDField(default=uuid7, editable=False)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[SharedForm]] = models.Manager()

    class Meta:
        verbose_name = _("shared form")
        verbose_name_plural = _("shared forms")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["chat"], condition=Q(state="open"), name="shared_form_one_at_a_time"),
        ]
