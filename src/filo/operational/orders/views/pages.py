"""The list of orders, the page of one, a new one, and what a card shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.amounts import number_words
from filo.foundation.audit.queries import acts_about
from filo.foundation.errors import InvalidFields
from filo.foundation.web.paging import capped_count
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.orders.forms import ChangeForm, NewForm
from filo.operational.orders.models import Carrier, Order, OrderStep, Shipment
from filo.operational.orders.models.shipment import CAUSES
from filo.operational.orders.policies import ORDER_EDITED, ORDER_SHIPPED
from filo.operational.orders.queries.finding import lines_of, seen_order
from filo.operational.orders.queries.listing import VIEWS, orders_found, orders_of, page_of_orders
from filo.operational.orders.queries.pricing import coupons_said
from filo.operational.orders.queries.tracking import track_link, tracked
from filo.operational.orders.services import draft_order, order_from_quote
from filo.operational.orders.states import CHANGING
from filo.operational.orders.typed import TypedLine, drafts_of, mark, shown, typed_rows
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.naming import names_of
from filo.operational.quotes.queries.finding import seen_quote

SIZE = 50


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The orders one sees, by view."""
    principal = request.principal
    principal.require("order", "view")
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    text = request.GET.get("q", "")[:120]
    wanted = request.GET.get("party")
    party = seen_party(principal, asked_id(wanted)) if wanted else None
    found = orders_found(principal, view, text)
    if party:
        found = found.filter(party=party)
    page = page_of_orders(found, view, size=SIZE, cursor=request.GET.get("cursor", "")[:400])
    names = names_of(principal, {order.party_id for order in page.rows})
    rows = [(order, names.get(order.party_id, "")) for order in page.rows]
    context = {"rows": rows, "page": page, "count": capped_count(found), "views": VIEWS.items(), "view": view}
    return render(request, "orders/list.html", context | {"text": text, "party": party})


@require_GET
def page(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Where it stands, its lines, what has left, and what happened."""
    return render(request, "orders/order.html", context_of(request, seen_order(request.principal, order_id)))


@require_GET
def changes(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """What was changed, asked for when it comes into sight."""
    principal, order = request.principal, seen_order(request.principal, order_id)
    acts, back = acts_about(principal, "order", order.id), reverse("orders:order", args=[order.id])
    may_edit = principal.may("order", "edit") and ORDER_EDITED.allows(principal, order)
    return render(request, "history/_changes.html", {"acts": acts, "may_edit": may_edit, "back": back})


def context_of(request: StaffRequest, order: Order, **refused: Any) -> dict[str, Any]:
    """What the page of an order needs; what was refused takes the place of what is kept."""
    principal = request.principal
    lines = lines_of(order)
    may_edit = principal.may("order", "edit") and ORDER_EDITED.allows(principal, order)
    may_ship = principal.may("order", "ship") and ORDER_SHIPPED.allows(principal, order)
    names = names_of(principal, {order.party_id})
    typed = refused.get("typed") or {}
    shipments = Shipment.objects.visible_to(principal).filter(order=order)
    return {
        "order": order,
        "version": order.version,
        "party": order.party if order.party_id in names else None,
        "lines": lines,
        "rows": shown(lines, order.currency) if may_edit and order.state in CHANGING else [],
        "terms": ChangeForm(order),
        "coupons_said": coupons_said(order),
        "tracked": tracked(order),
        "shipments": shipments.select_related("carrier").prefetch_related("lines__line"),
        "history": OrderStep.objects.filter(order=order).order_by("-at", "-id")[:40],
        "carriers": Carrier.objects.filter(active=True) if may_ship and order.is_open else [],
        "causes": CAUSES,
        "to_ship": [(line, typed.get(f"line-{line.pk}") or number_words(line.left)) for line in lines if line.left],
        "may_edit": may_edit,
        "may_ship": may_ship,
        "public_link": track_link(order) if order.number else "",
        "hides_cost": "cost" in principal.hidden("order"),
        **refused,
    }


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new order: for whom, and what."""
    principal = request.principal
    principal.require("order", "create")
    wanted = request.GET.get("party") or request.POST.get("party")
    party = seen_party(principal, asked_id(wanted)) if wanted else None
    rows, refusals = shown([], "EUR"), []
    form = NewForm(principal, request.POST or None)
    if request.method == "POST":
        rows = typed_rows(request.POST)
        try:
            if form.is_valid():
                order = _begun(request, party, form, rows)
                return redirect("orders:order", order.id) if principal.may("order", "view") else redirect("home")
        except InvalidFields as error:
            refusals = mark(rows, error)
        rows = [*rows, *shown([], "EUR")]
    context = {"party": party, "rows": rows, "refusals": refusals, "terms": form}
    return render(request, "orders/new.html", context, status=422 if request.method == "POST" else 200)


def _begun(request: StaffRequest, party: Party | None, form: NewForm, rows: list[TypedLine]) -> Order:
    if party is None:
        raise InvalidFields({"party": _("Choose the customer whom it is for.")})
    lines = drafts_of(request.principal, rows, {})
    company = form.cleaned_data["company"]
    return draft_order(request.principal, party=party, company=company, lines=lines, facts=form.facts())


@require_POST
def from_quote(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """The order of an accepted quote, in one click; clicked twice it is the same one."""
    order = order_from_quote(request.principal, seen_quote(request.principal, quote_id))
    messages.success(request, _("The order is ready to be confirmed."))
    return redirect("orders:order", order.id)


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The latest orders of a customer, for his card."""
    party = seen_party(request.principal, party_id)
    return render(request, "orders/_on_card.html", {"party": party, "orders": orders_of(request.principal, party)})
