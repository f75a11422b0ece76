"""Discounts that come by themselves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation import clock
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.prices.forms import DiscountForm
from filo.operational.prices.models import Discount
from filo.operational.prices.queries.reductions import discounts_seen, seen_discount
from filo.operational.prices.services.discounts import save_discount
from filo.operational.prices.views.lists import chosen_party


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All of them, in the order in which they come one upon the other."""
    request.principal.require("price", "view")
    rows = discounts_seen(request.principal)
    context = {"rows": rows.order_by("-active", "priority", "name"), "today": clock.today()}
    return render(request, "prices/discounts.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more."""
    request.principal.require("price", "create")
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, discount_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    request.principal.require("price", "edit")
    return _form(request, seen_discount(request.principal, discount_id))


def _form(request: StaffRequest, found: Discount | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in DiscountForm.base_fields} if found else None
    form, party = DiscountForm(request.POST or None, initial=initial), chosen_party(request, found)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                save_discount(request.principal, found, {**form.cleaned_data, "party": party}, version=version)
            messages_with_undo(request, _("Saved."), operation)
            return redirect("prices:discounts")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    title = found.name if found else _("New discount")
    told = {"party": party, "title": title, "back": "/discounts"}
    context = {"form": form, "found": found, "version": version, **told}
    return render(request, "prices/scoped_form.html", context, status=422 if form.errors else 200)
