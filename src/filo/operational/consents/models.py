"""One answer of a customer: he agreed to a purpose, or took it back."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.consents.purposes import PURPOSES, Purpose
from filo.operational.profile.policies import traits_seen

SOURCES = [
    ("portal", pgettext_lazy("how a customer answered", "in his area")),
    ("page", pgettext_lazy("how a customer answered", "on our pages")),
    ("phone", pgettext_lazy("how a customer answered", "by phone")),
    ("meeting", pgettext_lazy("how a customer answered", "in person")),
    ("mail", pgettext_lazy("how a customer answered", "by mail")),
    ("letter", pgettext_lazy("how a customer answered", "in writing")),
    ("program", pgettext_lazy("how a customer answered", "through a program")),
]


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Answers of customers; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of the customers that this principal sees; a customer sees his own."""
        return self.filter(traits_seen(principal, apps.get_model("parties", "Party")))

    def for_list(self) -> Self:
        """With what rows show."""
        return self.select_related("by")


class Consent(models.Model):
    """An answer; the newest of a purpose holds. text, version, language: the words that he agreed to.

    by: the colleague who wrote it down, none where the customer did it himself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, db_index=False, related_name="+")
    purpose = models.CharField(max_length=20, choices=[(code, one.label) for code, one in PURPOSES.items()])
    given = models.BooleanField()
    at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=SOURCES)
    note = models.CharField(max_length=300, blank=True)
    text = models.CharField(max_length=500)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[Consent]] = models.Manager.from_queryset(ConsentQuerySet)()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["party", "purpose", "-at", "-id"], name="consent_latest")]

    def save(self, **named: Any) -> None:
        """Only once: what was answered is proof, and proof is not changed."""
        if not self._state.adding:
            raise TypeError("a consent is never changed: write a new one")
        super().save(**named)

    @property
    def kind(self) -> Purpose:
        """What it is about."""
        return PURPOSES[self.purpose]
