"""The party: one row for a person or an organisation, from the first signal on."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.folding import initials, tone
from filo.foundation.ids import uuid7
from filo.foundation.italy.salutation import addressee, salutation
from filo.operational.parties.policies import PARTY_SEEN

KINDS = [("person", _("Person")), ("organisation", _("Organisation"))]
GENDERS = [("", _("Not said")), ("female", _("Female")), ("male", _("Male"))]
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The living parties that this principal may see."""
        return self.filter(deleted_at=None).filter(PARTY_SEEN.rows(principal))

    def for_card(self) -> Self:
        """With everything that identity panels show, in a fixed number of queries."""
        return self.prefetch_related("contact_points", "addresses", "external_identities")


class Party(models.Model):
    """A person or an organisation. `display_name` and `sort_name` are kept by the services."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=KINDS)
    display_name = models.CharField(max_length=260)
    sort_name = models.CharField(max_length=260)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=8, choices=GENDERS, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    legal_name = models.CharField(max_length=260, blank=True)
    legal_form = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=120, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    codice_fiscale = models.CharField(max_length=16, blank=True)
    sdi_code = models.CharField(max_length=7, blank=True)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="it")
    notes = models.TextField(blank=True)
    fields = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=80, blank=True)
    last_contact_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    # Whoever asks for this party is given that one; it lies in no bin.
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", db_index=False)

    objects: ClassVar[models.Manager[Party]] = models.Manager.from_queryset(PartyQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "id"], name="party_by_name"),
            models.Index(fields=["-last_contact_at", "-id"], name="party_by_contact"),
            models.Index(fields=["-updated_at", "-id"], name="party_by_update"),
            models.Index(fields=["deleted_at"], name="party_in_the_bin", condition=models.Q(deleted_at__isnull=False)),
            models.Index(fields=["merged_into"], name="party_merged", condition=models.Q(merged_into__isnull=False)),
            models.Index(fields=["vat_number"], name="party_by_vat", condition=~models.Q(vat_number="")),
            models.Index(fields=["codice_fiscale"], name="party_by_cf", condition=~models.Q(codice_fiscale="")),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["person", "organisation"]), name="party_kind"),
            models.CheckConstraint(condition=~models.Q(display_name=""), name="party_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(deleted_at__isnull=False),
                name="party_merged_is_not_there",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_person(self) -> bool:
        return self.kind == "person"

    @property
    def initials(self) -> str:
        return initials(self.display_name)

    @property
    def tone(self) -> int:
        """One of three quiet colours for the avatar, always the same for a party."""
        return tone(str(self.id))

    @property
    def salutation(self) -> str:
        """How a letter to this party opens: *Gentile Sig. Rossi*, *Spett.le Aurora Moda S.r.l.*"""
        return salutation(
            kind=self.kind,
            language=self.language,
            title=self.title,
            gender=self.gender,
            given_name=self.given_name,
            family_name=self.family_name,
            legal_name=self.legal_name,
        )

    @property
    def addressee(self) -> str:
        """How an envelope names this party: *Sig. Mario Rossi*."""
        return addressee(
            kind=self.kind,
            language=self.language,
            title=self.title,
            gender=self.gender,
            given_name=self.given_name,
            family_name=self.family_name,
            legal_name=self.legal_name,
        )
