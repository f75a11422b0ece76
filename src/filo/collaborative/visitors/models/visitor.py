"""A browser on the public pages, and as whose it was recognised."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party

WAYS = [
    ("link", _("A personal link in a mail")),
    ("mail", _("Signed in by mail")),
    ("order", _("Gave the address with an order")),
    ("chat", _("Gave the address in a chat")),
]
PROOFS = [
    ("", pgettext_lazy("a visitor", "Not known")),
    ("said", _("Says who it is")),
    ("link", _("Recognised by a link")),
    ("mail", _("Signed in")),
]
# The ways by which somebody proves who he is, as ways of recognition and as proofs; the others anybody may claim.
PROVED = ("link", "mail")
# How long somebody is known who does nothing: a browser may be another's by then.
KNOWN_FOR, SIGNED_IN_FOR = timedelta(hours=12), timedelta(hours=2)


class VisitorQuerySet(models.QuerySet["Visitor"]):
    """Visitors; every read of colleagues starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those known as customers that this principal may see."""
        return self.filter(party__in=Party.objects.visible_to(principal))


class Visitor(models.Model):
    """One browser. key_hash: of the secret in its cookie; the secret itself is kept nowhere.

    proof: how sure it is who is there: nothing, his own word, a link of ours that only he has, a sign-in. seen_at:
    when it last asked for a page, to the minute; long after that nobody is known there any more. history: whether he
    agreed that the pages he sees are kept (None: not asked yet).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    proof = models.CharField(max_length=4, choices=PROOFS, blank=True)
    known_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=5, default="it")
    browser = models.CharField(max_length=120, blank=True)
    history = models.BooleanField(null=True)
    history_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Visitor]] = models.Manager.from_queryset(VisitorQuerySet)()

    class Meta:
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")
        constraints = [
            models.CheckConstraint(condition=Q(proof="", party=None) | ~Q(proof=""), name="visitor_known_has_a_proof"),
        ]

    def __str__(self) -> str:
        return self.browser or str(self.pk)[:8]

    @property
    def known(self) -> Party | None:
        """Whose browser it is, as far as a link or a sign-in of late says so; nobody's whose card is in the bin."""
        fresh = self.proof in PROVED and clock.now() - self.seen_at <= KNOWN_FOR
        party = self.party if fresh and self.ended_at is None and self.party_id else None
        return party if party is not None and party.deleted_at is None else None

    @property
    def signed_in(self) -> Party | None:
        """The same, where he signed in: who may see orders, invoices and requests."""
        fresh = self.proof == "mail" and clock.now() - self.seen_at <= SIGNED_IN_FOR
        return self.known if fresh else None


class Recognition(models.Model):
    """A browser was known as a customer's from a moment on; undone_at: since when we know that it was another's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="recognitions")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    way = models.CharField(max_length=5, choices=WAYS)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[Recognition]] = models.Manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor"], condition=Q(undone_at=None), name="visitor_is_one_party_at_a_time"
            )
        ]


class PageView(models.Model):
    """A page that somebody saw who agreed that we keep it."""

    id = models.BigAutoField(primary_key=True)
    visitor = models.ForeignKey(Visitor, models.CASCADE, db_index=False, related_name="pages")
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[PageView]] = models.Manager()

    class Meta:
        verbose_name = _("page seen")
        verbose_name_plural = _("pages seen")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["visitor", "-at"], name="pages_of_visitor")]
