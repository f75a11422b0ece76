"""His area at a glance, his orders, his invoices and what he owes."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from filo.collaborative.portal.door import CustomerRequest, signed_in
from filo.collaborative.portal.queries import due_of, dues_of, invoice_of, invoices_of, order_of, orders_of, tickets_of
from filo.operational.invoices.queries.paper import paper_name, print_invoice
from filo.operational.orders.queries.finding import lines_of
from filo.operational.orders.queries.tracking import tracked
from filo.operational.payments.queries.public import pay_token

LATEST = 3


@require_GET
@signed_in
def home(request: CustomerRequest) -> HttpResponse:
    """What is on its way, what is to pay, what was asked."""
    orders, tickets = orders_of(request.customer), tickets_of(request.customer)
    under_way = (order for order in orders if order.is_open or order.state == "shipped")
    context = {
        "here": "home",
        "orders": [tracked(order) for order in islice(under_way, LATEST)],
        "dues": dues_of(request.customer),
        "tickets": [ticket for ticket in tickets if ticket.is_open][:LATEST],
    }
    return render(request, "portal/home.html", context)


@require_GET
@signed_in
def orders(request: CustomerRequest) -> HttpResponse:
    """All his orders."""
    return render(request, "portal/orders.html", {"here": "orders", "orders": orders_of(request.customer)})


@require_GET
@signed_in
def order(request: CustomerRequest, order_id: UUID) -> HttpResponse:
    """One order: how far it is, its parcels, what is in it."""
    found = order_of(request.customer, order_id)
    context = {"here": "orders", "order": found, "found": tracked(found), "lines": lines_of(found)}
    return render(request, "portal/order.html", context)


@require_GET
@signed_in
def invoices(request: CustomerRequest) -> HttpResponse:
    """His invoices, and what is to pay."""
    context = {"here": "invoices", "invoices": invoices_of(request.customer), "dues": dues_of(request.customer)}
    return render(request, "portal/invoices.html", context)


@require_GET
@signed_in
def invoice_pdf(request: CustomerRequest, invoice_id: UUID) -> HttpResponse:
    """The courtesy copy."""
    invoice = invoice_of(request.customer, invoice_id)
    response = HttpResponse(print_invoice(invoice), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper_name(invoice)}"'
    return response


@require_GET
@signed_in
def pay(request: CustomerRequest, due_id: UUID) -> HttpResponse:
    """On to the page where it is paid."""
    return redirect("payments:pay", pay_token(due_of(request.customer, due_id)))
