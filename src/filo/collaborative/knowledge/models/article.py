"""An article: one question of customers and its answer, in one or both languages."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from filo.collaborative.knowledge.policies import ARTICLE_SEEN
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7

AUDIENCES = [
    ("public", pgettext_lazy("an article is for", "Everybody")),
    ("customers", pgettext_lazy("an article is for", "Customers")),
    ("internal", pgettext_lazy("an article is for", "Colleagues")),
]
STATES = [
    ("draft", pgettext_lazy("an article", "Draft")),
    ("review", pgettext_lazy("an article", "To be checked")),
    ("published", pgettext_lazy("an article", "Published")),
    ("retired", pgettext_lazy("an article", "Taken back")),
]
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
SOURCES = [("author", _("Its author")), ("learnt", _("A customer's question"))]


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles; every read starts from `visible_to`, or from `told_to` for who is not of the house."""

    def visible_to(self, principal: Principal) -> Self:
        """What is published, and the rest too for who writes articles."""
        return self.filter(ARTICLE_SEEN.rows(principal))

    def told_to(self, audience: str) -> Self:
        """Published ones for an audience: the public, or customers, who may read what the public may."""
        wider = {"public": ["public"], "customers": ["public", "customers"]}
        return self.filter(state="published", audience__in=wider.get(audience, ["public", "customers", "internal"]))

    def holding(self, day: date) -> Self:
        """Those that are not over: they hold on that day or will hold."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def for_list(self) -> Self:
        """With their texts."""
        return self.select_related("group", "author", "category").prefetch_related("texts")


class Article(models.Model):
    """What is known about one question; valid_from and valid_to are the days on which it holds, both included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    category = models.ForeignKey("knowledge.Category", models.SET_NULL, null=True, blank=True, related_name="articles")
    audience = models.CharField(max_length=10, choices=AUDIENCES, default="public")
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, blank=True, related_name="+")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Article]] = models.Manager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["state", "-updated_at", "-id"], name="article_by_state"),
            models.Index(fields=["-updated_at", "-id"], name="article_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="article_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(state__in=[code for code, _l in STATES]), name="article_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def helped(self) -> int | None:
        """How many of a hundred voters it helped; None where nobody has said."""
        said = self.helpful + self.unhelpful
        return round(100 * self.helpful / said) if said else None

    @property
    def title(self) -> str:
        """In the reader's language where it has it."""
        text = self.text_in(get_language() or "it")
        return text.title if text else self.code

    def text_in(self, language: str) -> ArticleText | None:
        """The text in a language, else in the other one."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language[:2]) or next(iter(texts.values()), None)


class ArticleText(models.Model):
    """The article in one language: `answer` is what a letter says, `body` all of it, with light marks."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, db_index=False, related_name="texts")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    title = models.CharField(max_length=200)
    answer = models.TextField()
    body = models.TextField(blank=True)

    objects: ClassVar[models.Manager[ArticleText]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "language"], name="article_text_once")]


class ArticleVersion(models.Model):
    """The article as it was: `facts` holds all of it, texts and phrasings too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, db_index=False, related_name="versions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[ArticleVersion]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="article_version_once")]


class Phrasing(models.Model):
    """Another way to ask for an article: typed by its author, or learnt from how a customer put it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, db_index=False, related_name="phrasings")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=8, choices=SOURCES, default="author")
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Phrasing]] = models.Manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "text"], name="phrasing_once")]
