"""Texts kept ready to answer with: the firm's, and one's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.inbox.forms import SnippetForm
from filo.collaborative.inbox.models import Snippet
from filo.collaborative.inbox.queries.previewing import previewed, talk_to_try, talks_to_try
from filo.collaborative.inbox.services.snippets import keep_snippet, remove_snippet
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that one may use."""
    request.principal.require("correspondence", "view")
    return render(request, "inbox/snippets.html", {"snippets": Snippet.objects.visible_to(request.principal)[:500]})


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, snippet_id: UUID | None = None) -> HttpResponse:
    """A new one, or a change."""
    request.principal.require("correspondence", "edit")
    snippet = _seen(request, snippet_id) if snippet_id else None
    start = SnippetForm.of(snippet) if snippet else {"mine": not request.principal.may("settings", "edit")}
    form = SnippetForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            keep_snippet(request.principal, snippet, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("inbox:snippets")
        except InvalidFields as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "snippet": snippet, "talks": talks_to_try(request.principal)}
    return render(request, "inbox/snippet.html", context, status=status)


@require_POST
def preview(request: StaffRequest) -> HttpResponse:
    """How it will read with a real customer's values, while it is typed."""
    request.principal.require("correspondence", "edit")
    talk = talk_to_try(request.principal, request.POST.get("as", ""))
    texts = [(language, "", request.POST.get(f"text_{language}", "")) for language in ("it", "en")]
    found = previewed(request.principal, talk, texts)
    return render(request, "inbox/_preview.html", {"texts": found, "talk": talk})


@require_POST
def remove(request: StaffRequest, snippet_id: UUID) -> HttpResponse:
    """Take it away."""
    remove_snippet(request.principal, _seen(request, snippet_id))
    messages.success(request, _("Removed."))
    return redirect("inbox:snippets")


def _seen(request: StaffRequest, snippet_id: UUID) -> Snippet:
    found = Snippet.objects.visible_to(request.principal).filter(pk=snippet_id).first()
    if found is None:
        raise NotFound
    return found
