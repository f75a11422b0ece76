"""Orders: Filo gives what was confirmed, the back office says how far each has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.subjects.base import Field, Ours, Refused, Subject, Values, number_text
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import SellingCompany
from filo.operational.orders.models import Carrier, Order, OrderStep
from filo.operational.orders.services import cancel_order, deliver_order, prepare_order, ship_order
from filo.operational.orders.services.shipping import Parcel
from filo.operational.orders.states import STATES, STEPS

# How back offices call the states.
_CALLED = {
    "confirmed": ("confirmed", "confermato", "aperto", "open", "in lavorazione", "processing"),
    "prepared": ("prepared", "preparato", "pronto", "ready", "packed", "allestito"),
    "shipped": ("shipped", "spedito", "evaso", "inviato", "fulfilled", "sent"),
    "delivered": ("delivered", "consegnato"),
    "cancelled": ("cancelled", "canceled", "annullato"),
}
_STATE = {word: state for state, words in _CALLED.items() for word in words}


class _Orders(Subject):
    """A row goes forward only: what has left does not come back by a row."""

    code, label = "orders", _("Orders")
    keys = ("company", "number")
    gives = True
    fields = (
        Field("company", _("Company"), ("azienda", "ditta", "società")),
        Field("number", _("Number"), ("numero", "numero ordine", "ordine", "order", "order number")),
        Field("state", _("State"), ("stato", "status")),
        Field("carrier", _("Carrier"), ("corriere", "vettore", "spedizioniere")),
        Field("tracking", _("Tracking number"), ("tracking number", "numero spedizione", "lettera di vettura", "ldv")),
        Field("customer", _("Customer"), ("cliente",), owner="ours"),
        Field("confirmed", _("Confirmed"), ("data", "data ordine", "confermato il"), owner="ours"),
        Field("reference", _("Customer’s reference"), ("riferimento", "vs. riferimento"), owner="ours"),
        Field("currency", _("Currency"), ("valuta", "divisa"), owner="ours"),
        Field("net", _("Without VAT"), ("imponibile",), "number", owner="ours"),
        Field("total", _("Total"), ("totale",), "number", owner="ours"),
        Field("lines", _("Lines"), ("righe",), owner="ours"),
    )

    def key_of(self, values: Values) -> str:
        """By company and number as it is written: O 2026/31. A firm of one company need not name it."""
        return super().key_of({**values, "company": values.get("company", "") or _only_company()})

    def tidy(self, values: dict[str, str]) -> dict[str, str]:
        """The state under Filo's name."""
        if said := values.get("state", ""):
            state = _STATE.get(said.casefold())
            if state is None:
                raise Refused(_("“%(state)s” is no state of an order that Filo knows.") % {"state": said})
            values["state"] = state
        return values

    def find(self, principal: Principal, keys: Sequence[str]) -> dict[str, Ours]:
        """Those that were confirmed."""
        found = ((key, _named(key)) for key in keys)
        return {key: Ours(f"{row} · {row.party}", _values(row)) for key, row in found if row is not None}

    def take(self, principal: Principal, key: str, values: Values, ours: Ours | None, as_of: datetime) -> None:
        """As far as the back office says, by the same verbs that people use; a number that is unknown is refused."""
        order = _named(key)
        if order is None:
            raise Refused(_("There is no order %(number)s.") % {"number": values.get("number", key)})
        if state := values.get("state", ""):
            told = {**(ours.values if ours else {}), **values}
            _go(principal, order, state, carrier=told.get("carrier", ""), tracking=told.get("tracking", ""))

    def changed(self, principal: Principal, since: datetime | None) -> Iterator[tuple[str, Values]]:
        """Orders that took a step since."""
        rows = _rows()
        if since is not None:
            rows = rows.filter(pk__in=OrderStep.objects.filter(at__gte=since).values("order"))
        for row in rows.order_by("pk").iterator(500):
            yield _key(row), _values(row)

    def all(self, principal: Principal) -> Iterator[tuple[str, Values]]:
        """Every order that was confirmed."""
        yield from self.changed(principal, None)


def _go(principal: Principal, order: Order, state: str, *, carrier: str, tracking: str) -> None:
    if state == "cancelled":
        cancel_order(principal, order, reason=str(_("Cancelled in the back office")))
        return
    here = "shipped" if order.state == "part" and state == "shipped" else order.state
    if state == here and order.state != "part":
        return
    if here not in STEPS or STEPS.index(state) < STEPS.index(here):
        labels = dict(STATES)
        raise Refused(_("The order is %(state)s already.") % {"state": str(labels[order.state]).lower()})
    if state == "prepared":
        prepare_order(principal, order)
        return
    if order.state in ("confirmed", "prepared", "part"):
        found = Carrier.objects.filter(name__iexact=carrier).first() if carrier else None
        ship_order(principal, order, parcel=Parcel(found.pk if found else None, tracking))
    if state == "delivered":
        deliver_order(principal, Order.objects.get(pk=order.pk))


def _rows() -> QuerySet[Order]:
    rows = Order.objects.exclude(number=None).select_related("company", "party")
    return rows.prefetch_related("lines", "shipments__carrier")


def _named(key: str) -> Order | None:
    """The order of a key: `moda / o 2026/31`."""
    company, _slash, number = key.partition(" / ")
    year, _slash, count = number.removeprefix("o ").partition("/")
    if not (year.isdigit() and count.isdigit()):
        return None
    return _rows().filter(company__code__iexact=company, year=int(year), number=int(count)).first()


def _key(row: Order) -> str:
    return f"{row.company.code} / {row.name}".casefold()


def _values(row: Order) -> dict[str, str]:
    last = max(row.shipments.all(), key=lambda one: one.shipped_at, default=None)
    lines = [f"{line.code or line.description} × {number_text(line.quantity)}" for line in row.lines.all()]
    return {
        "company": row.company.code,
        "number": row.name,
        "state": row.state,
        "carrier": last.carrier.name if last and last.carrier else "",
        "tracking": last.tracking if last else "",
        "customer": str(row.party),
        "confirmed": localtime(row.confirmed_at).date().isoformat() if row.confirmed_at else "",
        "reference": row.reference,
        "currency": row.currency,
        "net": number_text(row.net),
        "total": number_text(row.total),
        "lines": "; ".join(lines),
    }


def _only_company() -> str:
    codes = list(SellingCompany.objects.values_list("code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""


SUBJECT = _Orders()
