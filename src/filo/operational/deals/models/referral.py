"""The code by which a customer recommends us."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class ReferralCode(models.Model):
    """A customer's own code; whoever names it was sent by him. After a merge a card may have two."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ReferralCode]] = models.Manager()

    class Meta:
        verbose_name = _("referral code")
        verbose_name_plural = _("referral codes")
        ordering = ["made_at"]
