"""An interaction: date, channel, actors, subject of interest, outcome (and what was said)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.interactions.policies import INTERACTION_SEEN

CHANNELS = [
    ("note", _("Note")),
    ("call", _("Call")),
    ("meeting", _("Meeting")),
    ("letter", _("Letter")),
    ("fax", _("Fax")),
    ("mail", _("E-mail")),
]
DIRECTIONS = [("out", _("From us")), ("in", _("From the customer"))]
MEANINGS = [
    ("", _("Nothing in particular")),
    ("interest", _("Shows interest")),
    ("offer", _("Asks for an offer")),
    ("unreached", _("Not reached")),
]


class Outcome(models.Model):
    """How an interaction of a channel can end; the firm adds its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    code = models.SlugField(max_length=40)
    label_it = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    means = models.CharField(max_length=10, choices=MEANINGS, blank=True)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["channel", "position"]
        constraints = [models.UniqueConstraint(fields=["channel", "code"], name="outcome_once")]

    def __str__(self) -> str:
        return self.label_en if (get_language() or "it").startswith("en") else self.label_it


class InteractionQuerySet(models.QuerySet["Interaction"]):
    """Interactions; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The interactions this principal may see."""
        return self.filter(INTERACTION_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "outcome", "author", "owner", "company")


class Interaction(models.Model):
    """What happened between us and a party, once; its body lives here, one line of it on the timeline."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    relationship = models.ForeignKey("parties.Relationship", models.SET_NULL, null=True, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    direction = models.CharField(max_length=3, choices=DIRECTIONS, blank=True)
    at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Interaction]] = models.Manager.from_queryset(InteractionQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="interaction_by_time"),
            models.Index(fields=["party", "-at"], name="interaction_of_party"),
            models.Index(fields=["owner", "-at"], name="interaction_of_owner"),
            models.Index(fields=["channel", "-at", "party"], name="interaction_by_channel"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel__in=[code for code, _label in CHANNELS]),
                name="interaction_channel",
            ),
        ]


class InteractionMention(models.Model):
    """A colleague named with @ in its body, by the handle that was typed; it is his to read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    handle = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interaction", "user"], name="mention_once")]


class InteractionActor(models.Model):
    """Somebody who took part, besides the party and the author: a colleague or another person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="actors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, party__isnull=False) | models.Q(user__isnull=False, party=None),
                name="actor_is_one",
            ),
            models.UniqueConstraint(fields=["interaction", "user"], name="actor_user_once"),
            models.UniqueConstraint(fields=["interaction", "party"], name="actor_party_once"),
        ]
