"""What mails about orders say, in the customer's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation.amounts import money_words, number_words
from filo.foundation.italy.salutation import addressee, guess_gender
from filo.foundation.web.templatetags.web import full_day
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.queries.paper import unit_words
from filo.operational.orders.queries.tracking import Tracked, track_link, tracked
from filo.operational.parties.models import Party

MOST_LINES = 30


def subject_of(order: Order) -> str:
    """The same for all mails about an order, so that they stay together."""
    with translation.override(order.language):
        return _("Your order %(name)s") % {"name": order.name}


def confirmation(order: Order, lines: Iterable[OrderLine]) -> str:
    """It is accepted: what, for how much, and by when it shall be there."""
    with translation.override(order.language):
        said = [
            _greeting(order.party, order.language),
            _("thank you: we have received your order %(name)s, for %(total)s.")
            % {"name": order.name, "total": money_words(order.total, order.currency)},
            "\n".join(_line(line) for line in list(lines)[:MOST_LINES]),
            _by_when(tracked(order)),
            _ways_on(order),
        ]
        return _written(order, said)


def shipment_letter(order: Order, shipment: Shipment) -> str:
    """Goods have left, with whom, and by when they shall be there."""
    with translation.override(order.language):
        said = [
            _greeting(order.party, order.language),
            _("goods of your order %(name)s have left.") % {"name": order.name},
            _parcel(shipment),
            _("We expect to deliver by %(day)s.") % {"day": full_day(shipment.expected)} if shipment.expected else "",
            _ways_on(order),
        ]
        return _written(order, said)


def delivery(order: Order) -> str:
    """Everything has arrived."""
    with translation.override(order.language):
        said = [
            _greeting(order.party, order.language),
            _("your order %(name)s has been delivered. Is anything wrong with it? Answer this mail.")
            % {"name": order.name},
        ]
        return _written(order, said)


def standing(order: Order) -> str:
    """How it stands now: the last step with its day, parcels, and by when the rest shall be there."""
    told = tracked(order)
    reached = [step for step in told.steps if step.at]
    with translation.override(order.language):
        if order.state in ("draft", "cancelled") or not reached:
            now = _("Your order %(name)s: %(state)s.") % {"name": order.name, "state": order.get_state_display()}
        else:
            now = _("Your order %(name)s: %(state)s since %(day)s.") % {
                "name": order.name,
                "state": order.get_state_display(),
                "day": full_day(reached[-1].at),
            }
        parcels = "\n".join(filter(None, (_parcel(one) for one in told.shipments if one.delivered_at is None)))
        waits = _("Some goods are not in stock yet: we ship them as soon as they come in.") if order.waits else ""
        said = [_greeting(order.party, order.language), now, parcels, _by_when(told), waits, _ways_on(order)]
        return _written(order, said)


def _greeting(party: Party, language: str) -> str:
    name = addressee(
        kind=party.kind,
        language=language,
        title=party.title,
        gender=party.gender or guess_gender(party.given_name) or "",
        given_name=party.given_name,
        family_name=party.family_name,
        legal_name=party.legal_name or party.display_name,
    )
    return f"{name}," if name else _("Dear customer,")


def _line(line: OrderLine) -> str:
    if not line.unit and line.quantity == 1:  # a delivery, a gift wrapping
        return f"- {line.description}"
    return f"- {number_words(line.quantity)} {unit_words(line.unit)} {line.description}"


def _by_when(told: Tracked) -> str:
    if told.expected is None or told.order.state not in ("confirmed", "prepared", "part", "shipped"):
        return ""
    return _("We expect to deliver by %(day)s.") % {"day": full_day(told.expected)}


def _parcel(shipment: Shipment) -> str:
    if shipment.carrier is None:
        return ""
    link = shipment.carrier.link(shipment.tracking) if shipment.tracking else ""
    told = _("With %(carrier)s: %(number)s") % {"carrier": shipment.carrier.name, "number": shipment.tracking or "–"}
    return f"{told}\n{link}" if link else told


def _ways_on(order: Order) -> str:
    told = _("How it stands you see here, or ask by answering this mail:")
    return f"{told}\n{track_link(order)}"


def _written(order: Order, said: Iterable[str]) -> str:
    return "\n\n".join([part for part in said if part] + [order.company.legal_name or order.company.name])
