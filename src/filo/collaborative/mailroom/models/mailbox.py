"""An address that mail comes to, of the firm or of one of its people."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.mailroom.policies import MAILBOX_SEEN
from filo.collaborative.mailroom.reasons import why_not_reached
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7


class MailboxState(models.TextChoices):
    """Failing: the server was not reached, or refused us, at the last look."""

    ACTIVE = "active", pgettext_lazy("a mailbox", "In use")
    FAILING = "failing", pgettext_lazy("a mailbox", "Not reached")
    OFF = "off", pgettext_lazy("a mailbox", "Switched off")


MEANINGS = {MailboxState.ACTIVE: "good", MailboxState.FAILING: "bad", MailboxState.OFF: ""}


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    """Mailboxes; every read by a person starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """All for who sees the settings, their own for others."""
        return self.filter(MAILBOX_SEEN.rows(principal))

    def in_use(self) -> Self:
        """Those that mail is accepted for."""
        return self.exclude(state=MailboxState.OFF)

    def fetched(self) -> Self:
        """Those whose mail lies on another server and is fetched from there."""
        return self.in_use().exclude(imap_host="")


class Mailbox(models.Model):
    """Whose it is, what leaves under its name, and where its mail is fetched, if it does not come by itself.

    owner: whose personal mailbox it is; one of the firm has none. group: who looks after what comes to it.
    answers_automatically: whether a first answer may leave without a person. subaddressed: whether
    address+anything@… comes to it, so that answers can carry a mark. uidvalidity, last_uid: how far its folder was
    fetched. brings_old: whether what lay there before it was set up comes in too. fetching_until: somebody is at it.
    seen_at: the last look at it that went well.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, related_name="+")
    signature_it = models.TextField(blank=True)
    signature_en = models.TextField(blank=True)
    answers_automatically = models.BooleanField(default=False)
    subaddressed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=MailboxState, default=MailboxState.ACTIVE)
    imap_host = models.CharField(max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_tls = models.CharField(
        max_length=10, default="tls", choices=[("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("None"))]
    )
    imap_user = models.CharField(max_length=254, blank=True)
    sealed_password = models.TextField(blank=True)
    imap_folder = models.CharField(max_length=200, default="INBOX")
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    brings_old = models.BooleanField(default=False)
    fetching_until = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ["address"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="mailbox_once"),
            models.CheckConstraint(condition=Q(state__in=MailboxState.values), name="mailbox_state_known"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_personal(self) -> bool:
        """Whether it is somebody's own."""
        return self.owner_id is not None

    @property
    def why_failing(self) -> str:
        """Why its server was not reached, as a sentence; empty when it was."""
        return why_not_reached(self.error) if self.error else ""

    @property
    def meaning(self) -> str:
        """Which of the four meanings of colour the state has (`data-mean`)."""
        return MEANINGS[MailboxState(self.state)]

    def signature(self, language: str) -> str:
        """What stands below answers in a language; the Italian one where there is no other."""
        return (self.signature_en if language == "en" else "") or self.signature_it
