"""An article: read, written, checked and told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.knowledge.forms import ArticleForm, typed_of
from filo.collaborative.knowledge.models import Article, Category
from filo.collaborative.knowledge.queries.articles import (
    articles_linked,
    articles_naming,
    facts_of,
    learnt_phrasings,
    seen_article,
    tickets_linked,
)
from filo.collaborative.knowledge.queries.unanswered import comments_on
from filo.collaborative.knowledge.services import ask_for_check, back_to_draft, publish, retire, write_article
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, posted_version

STATES = {
    "review": (ask_for_check, gettext_lazy("Those who publish were asked to check it.")),
    "published": (publish, gettext_lazy("It is published.")),
    "retired": (retire, gettext_lazy("It is not told any more.")),
    "draft": (back_to_draft, gettext_lazy("It is a draft again.")),
}
LANGUAGES = (
    ("it", pgettext_lazy("a language", "Italian")),
    ("en", pgettext_lazy("a language", "English")),
)


@require_GET
def page(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """All of an article, and what lies on it."""
    request.principal.require("article", "view")
    article = seen_article(request.principal, article_id)
    return render(request, "knowledge/article.html", context_of(request.principal, article))


def context_of(principal: Principal, article: Article) -> dict[str, Any]:
    """What the page of an article shows."""
    texts = {text.language: text for text in article.texts.all()}
    phrasings = list(article.phrasings.all())
    return {
        "article": article,
        "columns": [
            {
                "code": code,
                "label": label,
                "text": texts.get(code),
                "phrasings": [way for way in phrasings if way.language == code and way.source == "author"],
            }
            for code, label in LANGUAGES
        ],
        "learnt": learnt_phrasings(article),
        "tickets": tickets_linked(principal, article),
        "linked": articles_linked(principal, article),
        "naming": articles_naming(principal, article),
        "comments": comments_on(article),
        "may_write": principal.may("article", "edit"),
        "may_publish": principal.may("article", "publish"),
    }


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new article; a question that was not answered comes with its address."""
    request.principal.require("article", "create")
    asked, language = request.GET.get("asked", "")[:300], request.GET.get("language", "it")
    language = language if language in ("it", "en") else "it"
    initial = {f"title_{language}": asked, f"phrasings_{language}": asked} if asked else {}
    initial |= {"category": request.GET.get("category", "")[:80], "audience": "public"}
    return _form(request, None, initial)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Another state of an article."""
    request.principal.require("article", "edit")
    article = seen_article(request.principal, article_id)
    return _form(request, article, typed_of(facts_of(article), article.category))


def _form(request: StaffRequest, article: Article | None, initial: Any) -> HttpResponse:
    form = ArticleForm(request.POST or None, initial=initial)
    version = article.version if article else 0
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, form, article)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            version = error.version
    context = {"form": form, "article": article, "version": version, "categories": Category.objects.all()}
    status = 422 if request.method == "POST" else 200
    return render(request, "knowledge/edit.html", context, status=status)


def _saved(request: StaffRequest, form: ArticleForm, article: Article | None) -> HttpResponse:
    principal = request.principal
    with one_operation() as operation:
        version = posted_version(request) if article else None
        found = write_article(principal, form.facts(), article, version=version)
        if request.POST.get("then") == "review":
            ask_for_check(principal, found)
        elif request.POST.get("then") == "publish":
            publish(principal, found)
    address = reverse("knowledge:article", args=[found.id])
    if article:
        messages_with_undo(request, _("Saved."), operation, address)
    else:
        messages.success(request, _("The article is written."))
    return redirect(address)


@require_POST
def preview(request: StaffRequest) -> HttpResponse:
    """What was typed so far, as it will be read."""
    request.principal.require("article", "view")
    texts = [
        {
            "label": label,
            **{part: request.POST.get(f"{part}_{code}", "")[:100_000] for part in ("title", "answer", "body")},
        }
        for code, label in LANGUAGES
    ]
    return render(
        request, "knowledge/_preview.html", {"texts": [one for one in texts if one["title"] or one["answer"]]}
    )


@require_POST
def state(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """Checked, told, taken back, a draft again."""
    article = seen_article(request.principal, article_id)
    if request.POST.get("state") not in STATES:
        raise NotFound
    verb, sentence = STATES[request.POST["state"]]
    with one_operation() as operation:
        verb(request.principal, article)
    address = reverse("knowledge:article", args=[article.id])
    messages_with_undo(request, str(sentence), operation, address)
    return redirect(address)
