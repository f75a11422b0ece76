"""Coupons: one by one, in series, and as a file."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.prices.forms import CouponForm, SeriesForm
from filo.operational.prices.models import Coupon
from filo.operational.prices.queries.reductions import coupons_seen, seen_coupon
from filo.operational.prices.services.discounts import make_series, save_coupon
from filo.operational.prices.views.lists import chosen_party

MOST = 200


def _found(request: StaffRequest) -> QuerySet[Coupon]:
    asked = request.GET
    return coupons_seen(request.principal, asked.get("q", "").strip()[:40], series=asked.get("series", "")[:60])


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The newest, with how often they were used."""
    request.principal.require("price", "view")
    rows = list(_found(request).order_by("-active", "-created_at", "-id")[: MOST + 1])
    context = {"rows": rows[:MOST], "more": len(rows) > MOST, "text": request.GET.get("q", "")[:40]}
    return render(request, "prices/coupons.html", context)


@require_GET
def file(request: StaffRequest) -> HttpResponse:
    """The same as CSV."""
    request.principal.require("price", "view")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["code", "name", "percent", "amount", "currency", "limit", "used", "valid_from", "valid_to"])
    names = ("code", "name", "percent", "amount", "currency", "limit", "used", "valid_from", "valid_to")
    for row in _found(request).order_by("code").values_list(*names).iterator():
        writer.writerow(["" if cell is None else cell for cell in row])
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="coupons.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more."""
    request.principal.require("price", "create")
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, coupon_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    request.principal.require("price", "edit")
    return _form(request, seen_coupon(request.principal, coupon_id))


def _form(request: StaffRequest, found: Coupon | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in CouponForm.base_fields} if found else None
    form, party = CouponForm(request.POST or None, initial=initial), chosen_party(request, found)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                save_coupon(request.principal, found, {**form.cleaned_data, "party": party}, version=version)
            messages_with_undo(request, _("Saved."), operation)
            return redirect("prices:coupons")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    title = found.code if found else _("New coupon")
    told = {"party": party, "title": title, "back": "/coupons"}
    context = {"form": form, "found": found, "version": version, **told}
    return render(request, "prices/scoped_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def series(request: StaffRequest) -> HttpResponse:
    """Many at once, each to be used once."""
    request.principal.require("price", "create")
    form, party = SeriesForm(request.POST or None), chosen_party(request, None)
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "party": party}
        stem, count = facts.pop("code"), facts.pop("count")
        try:
            made = make_series(request.principal, facts, stem=stem, count=count)
        except InvalidFields as error:
            said = error.fields
            form.refuse(InvalidFields({"code": said["stem"]} if "stem" in said else said))
        else:
            sentence = ngettext("%(count)s coupon made.", "%(count)s coupons made.", len(made))
            messages.success(request, sentence % {"count": len(made)})
            return redirect(f"/coupons?series={made[0].series}")
    context = {"form": form, "found": None, "party": party, "title": _("A series of coupons"), "back": "/coupons"}
    return render(request, "prices/scoped_form.html", context, status=422 if form.errors else 200)
