"""What ties parties to each other and to other systems."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

# (code, what the first is to the second, what the second is to the first)
RELATION_ROLES = [
    ("contact", _("Contact at"), _("Contact")),
    ("owner", _("Owner of"), pgettext_lazy("of a firm", "Owner")),
    ("employee", _("Works for"), _("Employee")),
    ("legal-representative", _("Legal representative of"), _("Legal representative")),
    ("spouse", _("Spouse of"), _("Spouse of")),
    ("parent", _("Parent of"), _("Child of")),
    ("part-of", _("Part of"), _("Includes")),
    ("supplier", _("Supplier of"), _("Buys from")),
    ("other", _("Linked to"), _("Linked to")),
]
CONTACT_ROLES = ("contact", "owner", "employee", "legal-representative")


class PartyRelation(models.Model):
    """From one party to another, with a role and dates: *Anna is contact at Studio Rossi since 2016*."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    from_party = models.ForeignKey("parties.Party", models.CASCADE, related_name="relations_from")
    to_party = models.ForeignKey("parties.Party", models.CASCADE, related_name="relations_to")
    role = models.CharField(max_length=24, choices=[(code, label) for code, label, _back in RELATION_ROLES])
    job_title = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_party", "from_party"], name="relation_to"),
            models.Index(fields=["from_party", "to_party"], name="relation_from"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["from_party", "to_party", "role"], name="relation_once"),
            models.CheckConstraint(condition=~models.Q(from_party=models.F("to_party")), name="relation_of_two"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_from=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="relation_dates_in_order",
            ),
        ]


class ExternalIdentity(models.Model):
    """How another system calls this party; one id never means two parties."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="external_identities")
    system = models.CharField(max_length=60)
    key = models.CharField(max_length=200)

    class Meta:
        ordering = ["system"]
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="external_identity_once")]
