"""Price lists: all of them, one as a table, and for whom and when it holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.parties.models import Party
from filo.operational.prices.forms import CopyForm, ListForm
from filo.operational.prices.models import PriceList
from filo.operational.prices.policies import PRICE_KEPT
from filo.operational.prices.queries.tables import lines_known, lists_seen, seen_list, table_of
from filo.operational.prices.services.copies import copy_list
from filo.operational.prices.services.lists import save_list

OF_WHAT = (
    ("variant", pgettext_lazy("a line of a price list is", "Of one variant")),
    ("product", pgettext_lazy("a line of a price list is", "Of all variants of a product")),
    ("category", pgettext_lazy("a line of a price list is", "Of a category")),
    ("line", pgettext_lazy("a line of a price list is", "Of a product line")),
    ("all", pgettext_lazy("a line of a price list is", "Of everything")),
)


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All lists one sees."""
    request.principal.require("price", "view")
    text = request.GET.get("q", "").strip()[:120]
    return render(request, "prices/lists.html", {"rows": lists_seen(request.principal, text), "text": text})


@require_GET
def page(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """One list as a table that is typed into."""
    request.principal.require("price", "view")
    return list_page(request, seen_list(request.principal, list_id))


def list_page(request: StaffRequest, found: PriceList, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a list; `more`: what was typed and refused."""
    principal = request.principal
    others = PriceList.objects.visible_to(principal).exclude(pk=found.pk).order_by("name")
    against = others.filter(pk=request.GET["against"]).first() if _is_id(request.GET.get("against", "")) else None
    text, number = request.GET.get("q", "").strip()[:120], request.GET.get("page", "1")
    page = int(number) if number.isdigit() and len(number) < 7 else 1
    table = table_of(found, text=text, page=page, against=against)
    context = {
        "found": found,
        "version": found.version,
        "table": table,
        "text": text,
        "against": against,
        "others": others,
        "may_edit": principal.may("price", "edit") and PRICE_KEPT.allows(principal, found),
        "lines": lines_known(),
        "of_what": OF_WHAT,
        "copy_form": CopyForm(initial={"name": _("%(name)s (copy)") % {"name": found.name}}),
        **more,
    }
    return render(request, "prices/list.html", context, status=status)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more list."""
    request.principal.require("price", "create")
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """For whom and when it holds."""
    request.principal.require("price", "edit")
    return _form(request, seen_list(request.principal, list_id))


def _form(request: StaffRequest, found: PriceList | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in ListForm.base_fields} if found else None
    form = ListForm(request.POST or None, initial=initial)
    party = chosen_party(request, found)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                saved = save_list(request.principal, found, {**form.cleaned_data, "party": party}, version=version)
            messages_with_undo(request, _("Saved."), operation)
            return redirect("prices:list", saved.pk)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "found": found, "version": version, "party": party}
    return render(request, "prices/list_form.html", context, status=422 if form.errors else 200)


def chosen_party(request: StaffRequest, found: Any) -> Party | None:
    """The customer whom something is for, as chosen in the form or as it is."""
    if request.method != "POST":
        return found.party if found else None
    told = request.POST.get("party", "")
    return Party.objects.visible_to(request.principal).filter(pk=told).first() if _is_id(told) else None


@require_POST
def active(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Into use, or out of it."""
    found = seen_list(request.principal, list_id)
    with one_operation() as operation:
        save_list(request.principal, found, {"active": request.POST.get("active") == "yes"})
    messages_with_undo(request, _("Saved."), operation)
    return redirect("prices:list", list_id)


@require_POST
def copy(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """The same once more, dearer or cheaper, to be looked at before it is used."""
    found, form = seen_list(request.principal, list_id), CopyForm(request.POST)
    if form.is_valid():
        try:
            made = copy_list(request.principal, found, **form.cleaned_data)
        except InvalidFields as error:
            form.refuse(error)
        else:
            messages.success(request, _("Copied. It is out of use until you say otherwise."))
            return redirect(f"/price-lists/{made.pk}?against={found.pk}")
    return list_page(request, found, status=422, copy_form=form)
