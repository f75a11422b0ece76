"""Where the chat stands, and the line of script that puts it on any site."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filo.collaborative.chat.forms import PlaceForm
from filo.collaborative.chat.models import ChatPlace
from filo.collaborative.chat.services.places import save_place
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def places(request: StaffRequest) -> HttpResponse:
    """All of them; a new one by its name."""
    request.principal.require("settings", "view" if request.method == "GET" else "edit")
    refusal = ""
    if request.method == "POST":
        try:
            made = save_place(request.principal, None, {"name": request.POST.get("name", ""), "active": True})
            return redirect("chat:place", made.pk)
        except InvalidFields as error:
            refusal = str(next(iter(error.fields.values()))[0])
    context = {"places": ChatPlace.objects.select_related("group"), "refusal": refusal}
    return render(request, "chat/places.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def place(request: StaffRequest, place_id: UUID) -> HttpResponse:
    """One of them."""
    request.principal.require("settings", "view" if request.method == "GET" else "edit")
    found = ChatPlace.objects.filter(pk=place_id).first()
    if found is None:
        raise NotFound
    form, status = PlaceForm(request.POST or None, initial=_initial(found)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save_place(request.principal, found, form.facts())
                messages.success(request, _("Saved."))
                return redirect("chat:place", found.pk)
            except InvalidFields as error:
                form.refuse(error)
    ours = str(django_settings.SITE_URL).rstrip("/")
    tag = f'<script async src="{ours}/p/chat/widget.js?place={found.code}"></script>'
    return render(request, "chat/place.html", {"form": form, "place": found, "tag": tag}, status=status)


def _initial(found: ChatPlace) -> dict[str, object]:
    names = ("name", "greeting_it", "greeting_en", "calls", "active", "group", "company")
    return {name: getattr(found, name) for name in names} | {"origins": "\n".join(found.origins)}
