"""From a request to an article: a draft is made of it, or it is put onto one that is there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.naming import thing_named
from filo.collaborative.knowledge.queries.articles import articles_of_ticket
from filo.collaborative.knowledge.queries.solutions import answer_given, may_answer
from filo.collaborative.knowledge.services import article_of_ticket, link_ticket
from filo.foundation.web.requests import StaffRequest
from filo.operational.service.queries.finding import seen_ticket


@require_GET
def near(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """The articles on which it lies, and those that may answer it."""
    ticket = seen_ticket(request.principal, ticket_id)
    known = articles_of_ticket(request.principal, ticket)
    taken = {article.pk for article in known}
    found = [article for article in may_answer(request.principal, ticket) if article.pk not in taken]
    may_write = request.principal.may("article", "edit")
    context = {"ticket": ticket, "articles": known, "near": found, "may_write": may_write}
    return render(request, "knowledge/_near.html", context)


@require_POST
def make(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """A draft whose question is what was asked, and its answer what was answered."""
    ticket = seen_ticket(request.principal, ticket_id)
    draft = article_of_ticket(request.principal, ticket, answer_given(request.principal, ticket))
    messages.success(request, _("A draft was made of the request %(number)s.") % {"number": ticket.number})
    return redirect("knowledge:edit", draft.id)


@require_POST
def put(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """The request is put onto an article."""
    ticket = seen_ticket(request.principal, ticket_id)
    article = thing_named(request.principal, request.POST.get("article", "")[:2000])
    if isinstance(article, Article):
        link_ticket(request.principal, article, ticket)
        messages.success(request, _("The request lies on “%(title)s”.") % {"title": article.title})
    else:
        messages.error(request, _("We find no article of this name."))
    return redirect("service:ticket", ticket.id)
