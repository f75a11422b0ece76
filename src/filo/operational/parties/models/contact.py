"""How a party is reached: contact points and addresses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.foundation.italy.contact import display_phone

CONTACT_TYPES = [
    ("email", _("E-mail")),
    ("pec", _("PEC")),
    ("mobile", _("Mobile")),
    ("phone", _("Phone")),
    ("fax", _("Fax")),
    ("web", _("Web")),
    ("social", _("Social")),
]
PHONES = ("mobile", "phone", "fax")
ADDRESS_USES = [
    ("main", _("Main")),
    ("billing", _("Billing")),
    ("shipping", _("Shipping")),
    ("home", _("Home")),
    ("other", _("Other")),
]


class ContactPoint(models.Model):
    """One way to reach a party. `normalised` is what is compared; `value` is what people read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, db_index=False, related_name="contact_points")
    type = models.CharField(max_length=8, choices=CONTACT_TYPES)
    value = models.CharField(max_length=320)
    normalised = models.CharField(max_length=320)
    extension = models.CharField(max_length=12, blank=True)
    label = models.CharField(max_length=60, blank=True)
    preferred = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["normalised", "type"], name="contact_by_value")]
        constraints = [
            models.UniqueConstraint(fields=["party", "type", "normalised"], name="contact_once"),
            models.UniqueConstraint(
                fields=["party", "type"], condition=models.Q(preferred=True), name="contact_one_preferred"
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """As people read it: a phone in groups, the rest as it was written."""
        if self.type not in PHONES:
            return self.value
        number = display_phone(self.normalised)
        return f"{number} int. {self.extension}" if self.extension else number

    @property
    def href(self) -> str:
        """What a click does: call, write, open."""
        if self.type in PHONES:
            return f"tel:{self.normalised}"
        if self.type in ("email", "pec"):
            return f"mailto:{self.value}"
        return (
            self.normalised if self.normalised.startswith("https://") or self.normalised.startswith("http://") else ""
        )


class Address(models.Model):
    """Where a party is. `province` is the two-letter code in Italy, free text elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="addresses")
    use = models.CharField(max_length=10, choices=ADDRESS_USES, default="main")
    street = models.CharField(max_length=200, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=16, blank=True)
    city = models.CharField(max_length=120, blank=True)
    province = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, default="IT")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["province", "city"], name="address_by_place"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street, self.locality, self.place) if part)

    @property
    def place(self) -> str:
        """CAP, city and province on one line, and the country when it is not Italy."""
        line = " ".join(part for part in (self.postal_code, self.city, self.province) if part)
        return f"{line} ({self.country})" if self.country not in ("", "IT") else line
