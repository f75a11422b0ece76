"""An interaction: date, channel, actors, subject of interest, outcome (and what was said)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.interactions.policies import CALL_SEEN, INTERACTION_SEEN

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
LONGEST_CALL = 8 * 60  # minutes: what is said to have lasted longer was not ended in time
CALL_STATES = [(code, code) for code in ("running", "ended", "saved", "dropped")]


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
    """What happened between us and a party, once; its body lives here, one line of it on the timeline.

    `number` is that which was called, or a fax went to or came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    relationship = models.ForeignKey("parties.Relationship", models.SET_NULL, null=True, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    direction = models.CharField(max_length=3, choices=DIRECTIONS, blank=True)
    at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=40, blank=True)
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


class InteractionFile(models.Model):
    """A letter that was scanned, a fax, minutes: `text` is what it says, `problem` why nothing could be read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[InteractionFile]] = models.Manager()

    class Meta:
        ordering = ["position"]


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


class CallQuerySet(models.QuerySet["Call"]):
    """Calls; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The calls this principal may see."""
        return self.filter(CALL_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "person", "outcome")


class Call(models.Model):
    """A call from its first second until it is written up: running, ended (what was typed waits), saved or dropped.

    `reference` is what the telephone system calls it; `interaction` is what was made of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=3, choices=DIRECTIONS, default="out")
    reference = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=CALL_STATES, default="running")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.ForeignKey(Outcome, models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    minutes = models.PositiveIntegerField(null=True)
    next_title = models.CharField(max_length=200, blank=True)
    next_due = models.DateField(null=True)
    interaction = models.OneToOneField(Interaction, models.SET_NULL, null=True, related_name="call")

    objects: ClassVar[models.Manager[Call]] = models.Manager.from_queryset(CallQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["person", "started_at"], name="call_open", condition=models.Q(state="ended")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(state="running"), name="one_call_at_a_time"),
            models.UniqueConstraint(
                fields=["person", "reference"], condition=~models.Q(reference=""), name="call_once"
            ),
        ]

    @property
    def lasted(self) -> int | None:
        """Minutes from first to last second, a begun one whole; None while it runs or when the end was forgotten."""
        if self.minutes is not None or self.ended_at is None:
            return self.minutes
        minutes = -int(-(self.ended_at - self.started_at).total_seconds() // 60)
        return minutes if minutes <= LONGEST_CALL else None
