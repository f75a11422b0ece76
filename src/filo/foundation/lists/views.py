"""Views of lists: kept from the list itself, changed on a page of their own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.errors import Forbidden, InvalidFields, NotFound
from filo.foundation.lists import services
from filo.foundation.lists.forms import ViewForm
from filo.foundation.lists.models import SavedView
from filo.foundation.lists.policies import may_change
from filo.foundation.lists.queries import address_of, pinned_by, removed_view, seen_view
from filo.foundation.lists.registry import KnownList, list_coded
from filo.foundation.web.requests import StaffRequest, posted_version


@require_http_methods(["GET", "POST"])
def keep(request: StaffRequest, code: str) -> HttpResponse:
    """A new view of a list, from the address that is open."""
    known = _known(code)
    query = (request.POST if request.method == "POST" else request.GET).get("query", "")[:9000]
    form = ViewForm(request.principal, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = services.keep_view(request.principal, code, form.draft(query))
            if request.POST.get("pin"):
                services.pin_view(request.principal, view)
            messages.success(request, _("“%(name)s” is kept.") % {"name": view.name})
            return redirect(f"{known.url}?{address_of(view)}")
        except InvalidFields as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    return render(request, "lists/keep.html", {"form": form, "known": known, "query": query}, status=status)


@require_http_methods(["GET", "POST"])
def view(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """One view: its name, who has it, for whom the list opens with it."""
    found = seen_view(request.principal, view_id)
    known = _known(found.list_code)
    form = ViewForm(request.principal, found, request.POST or None)
    if request.method == "POST":
        if not may_change(request.principal, found):
            raise Forbidden
        if form.is_valid():
            try:
                changed = services.change_view(
                    request.principal, found, form.draft(found.query), version=posted_version(request)
                )
                messages.success(request, _("“%(name)s” is saved.") % {"name": changed.name})
                return redirect(f"{known.url}?{address_of(changed)}")
            except InvalidFields as error:
                form.refuse(error)
    context = {
        "form": form,
        "view": found,
        "known": known,
        "address": f"{known.url}?{address_of(found)}",
        "may_change": may_change(request.principal, found),
        "pinned": found in pinned_by(request.principal),
    }
    return render(request, "lists/view.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def rewrite(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """The view shows from now on what the list shows now."""
    found = seen_view(request.principal, view_id)
    draft = services.ViewDraft(found.name, request.POST.get("query", "")[:9000], found.audience)
    changed = services.change_view(request.principal, found, draft)
    messages.success(request, _("“%(name)s” is saved.") % {"name": changed.name})
    return redirect(f"{_known(found.list_code).url}?{address_of(changed)}")


@require_POST
def remove(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """Taken away, with a way back."""
    found = seen_view(request.principal, view_id)
    services.remove_view(request.principal, found)
    undo = reverse("lists:restore", args=[found.id]) if found.owner_id == request.principal.user_id else ""
    messages.success(request, _("“%(name)s” is removed.") % {"name": found.name}, extra_tags=undo)
    return redirect(f"{_known(found.list_code).url}?view=all")


@require_POST
def restore(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """There again."""
    found = removed_view(request.principal, view_id)
    services.bring_back_view(request.principal, found)
    messages.success(request, _("“%(name)s” is back.") % {"name": found.name})
    return redirect(f"{_known(found.list_code).url}?{address_of(found)}")


@require_POST
def pin(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """Put at hand, or taken from there."""
    found: SavedView = seen_view(request.principal, view_id)
    if request.POST.get("off"):
        services.unpin_view(request.principal, found)
    else:
        services.pin_view(request.principal, found)
    return redirect(f"{_known(found.list_code).url}?{address_of(found)}")


def _known(code: str) -> KnownList:
    found = list_coded(code)
    if found is None:
        raise NotFound
    return found
