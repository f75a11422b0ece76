"""A kind of fact about customers, and such a fact with who said it, where, when and how surely."""

from __future__ import annotations

from typing import ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.profile.policies import traits_seen

TYPES = [
    ("choice", _("one of some answers")),
    ("text", _("words")),
    ("number", _("a whole number")),
    ("span", _("from a day to a day")),
]
SOURCES = [
    ("mail", pgettext_lazy("where a fact is from", "a mail")),
    ("chat", pgettext_lazy("where a fact is from", "a chat")),
    ("assistant", pgettext_lazy("where a fact is from", "the assistant")),
    ("order", pgettext_lazy("where a fact is from", "an order")),
    ("portal", pgettext_lazy("where a fact is from", "the customer, in his area")),
    ("colleague", pgettext_lazy("where a fact is from", "a colleague")),
    ("import", pgettext_lazy("where a fact is from", "a file")),
]
LONGEST = 200


class TraitKind(models.Model):
    """What can be known of customers: their size, the fibres they avoid. choices: [[code, Italian, English], …].

    many: whether several values hold at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    label_it = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    type = models.CharField(max_length=6, choices=TYPES, default="text")
    choices = models.JSONField(default=list, blank=True)
    many = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[TraitKind]] = models.Manager()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label_en if (get_language() or "it").startswith("en") else self.label_it

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The answers among which one chooses, in the language of whoever reads."""
        english = (get_language() or "it").startswith("en")
        return [(code, en if english else it) for code, it, en in self.choices]


class TraitQuerySet(models.QuerySet["Trait"]):
    """Facts about customers; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of the customers that this principal sees; a customer's link sees his own."""
        return self.filter(traits_seen(principal, apps.get_model("parties", "Party")))

    def current(self) -> Self:
        """Those that hold now."""
        return self.filter(ended_at=None)

    def for_list(self) -> Self:
        """With what rows show."""
        return self.select_related("kind", "learned_by", "confirmed_by")


class Trait(models.Model):
    """A fact about a customer. value: the code of an answer, words, a whole number, or `2026-01-31/2026-02-28`.

    slot: empty where one value holds at a time, else the value, so that each holds once. said: the words in which the
    customer put it. confidence: 0 to 1. about (source_kind, source_id): the mail, order, … that it is from.
    confirmed_by: the colleague who vouches for it; none where the customer himself said so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    kind = models.ForeignKey(TraitKind, models.PROTECT, related_name="+")
    value = models.CharField(max_length=LONGEST)
    slot = models.CharField(max_length=LONGEST, blank=True)
    said = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=10, choices=SOURCES)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True)
    confidence = models.FloatField(default=1.0)
    learned_at = models.DateTimeField()
    learned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Trait]] = models.Manager.from_queryset(TraitQuerySet)()

    class Meta:
        ordering = ["kind__position", "learned_at", "id"]
        indexes = [
            models.Index(fields=["kind", "value", "party"], name="trait_by_value", condition=models.Q(ended_at=None)),
            models.Index(fields=["party", "-learned_at"], name="trait_of_party"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "slot"], condition=models.Q(ended_at=None), name="trait_holds_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0) & models.Q(confidence__lte=1), name="trait_confidence"
            ),
        ]

    @property
    def words(self) -> str:
        """The value as people read it."""
        from filo.operational.profile.values import words_of

        return words_of(self.kind, self.value)

    @property
    def percent(self) -> int:
        """How sure it is, in hundredths."""
        return round(self.confidence * 100)
