"""Catalogues: what is in them, who may see them, their link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.foundation.web.requests import StaffRequest, asked_id, version_read
from filo.operational.catalogue.forms import AREA, DAY
from filo.operational.catalogue.models import Catalogue, CatalogueItem, Product
from filo.operational.catalogue.queries.kept import catalogues_seen, seen_catalogue
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.showing import link_of, products_in, who_may_see
from filo.operational.catalogue.queries.wordings import other_languages
from filo.operational.catalogue.services.catalogues import (
    invite as invite_guest,
)
from filo.operational.catalogue.services.catalogues import put_into, save_catalogue, take_out
from filo.operational.catalogue.services.catalogues import (
    uninvite as uninvite_guest,
)
from filo.operational.catalogue.services.publication import new_link, publish_catalogue
from filo.operational.parties.queries.find import seen_party

MOST_SHOWN = 200


class CatalogueForm(FiloForm):
    """What a catalogue is called, what it holds by a filter, whom it is for, and when."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    description = forms.CharField(label=gettext_lazy("Description"), widget=AREA, required=False)
    company = forms.ModelChoiceField(
        label=gettext_lazy("Company"), queryset=SellingCompany.objects.none(), required=False
    )
    chosen_by = forms.CharField(
        label=gettext_lazy("Products by a filter"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("Filter the list of products as you like, and copy its address here."),
    )
    everybody = forms.BooleanField(label=gettext_lazy("For everybody"), required=False)
    for_whom = forms.CharField(
        label=gettext_lazy("Customers by a filter"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("Filter the list of customers as you like, and copy its address here."),
    )
    valid_from = forms.DateField(label=gettext_lazy("Shown from"), required=False, widget=DAY)
    valid_to = forms.DateField(label=gettext_lazy("Shown until"), required=False, widget=DAY)

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = SellingCompany.objects.all()
        if principal.company_ids is not None:
            companies = companies.filter(pk__in=principal.company_ids)
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As the verb takes them."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "company"}
        company = self.cleaned_data["company"]
        return facts | {"company_id": company.pk if company else None}


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All of them."""
    context = {"catalogues": catalogues_seen(request.principal), "today": clock.today()}
    return render(request, "catalogue/catalogues.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more."""
    request.principal.require("product", "edit")
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """What it is called, what it holds, whom it is for."""
    request.principal.require("product", "edit")
    return _form(request, seen_catalogue(request.principal, catalogue_id))


def _form(request: StaffRequest, found: Catalogue | None) -> HttpResponse:
    initial: dict[str, Any] = {}
    if found:
        initial = {name: getattr(found, name) for name in CatalogueForm.base_fields}
        initial |= {"chosen_by": found.chosen_by.get("query", ""), "for_whom": found.for_whom.get("query", "")}
    form = CatalogueForm(request.principal, request.POST or None, initial=initial)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_catalogue(request.principal, found, form.facts(), version=version)
            messages.success(request, _("Saved."))
            return redirect("catalogue:catalogue", saved.pk)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "found": found, "version": version}
    return render(request, "catalogue/catalogue_form.html", context, status=status)


@require_GET
def page(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """What is in it, who may see it, its link."""
    found = seen_catalogue(request.principal, catalogue_id)
    by_filter, guests = who_may_see(request.principal, found)
    shown = list(products_in(found, clock.today())[:MOST_SHOWN])
    by_hand = CatalogueItem.objects.filter(catalogue=found, product__in=Product.objects.visible_to(request.principal))
    context = {
        "found": found,
        "languages": other_languages(),
        "products": shown,
        "by_hand": list(by_hand.select_related("product").prefetch_related("product__texts")),
        "by_filter": by_filter,
        "guests": guests,
        "link": link_of(found),
        "may_edit": request.principal.may("product", "edit"),
        "today": clock.today(),
    }
    return render(request, "catalogue/catalogue.html", context)


@require_POST
def publish(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """Open it, or withdraw it."""
    found = seen_catalogue(request.principal, catalogue_id)
    published = request.POST.get("published") == "yes"
    publish_catalogue(request.principal, found, published=published)
    messages.success(request, _("Published.") if published else _("Withdrawn."))
    return redirect("catalogue:catalogue", found.pk)


@require_POST
def link(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """A new link; the old one leads nowhere any more."""
    found = new_link(request.principal, seen_catalogue(request.principal, catalogue_id))
    messages.success(request, _("Here is the new link; the old one is refused from now on."))
    return redirect("catalogue:catalogue", found.pk)


@require_POST
def put(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """A product by hand."""
    found = seen_catalogue(request.principal, catalogue_id)
    product = seen_product(request.principal, asked_id(request.POST.get("product")))
    put_into(request.principal, found, [product])
    return redirect("catalogue:catalogue", found.pk)


@require_POST
def take(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """Out again."""
    found = seen_catalogue(request.principal, catalogue_id)
    take_out(request.principal, found, asked_id(request.POST.get("product")))
    return redirect("catalogue:catalogue", found.pk)


@require_POST
def invite(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """A customer by name."""
    found = seen_catalogue(request.principal, catalogue_id)
    invite_guest(request.principal, found, seen_party(request.principal, asked_id(request.POST.get("party"))))
    return redirect("catalogue:catalogue", found.pk)


@require_POST
def uninvite(request: StaffRequest, catalogue_id: UUID) -> HttpResponse:
    """No longer."""
    found = seen_catalogue(request.principal, catalogue_id)
    uninvite_guest(request.principal, found, seen_party(request.principal, asked_id(request.POST.get("party"))))
    return redirect("catalogue:catalogue", found.pk)
