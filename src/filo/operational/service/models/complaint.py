"""What a complaint came from, how grave it is, what it cost, and what was done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

SEVERITIES = [
    (1, pgettext_lazy("a complaint", "Slight")),
    (2, pgettext_lazy("a complaint", "Serious")),
    (3, pgettext_lazy("a complaint", "Grave")),
]


class Complaint(models.Model):
    """The side of a request of the type complaint that is counted. `cost` is in euro."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ticket = models.OneToOneField("service.Ticket", models.CASCADE, related_name="complaint")
    cause = models.ForeignKey("service.ComplaintCause", models.PROTECT, null=True, related_name="+")
    severity = models.PositiveSmallIntegerField(choices=SEVERITIES, default=1)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    remedy = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Complaint]] = models.Manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(condition=models.Q(severity__in=(1, 2, 3)), name="complaint_severity_known")
        ]
