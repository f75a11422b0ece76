"""Files of the exchange, each accounted for: what was sent, what came, and what could not be read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

FILE_KINDS = [
    ("sent", pgettext_lazy("a file", "Sent")),
    ("invoice", pgettext_lazy("a file", "Invoice read in")),
    ("notification", pgettext_lazy("a file", "Notification")),
    ("double", pgettext_lazy("a file", "Known already")),
    ("quarantine", pgettext_lazy("a file", "Put aside")),
]
SENDING = [
    ("hand", pgettext_lazy("how a file leaves", "By hand")),
    ("folder", pgettext_lazy("how a file leaves", "Folder")),
    ("pec", pgettext_lazy("how a file leaves", "Certified mail")),
]
WAYS = [("", ""), *SENDING]


class InvoiceFile(models.Model):
    """stem: its name without ending and signature, by which notifications find it. said: in a sentence what became of
    it. told: what a notification says, as data; of a file that was sent, what its invoice was `before`. left_at: when
    the folder or the mail server took it; none while it waits, or where it did not leave. carried_by: the mail
    that it went by. Kept ten years (c.c. 2220; DPR 633/72, article 39).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=FILE_KINDS)
    invoice = models.ForeignKey("invoices.Invoice", models.PROTECT, null=True, related_name="files")
    company = models.ForeignKey(
        "organisation.SellingCompany", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    content = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    stem = models.CharField(max_length=60, blank=True)
    exchange_id = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=2, blank=True)
    way = models.CharField(max_length=6, choices=WAYS, blank=True)
    left_at = models.DateTimeField(null=True)
    carried_by = models.UUIDField(null=True)
    signed_by = models.CharField(max_length=200, blank=True)
    said = models.CharField(max_length=500, blank=True)
    told: Any = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[InvoiceFile]] = models.Manager()

    class Meta:
        verbose_name = _("file of an invoice")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="invoice_file_by_moment"),
            models.Index(fields=["sha256"], name="invoice_file_by_content"),
            models.Index(fields=["carried_by"], name="invoice_file_by_mail", condition=Q(carried_by__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["stem"], condition=Q(kind="sent"), name="invoice_file_sent_once"),
        ]

    def __str__(self) -> str:
        return self.name
