"""With which exchange we telephone, and who sits at which extension."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

WAYS = [
    ("tel", _("With the telephone of this device (tel:)")),
    ("sip", _("With a program for internet telephony (sip:)")),
    ("line", _("With the exchange: it rings here, then there")),
]


class PhoneLine(models.Model):
    """kind: the folder in `providers/` that speaks with it. base: where its API is. account: as what it knows us.
    secret: sealed. number: ours, shown to whom we call. group: for whom a call rings that names no extension.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    base = models.CharField(max_length=300, blank=True)
    account = models.CharField(max_length=120, blank=True)
    secret = models.TextField(blank=True)
    number = models.CharField(max_length=40, blank=True)
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, related_name="+")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[PhoneLine]] = models.Manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class PhoneSeat(models.Model):
    """How somebody telephones; extension: as the exchange calls his telephone."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    way = models.CharField(max_length=4, choices=WAYS, default="tel")
    line = models.ForeignKey(PhoneLine, models.SET_NULL, null=True, related_name="seats")
    extension = models.CharField(max_length=80, blank=True)

    objects: ClassVar[models.Manager[PhoneSeat]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "extension"], condition=~models.Q(extension=""), name="one_at_an_extension"
            )
        ]
