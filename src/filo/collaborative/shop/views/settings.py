"""The shop in the settings: which company sells, whether it is open, what one agrees to, how goods travel."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.collaborative.shop.forms import ShippingForm, ShopForm
from filo.collaborative.shop.models import Offer, ShippingWay, Shop
from filo.collaborative.shop.queries.buying import payments_of
from filo.collaborative.shop.services import save_shipping, save_shop
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, posted_version


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """How it is set up, and what it still lacks."""
    request.principal.require("settings", "view")
    shop = Shop.objects.select_related("company", "channel").first()
    context = {
        "shop": shop,
        "ways": ShippingWay.objects.select_related("company", "vat"),
        "payments": payments_of(shop.company_id) if shop else {},
        "offers": Offer.objects.count() if shop else 0,
    }
    return render(request, "shop/settings.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest) -> HttpResponse:
    """Open it, close it, change it."""
    request.principal.require("settings", "edit")
    found = Shop.objects.first()
    initial = {name: getattr(found, name) for name in ShopForm.base_fields} if found else None
    form, version = ShopForm(request.POST or None, initial=initial), found.version if found else 0
    if request.method == "POST" and form.is_valid():
        try:
            save_shop(request.principal, form.cleaned_data, version=posted_version(request))
            messages.success(request, _("Saved."))
            return redirect("shop:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            version = error.version
    return _form(request, form, _("Shop"), version)


@require_http_methods(["GET", "POST"])
def new_way(request: StaffRequest) -> HttpResponse:
    """One more way of shipping."""
    return _way(request, None)


@require_http_methods(["GET", "POST"])
def edit_way(request: StaffRequest, way_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    request.principal.require("settings", "edit")
    found = ShippingWay.objects.filter(pk=way_id).first()
    if found is None:
        raise NotFound
    return _way(request, found)


def _way(request: StaffRequest, found: ShippingWay | None) -> HttpResponse:
    request.principal.require("settings", "edit")
    if found is not None:
        initial = {name: getattr(found, name) for name in ShippingForm.base_fields}
    else:
        initial = {"company": getattr(Shop.objects.first(), "company_id", None), "active": True, "position": 0}
    form, version = ShippingForm(request.POST or None, initial=initial), found.version if found else 0
    if request.method == "POST" and form.is_valid():
        try:
            save_shipping(request.principal, found, form.cleaned_data, version=posted_version(request))
            messages.success(request, _("Saved."))
            return redirect("shop:settings")
        except Stale as error:
            form.add_error(None, str(error))
            version = error.version
    return _form(request, form, found.name_it if found else _("New way of shipping"), version)


def _form(request: StaffRequest, form: ShopForm | ShippingForm, heading: str, version: int) -> HttpResponse:
    context = {"form": form, "heading": heading, "version": version}
    return render(request, "shop/setting.html", context, status=422 if form.errors else 200)
