"""What lies where, the journal, and counting, arrival and moving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.amounts import read_number
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.web.paging import capped_count
from filo.foundation.web.requests import StaffRequest
from filo.operational.catalogue.models import StockPlace, Variant
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.stocked import page_of_moves, page_of_stock, stocked_variants
from filo.operational.catalogue.services.counting import Counted, arrive, count, move
from filo.operational.catalogue.views.pages import context_of

SIZE = 50


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Variants with what is in stock, promised and free; in one place or in all, all or what is low."""
    request.principal.require("product", "view")
    places = list(StockPlace.objects.filter(active=True))
    place = _place(request.GET.get("place", ""), places)
    text, low = request.GET.get("q", "")[:120], "low" in request.GET
    rows = stocked_variants(request.principal, text=text, place_id=place.pk if place else None, low=low)
    page = page_of_stock(
        rows, place_id=place.pk if place else None, size=SIZE, cursor=request.GET.get("cursor", "")[:400]
    )
    context = {"places": places, "place": place, "text": text, "low": low, "page": page, "count": capped_count(rows)}
    return render(request, "catalogue/stock.html", context)


@require_GET
def journal(request: StaffRequest) -> HttpResponse:
    """What came and went."""
    request.principal.require("product", "view")
    places = list(StockPlace.objects.all())
    place = _place(request.GET.get("place", ""), places)
    cursor = request.GET.get("cursor", "")[:400]
    page = page_of_moves(request.principal, place_id=place.pk if place else None, size=SIZE, cursor=cursor)
    return render(request, "catalogue/journal.html", {"places": places, "place": place, "page": page})


def _place(code: str, places: list[StockPlace]) -> StockPlace | None:
    return next((one for one in places if one.code == code), None)


@require_POST
def act(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Counted, arrived or moved: what is typed for the variants of a product, at once."""
    product = seen_product(request.principal, product_id)
    places = list(StockPlace.objects.filter(active=True))
    do, note = request.POST.get("do", ""), request.POST.get("note", "")
    typed = {name: str(value)[:30] for name, value in request.POST.items() if name.startswith("q-")}
    try:
        place = _place(request.POST.get("place", ""), places)
        if place is None:
            raise InvalidFields({"place": _("Choose a place.")})
        lines = _lines(list(Variant.objects.filter(product=product)), typed, place)
        if do == "move":
            into = _place(request.POST.get("into", ""), places)
            if into is None:
                raise InvalidFields({"into": _("Choose where it goes.")})
            pairs = [(variant, quantity) for variant, _place_id, quantity in lines]
            done = len(move(request.principal, pairs, out_of=place, into=into, note=note))
        elif do == "arrive":
            done = len(arrive(request.principal, lines, note=note))
        else:
            done = len(count(request.principal, lines, note=note))
    except DomainError as error:
        said = [str(one) for one in _sentences(error)] if isinstance(error, InvalidFields) else []
        refused = {"stock_refusal": " ".join(said) or str(error), "typed_stock": typed, "typed_act": do}
        refused |= {f"typed_{name}": request.POST.get(name, "")[:200] for name in ("place", "into", "note")}
        return render(request, "catalogue/product.html", context_of(request, product, **refused), status=422)
    messages.success(request, ngettext("%(n)s stock changed.", "%(n)s stocks changed.", done) % {"n": done})
    return redirect("catalogue:product", product.pk)


def _sentences(error: InvalidFields) -> list[Any]:
    return [one for found in error.fields.values() for one in found]


def _lines(variants: list[Variant], typed: dict[str, str], place: StockPlace) -> Counted:
    lines = []
    for one in variants:
        text = typed.get(f"q-{one.pk}", "").strip()
        if not text:
            continue
        try:
            lines.append((one.pk, place.pk, read_number(text)))
        except ValueError:
            said = _("“%(text)s” is not a number (%(sku)s).") % {"text": text, "sku": one.sku}
            raise InvalidFields({"quantity": said}) from None
    if not lines:
        raise InvalidFields({"quantity": _("Write how many of at least one variant.")})
    return lines
