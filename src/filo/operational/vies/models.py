"""A question to VIES about the VAT number of a customer, and what was answered."""

from __future__ import annotations

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party

ASKING, VALID, INVALID, UNANSWERED = "asking", "valid", "invalid", "unanswered"
STATES = [
    (ASKING, pgettext_lazy("a VAT number at VIES", "being asked")),
    (VALID, pgettext_lazy("a VAT number at VIES", "valid")),
    (INVALID, pgettext_lazy("a VAT number at VIES", "not valid")),
    (UNANSWERED, pgettext_lazy("a VAT number at VIES", "could not be asked")),
]
OPEN = (ASKING, UNANSWERED)


class VatCheckQuerySet(models.QuerySet["VatCheck"]):
    """Checks; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of customers whom this principal sees, and of whose VAT number he may know."""
        if "vat_number" in principal.hidden("party"):
            return self.none()
        return self.filter(party__in=Party.objects.visible_to(principal).order_by().values("pk"))


class VatCheck(models.Model):
    """One consultation. number: as it stood on the card; name, address: as VIES told them; consultation: the number by
    which the Commission knows of it, where we said who asks; refused: the code of why there was no answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=STATES, default=ASKING)
    name = models.CharField(max_length=260, blank=True)
    address = models.TextField(blank=True)
    consultation = models.CharField(max_length=40, blank=True)
    refused = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[VatCheck]] = models.Manager.from_queryset(VatCheckQuerySet)()

    class Meta:
        verbose_name = _("check of a VAT number")
        verbose_name_plural = _("checks of VAT numbers")
        indexes = [models.Index(fields=["party", "number", "-asked_at"], name="vat_check_of_party")]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "number"], condition=models.Q(state__in=OPEN), name="vat_check_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN) | models.Q(answered_at__isnull=False), name="vat_check_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_state_display()}"

    @property
    def day(self) -> datetime.date:
        """When it was answered, or else asked."""
        return localtime(self.answered_at or self.asked_at).date()

    @property
    def is_answered(self) -> bool:
        return self.state in (VALID, INVALID)
