"""VAT classes and stock places, in the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.web.forms import FiloForm
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.catalogue.models import StockPlace, VatClass
from filo.operational.catalogue.services.settings import make_ready_vat, save_place, save_vat
from filo.operational.catalogue.setting_forms import PlaceForm, VatForm


@dataclass(frozen=True)
class Kind:
    """A kind of things that is set up: its model, its form and its verb."""

    code: str
    new: str | Promise
    model: type[Model]
    form: type[FiloForm]
    save: Callable[..., object]


KINDS = {
    "vat": Kind("vat", gettext_lazy("New VAT class"), VatClass, VatForm, save_vat),
    "places": Kind("places", gettext_lazy("New stock place"), StockPlace, PlaceForm, save_place),
}


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that is set up about products."""
    request.principal.require("settings", "view")
    context = {"vat": VatClass.objects.all(), "places": StockPlace.objects.select_related("company")}
    return render(request, "catalogue/settings.html", context)


@require_POST
def ready(request: StaffRequest) -> HttpResponse:
    """The classes of Italian law."""
    request.principal.require("settings", "edit")
    made = make_ready_vat(request.principal)
    messages.success(request, ngettext("%(n)s VAT class added.", "%(n)s VAT classes added.", made) % {"n": made})
    return redirect("catalogue:settings")


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """One more."""
    request.principal.require("settings", "edit")
    return _form(request, _kind(kind), None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, kind: str, thing_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    request.principal.require("settings", "edit")
    known = _kind(kind)
    found = known.model._default_manager.filter(pk=thing_id).first()
    if found is None:
        raise NotFound
    return _form(request, known, found)


def _kind(code: str) -> Kind:
    found = KINDS.get(code)
    if found is None:
        raise NotFound
    return found


def _form(request: StaffRequest, kind: Kind, found: Any) -> HttpResponse:
    initial = {name: getattr(found, name) for name in kind.form.base_fields} if found else None
    form = kind.form(request.POST or None, initial=initial)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            kind.save(request.principal, found, form.cleaned_data, version=version)
            messages.success(request, _("Saved."))
            return redirect("catalogue:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "found": found, "version": version, "kind": kind}
    return render(request, "catalogue/setting.html", context, status=422 if form.errors else 200)
