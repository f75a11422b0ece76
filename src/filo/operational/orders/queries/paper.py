"""Papers of orders: what to fetch from where, and the delivery note that travels with the goods."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from filo.foundation import clock
from filo.foundation.amounts import number_words
from filo.foundation.organisation.letterhead import letterhead_of, logo_of
from filo.foundation.paper.printing import printed
from filo.foundation.web.templatetags.web import full_day
from filo.operational.catalogue.models import StockPlace
from filo.operational.catalogue.services import stock
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.queries.finding import lines_of, source_of, stocked_among

PICKING = Path(__file__).parent.parent / "picking.typ"
NOTE = Path(__file__).parent.parent / "delivery_note.typ"


def print_picking(order: Order, language: str) -> bytes:
    """What is left to ship, by stock place, as the stock has promised it; in the language of who fetches it."""
    with translation.override(language):
        head = letterhead_of(order.company)
        data = {
            "language": language,
            "colour": head.colour,
            "seller": head.seller,
            "words": _words(),
            "title": _("Picking list %(number)s") % {"number": order.name},
            "facts": _facts(
                (_("Printed"), full_day(clock.now())),
                (_("Promised for"), full_day(order.promised_date) if order.promised_date else ""),
                (_("Reference"), order.reference),
            ),
            "to": {"label": _("Goods go to"), "lines": order.ship_to or [order.party.display_name]},
            "columns": [
                pgettext("column", "Code"),
                _("Description"),
                _("Quantity"),
                pgettext("column of a picking list", "Taken"),
            ],
            "places": _places(order),
            "none": _("Nothing is left to ship."),
            "note": order.internal_note,
        }
        return printed(PICKING, data, images=logo_of(order.company_id))


def _places(order: Order) -> list[dict[str, Any]]:
    """(name, rows) of each place; then what is missing, and last what lies in no stock."""
    lines = [line for line in lines_of(order) if line.left]
    stocked = stocked_among(lines)
    first: dict[UUID | None, OrderLine] = {}
    for line in lines:
        first.setdefault(line.variant_id, line)
    promised = stock.promised_to(source_of(order))
    places = StockPlace.objects.filter(pk__in={one.place_id for one in promised})
    found = []
    for place in places:
        mine = [one for one in promised if one.place_id == place.pk and one.variant_id in first]
        rows = [_pick(first[one.variant_id], one.quantity) for one in mine]
        if rows:
            found.append({"name": place.name, "rows": sorted(rows)})
    missing = [_pick(line, line.waiting) for line in lines if line.waiting]
    others = [_pick(line, line.left) for line in lines if line.variant_id not in stocked]
    if order.state == "draft":
        others = [_pick(line, line.left) for line in lines]
    for name, rows in ((_("Not in stock yet"), missing), (_("Not kept in stock"), others)):
        if rows and not (order.state == "draft" and rows is missing):
            found.append({"name": name, "rows": rows})
    return found


def _pick(line: OrderLine, quantity: Decimal) -> list[str]:
    return [line.code, line.description, _quantity(quantity, line.unit)]


def print_delivery_note(shipment: Shipment) -> bytes:
    """The delivery note (DPR 472/96, article 1, paragraph 3) in the customer's language, as often as it is wanted.

    Number, day, parties and goods are those of the shipment; printing it again changes nothing of them.
    """
    order = shipment.order
    with translation.override(order.language):
        head = letterhead_of(order.company)
        data = {
            "language": order.language,
            "colour": head.colour,
            "seller": {**head.seller, "lines": shipment.issuer or head.seller["lines"]},
            "words": _words(),
            "title": note_title(shipment),
            "law": _("Transport document under D.P.R. 14 August 1996, no. 472"),
            "facts": _facts(
                (_("Date"), full_day(timezone.localtime(shipment.shipped_at).date())),
                (_("Order"), order.name),
                (_("Your reference"), order.reference),
            ),
            "buyer": {"label": _("Customer"), "lines": _buyer(order)},
            "to": {"label": _("Place of destination"), "lines": order.ship_to or _buyer(order)},
            "columns": [pgettext("column", "Code"), _("Goods"), pgettext("column", "Unit"), _("Quantity")],
            "rows": [
                [part.line.code, part.line.description, unit_words(part.line.unit), number_words(part.quantity)]
                for part in shipment.lines.select_related("line").all()
            ],
            "transport": _transport(shipment),
            "note": shipment.note,
            "signs": [_("Signature of the driver"), _("Signature of the recipient")],
        }
        return printed(NOTE, data, images=logo_of(order.company_id))


def note_title(shipment: Shipment) -> str:
    """Delivery note 31/2026."""
    return _("Delivery note %(number)s") % {"number": f"{shipment.number}/{shipment.year}"}


def note_name(shipment: Shipment) -> str:
    """How the file is called: DDT-2026-31.pdf."""
    return f"DDT-{shipment.year}-{shipment.number}.pdf"


def picking_name(order: Order) -> str:
    """How the file is called: Picking-list-2026-31.pdf."""
    word = pgettext("name of a file", "Picking list")
    number = f"{order.year}-{order.number}" if order.number else pgettext("an order without a number", "draft order")
    return f"{word}-{number}.pdf".replace(" ", "-")


def _buyer(order: Order) -> list[str]:
    party = order.bill_party or order.party
    lines = list(order.bill_to) or [party.display_name]
    if party.vat_number:
        lines.append(_("VAT number %(number)s") % {"number": party.vat_number})
    return lines


def _transport(shipment: Shipment) -> list[dict[str, str]]:
    carrier = shipment.carrier
    by = ", ".join(part for part in (carrier.name, carrier.address) if part) if carrier else _("Sender or recipient")
    moment = timezone.localtime(shipment.shipped_at)
    return _facts(
        (_("Cause of transport"), str(shipment.get_cause_display())),
        (_("Carrier"), by),
        (_("Tracking number"), shipment.tracking),
        (_("Start of transport"), full_day(moment)),
        (_("Number of packages"), str(shipment.parcels)),
        (_("Weight"), f"{number_words(shipment.weight)} kg" if shipment.weight else ""),
    )


def _facts(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _words() -> dict[str, str]:
    return {"page": _("Page"), "of": pgettext("page 1 of 2", "of")}


def unit_words(unit: str) -> str:
    """A unit as it stands behind a quantity; one that nobody named is pieces."""
    return pgettext("a unit", "pc") if unit in ("", "pc") else unit


def _quantity(quantity: Decimal, unit: str) -> str:
    return f"{number_words(quantity)} {unit_words(unit)}"
