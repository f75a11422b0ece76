"""What is done to an order: each a form that is posted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.amounts import read_number
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version
from filo.operational.catalogue.services.stock import OutOfStock
from filo.operational.orders.forms import ChangeForm
from filo.operational.orders.models import Order
from filo.operational.orders.queries.finding import lines_of, seen_order, seen_shipment
from filo.operational.orders.services import (
    arrived,
    cancel_order,
    change_order,
    confirm_order,
    copy_order,
    fill_order,
    not_arrived,
    prepare_order,
    reopen_order,
    restore_order,
    return_goods,
    ship_order,
    unprepare_order,
    write_lines,
)
from filo.operational.orders.services.shipping import Parcel
from filo.operational.orders.typed import drafts_of, mark, shown, typed_rows
from filo.operational.orders.views.pages import context_of

SHORT = ("refuse", "wait", "part")


@require_POST
def write(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """All lines at once."""
    order, rows = seen_order(request.principal, order_id), typed_rows(request.POST)
    try:
        drafts = drafts_of(request.principal, rows, {str(line.pk): line for line in lines_of(order)})
        with one_operation() as operation:
            write_lines(request.principal, order, drafts, version=posted_version(request))
    except Forbidden:
        raise
    except InvalidFields as error:
        refusals = mark(rows, error)
        return _refused(request, order, refusals=refusals, rows=[*rows, *shown([], order.currency)])
    except (OutOfStock, Stale) as error:
        rows = [*rows, *shown([], order.currency)]
        return _refused(request, order, error=error, refusals=[str(error)], rows=rows)
    messages_with_undo(request, _("Saved."), operation, reverse("orders:order", args=[order.id]))
    return redirect("orders:order", order.id)


@require_POST
def change(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Its terms, notes and addresses."""
    order = seen_order(request.principal, order_id)
    form = ChangeForm(order, request.POST)
    try:
        if form.is_valid():
            with one_operation() as operation:
                change_order(request.principal, order, version=posted_version(request), **form.cleaned_data)
            messages_with_undo(request, _("Saved."), operation, reverse("orders:order", args=[order.id]))
            return redirect("orders:order", order.id)
    except Forbidden:
        raise
    except InvalidFields as error:
        form.refuse(error)
    except DomainError as error:
        return _refused(request, order, error=error, refusals=[str(error)], terms=form)
    return _refused(request, order, terms=form)


@require_POST
def confirm(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Accept it; where the stock is short, the choices are shown."""
    order, short = seen_order(request.principal, order_id), request.POST.get("short", "refuse")
    if short not in SHORT:
        short = "refuse"
    try:
        found = confirm_order(request.principal, order, short=cast(Literal["refuse", "wait", "part"], short))
    except Forbidden:
        raise
    except OutOfStock as error:
        return _refused(request, order, refusals=[str(error)], lacks=error.lacks)
    except DomainError as error:
        return _refused(request, order, refusals=[str(error)])
    # Lines that were cut to what is there do not grow again: taking that back is not offered.
    undo = reverse("orders:reopen", args=[order.id]) if order.state == "draft" and short != "part" else ""
    messages.success(request, _("Confirmed: %(name)s") % {"name": found.name}, extra_tags=undo)
    return redirect("orders:order", order.id)


@require_POST
def ship(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """What was chosen leaves."""
    order = seen_order(request.principal, order_id)
    try:
        parcel = Parcel(
            carrier_id=asked_id(request.POST["carrier"]) if request.POST.get("carrier") else None,
            tracking=request.POST.get("tracking", ""),
            parcels=_parcels(request.POST.get("parcels", "")),
            weight=_weight(request.POST.get("weight", "")),
            cause=request.POST.get("cause") or "sale",
            note=request.POST.get("note", ""),
        )
        shipment = ship_order(request.principal, order, quantities=_quantities(request, order), parcel=parcel)
    except Forbidden:
        raise
    except DomainError as error:
        return _refused(request, order, refusals=_sentences(error), typed=request.POST)
    messages.success(request, _("On its way: %(name)s") % {"name": shipment.name})
    return redirect("orders:order", order.id)


@require_POST
def give_back(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """What was chosen came back."""
    order = seen_order(request.principal, order_id)
    try:
        return_goods(
            request.principal,
            order,
            quantities=_quantities(request, order),
            reason=request.POST.get("reason", ""),
            restock="restock" in request.POST,
            version=posted_version(request),
        )
    except Forbidden:
        raise
    except DomainError as error:
        return _refused(request, order, error=error, refusals=_sentences(error), typed=request.POST)
    messages.success(request, _("The goods are back."))
    return redirect("orders:order", order.id)


def _quantities(request: StaffRequest, order: Order) -> dict[UUID, Decimal]:
    """How many of each line were typed. Raises `InvalidFields`."""
    found: dict[UUID, Decimal] = {}
    for line in lines_of(order):
        text = request.POST.get(f"line-{line.pk}", "").strip()
        try:
            number = read_number(text) if text else Decimal(0)
        except ValueError:
            raise InvalidFields({f"lines.{line.pk}": _("Write a number, such as 12 or 12,50.")}) from None
        if number:
            found[line.pk] = number
    return found


def _parcels(text: str) -> int:
    """1 where nothing was typed, 0 (which the verb refuses) where it is no number."""
    text = text.strip() or "1"
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _weight(text: str) -> Decimal | None:
    """Kilograms, if any were typed; what is no number is refused by the verb."""
    try:
        return read_number(text) if text.strip() else None
    except ValueError:
        return Decimal(0)


def _sentences(error: DomainError) -> list[str]:
    if isinstance(error, InvalidFields):
        return [str(sentence) for sentences in error.fields.values() for sentence in sentences]
    return [str(error)]


@require_POST
def cancel(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """It is off, with a way back."""
    reason = request.POST.get("reason", "")
    undo = reverse("orders:restore", args=[order_id])
    return _done(request, order_id, lambda order: cancel_order(request.principal, order, reason=reason), undo=undo)


@require_POST
def step(request: StaffRequest, order_id: UUID, verb: str) -> HttpResponse:
    """A step that needs nothing else to be said, with the step that takes it back."""
    before = seen_order(request.principal, order_id).state
    back = BACK.get((verb, before), "")
    undo = reverse(f"orders:{back}", args=[order_id]) if back else ""
    return _done(request, order_id, lambda order: VERBS[verb](request.principal, order), undo=undo)


VERBS: dict[str, Callable[..., Order]] = {
    "prepare": prepare_order,
    "unprepare": unprepare_order,
    "reopen": reopen_order,
    "fill": fill_order,
    "restore": restore_order,
}
# By which step a step is taken back, by the state that it began in.
BACK = {
    ("prepare", "confirmed"): "unprepare",
    ("unprepare", "prepared"): "prepare",
    ("reopen", "confirmed"): "confirm",
    ("restore", "cancelled"): "cancel",
}


@require_POST
def copy(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """A new draft like it."""
    made = copy_order(request.principal, seen_order(request.principal, order_id))
    return redirect("orders:order", made.id)


@require_POST
def shipment_step(request: StaffRequest, shipment_id: UUID, verb: str) -> HttpResponse:
    """A shipment has arrived, or has not after all."""
    shipment = seen_shipment(request.principal, shipment_id)
    act, back = (arrived, "not-arrived") if verb == "arrived" else (not_arrived, "arrived")
    undo = reverse(f"orders:{back}", args=[shipment.pk])
    return _done(request, shipment.order_id, lambda _order: act(request.principal, shipment), undo=undo)


def _done(request: StaffRequest, order_id: UUID, verb: Callable[[Order], object], *, undo: str = "") -> HttpResponse:
    order = seen_order(request.principal, order_id)
    try:
        verb(order)
    except Forbidden:
        raise
    except DomainError as error:
        if error.status == 403:
            raise
        return _refused(request, order, refusals=_sentences(error))
    messages.success(request, _("Done."), extra_tags=undo)
    return redirect("orders:order", order.id)


def _refused(
    request: StaffRequest, order: Order, *, error: DomainError | None = None, **refused: object
) -> HttpResponse:
    """The page with what was typed; who was not told of a newer version still has the one that he had read."""
    fresh = seen_order(request.principal, order.pk)
    told = "version" not in request.POST or isinstance(error, Stale)
    refused |= {"version": fresh.version if told else posted_version(request)}
    return render(request, "orders/order.html", context_of(request, fresh, **refused), status=422)
