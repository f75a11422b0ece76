"""How an article was, what is different, and back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.knowledge.queries.articles import seen_article
from filo.collaborative.knowledge.queries.versions import differences, versions_of
from filo.collaborative.knowledge.services import restore_version
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import StaffRequest


@require_GET
def index(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """All versions, with what the last change was."""
    request.principal.require("article", "edit")
    article = seen_article(request.principal, article_id)
    found = versions_of(article)
    changed = differences(found[1], found[0]) if len(found) > 1 else []
    context = {"article": article, "versions": found, "changed": changed, "number": found[0].number if found else 0}
    return render(request, "knowledge/versions.html", context)


@require_GET
def compare(request: StaffRequest, article_id: UUID, number: int) -> HttpResponse:
    """One version beside the one before it, or (`with=now`) beside what the article says now."""
    request.principal.require("article", "edit")
    article = seen_article(request.principal, article_id)
    found = versions_of(article)
    place = next((place for place, one in enumerate(found) if one.number == number), None)
    if place is None:
        raise NotFound
    with_now = request.GET.get("with") == "now"
    before, after = (found[place], found[0]) if with_now else (found[min(place + 1, len(found) - 1)], found[place])
    context = {
        "article": article,
        "versions": found,
        "changed": differences(before, after),
        "number": number,
        "with_now": with_now,
        "is_now": place == 0,
        "is_first": place == len(found) - 1,
    }
    return render(request, "knowledge/versions.html", context)


@require_POST
def restore(request: StaffRequest, article_id: UUID, number: int) -> HttpResponse:
    """As it was then; this is a version of its own."""
    article = seen_article(request.principal, article_id)
    with one_operation() as operation:
        restore_version(request.principal, article, number)
    address = reverse("knowledge:article", args=[article.id])
    messages_with_undo(request, _("It says again what it said in version %(n)s.") % {"n": number}, operation, address)
    return redirect(address)
