"""A link by which a customer is recognised without a password."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

PURPOSES = [
    ("assistant", _("Shop assistant")),
    ("portal", _("Sign-in to the customer's area")),
    ("shop", _("Shop")),
]
LEVELS = {"assistant": "link", "shop": "link", "portal": "mail"}


class PersonalLink(models.Model):
    """One for each mail that holds such a link. The first browser that opens it is the only one it recognises.

    context: what the page begins with: the conversation, the request, the words asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=9, choices=PURPOSES)
    context = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    used_by = models.ForeignKey("visitors.Visitor", models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[PersonalLink]] = models.Manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
