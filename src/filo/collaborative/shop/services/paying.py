"""How an order of the shop is paid: what is owed of it, the provider's page for a card, our page for the rest."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from filo.collaborative.shop.queries.buying import CARD, dues_of, open_due_of, payments_of
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.operational.orders.models import Order
from filo.operational.orders.queries.tracking import track_token
from filo.operational.payments.models import Due
from filo.operational.payments.services.dues import open_due
from filo.operational.payments.services.providing import begin_payment

DAYS_TO_PAY = 7  # how long goods are kept for a transfer


def thanks_address(order: Order, more: str = "") -> str:
    """The page that thanks and says how to pay; signed, for whoever has it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('shop:thanks', args=[track_token(order)])}{more}"


def owe_order(principal: Principal, order: Order, *, by_card: bool) -> Due | None:
    """What is to be paid is a due of the order, opened once; nothing is owed of what costs nothing."""
    if order.total <= 0:
        return None
    today = clock.today()
    return open_due(
        principal,
        party=order.party,
        company=order.company,
        document=_("Order %(number)s") % {"number": order.name},
        document_on=today,
        due_on=today if by_card else today + timedelta(days=DAYS_TO_PAY),
        amount=order.total,
        kind="order",
        source_id=order.pk,
        currency=order.currency,
        owner_id=order.owner_id,
        unit_id=order.unit_id,
    )


def pay_address(order: Order, due: Due | None, pay: str, language: str) -> str:
    """Where a buyer goes on who pays in this way. Must not be called within a transaction: it calls outside."""
    return thanks_address(order) if due is None or pay != CARD else _card_address(order, due, language)


def pay_again(order: Order, language: str) -> str:
    """He tries once more to pay by card, or does so after all; gives where he goes on. Not within a transaction."""
    due = open_due_of(order, dues_of(order))
    return _card_address(order, due, language) if due else thanks_address(order)


def _card_address(order: Order, due: Due, language: str) -> str:
    """The provider's page for what is open; where he does not answer, ours, on which it can be tried again."""
    row = payments_of(order.company_id).get(CARD)
    if row is None:
        return thanks_address(order)
    back, given_up = thanks_address(order, "?back=paid"), thanks_address(order, "?back=not")
    try:
        return begin_payment(due, row, return_url=back, cancel_url=given_up, language=language).redirect
    except DomainError:
        return given_up
