"""What was written to a customer about an order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

KINDS = [
    ("confirmed", pgettext_lazy("a mail about an order", "Confirmation")),
    ("shipped", pgettext_lazy("a mail about an order", "Shipment")),
    ("delivered", pgettext_lazy("a mail about an order", "Delivery")),
    ("answered", pgettext_lazy("a mail about an order", "Answer")),
]


class OrderLetter(models.Model):
    """A mail about an order. about: what it tells of, so that it is told once: the shipment, the question, the
    version of the order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey("orders.Order", models.CASCADE, db_index=False, related_name="+")
    conversation = models.ForeignKey("inbox.Conversation", models.CASCADE, related_name="+")
    message = models.OneToOneField("inbox.Message", models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=9, choices=KINDS)
    about = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[OrderLetter]] = models.Manager()

    class Meta:
        verbose_name = _("mail about an order")
        verbose_name_plural = _("mails about orders")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "about"], name="order_letter_once"),
            models.CheckConstraint(condition=models.Q(kind__in=[code for code, _l in KINDS]), name="order_letter_kind"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
