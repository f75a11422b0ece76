"""What people asked and did not find."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.naming import thing_named
from filo.collaborative.knowledge.queries.unanswered import asked_in, not_helping, unanswered
from filo.collaborative.knowledge.services import add_phrasing
from filo.foundation.web.requests import StaffRequest

PERIODS = (7, 30, 90, 365)


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The questions without an answer, the most frequent first; and the articles that did not help."""
    request.principal.require("article", "edit")
    typed = request.GET.get("days", "30")
    days = int(typed) if typed in {str(period) for period in PERIODS} else 30
    context = {
        "questions": unanswered(request.principal, days=days),
        "asked": asked_in(days),
        "not_helping": not_helping(request.principal),
        "days": days,
        "periods": PERIODS,
    }
    return render(request, "knowledge/asked.html", context)


@require_POST
def learn(request: StaffRequest) -> HttpResponse:
    """An article answers this question: from now on it is asked for like this."""
    found = thing_named(request.principal, request.POST.get("article", "")[:2000])
    if not isinstance(found, Article):
        messages.error(request, _("We find no article of this name."))
    else:
        text, language = request.POST.get("text", ""), request.POST.get("language", "it")
        add_phrasing(request.principal, found, text=text, language=language, source="learnt")
        messages.success(request, _("“%(title)s” answers this from now on.") % {"title": found.title})
    return redirect("knowledge:asked")
