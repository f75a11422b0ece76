"""What a colleague can show from the shop, and what he knows of whom he speaks to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _

from filo.collaborative.assistant.models import Assisted
from filo.collaborative.assistant.queries.known import Known, known_of
from filo.collaborative.chat.models import Chat
from filo.collaborative.inbox.models import Message
from filo.collaborative.knowledge.questions.mood import sentiment
from filo.collaborative.shop.queries.carts import PricedBasket, cart_of, priced_basket
from filo.collaborative.shop.queries.finding import offers_found
from filo.collaborative.shop.queries.shelves import Shelf, open_catalogues, shelf_of, the_shop
from filo.collaborative.shop.wish import Wish
from filo.collaborative.visitors.models import Visitor
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Catalogue, Product
from filo.operational.catalogue.queries.showing import published_on, token_of
from filo.operational.orders.models import Order
from filo.operational.parties.models import Party

SHOWN, ORDERS, DAYS = 6, 3, 365
NATURAL = ("fibre", "naturali")


@dataclass(frozen=True)
class Glance:
    """A customer at a glance. value: what he ordered within a year, with VAT; mood: how he sounds."""

    known: Known
    proposed: list[tuple[Product, list[str]]]
    orders: list[Order]
    value: Decimal
    unhappy: bool
    opening: str


def glance_at(principal: Principal, chat: Chat) -> Glance:
    """What the mail, the answer, the assistant and the orders say, and a first sentence made of it."""
    visitor = _visitor(chat)
    known = known_of(visitor)
    told = Assisted.objects.filter(visitor=visitor).first() if visitor else None
    reasons = dict(told.proposed) if told else {}
    products = {str(one.pk): one for one in Product.objects.filter(pk__in=list(reasons))}
    party = chat.conversation.party
    orders = _orders(principal, party)
    since = clock.now().replace(microsecond=0)
    bought = Order.objects.visible_to(principal).filter(party=party).exclude(state__in=("draft", "cancelled"))
    value = (
        bought.filter(confirmed_at__year__gte=since.year - 1).aggregate(total=Sum("total"))["total"] if party else None
    )
    proposed = [(products[one], list(why)) for one, why in reasons.items() if one in products]
    return Glance(known, proposed, orders, value or ZERO, _unhappy(chat), opening_of(chat, known, bool(proposed)))


def opening_of(chat: Chat, known: Known, proposed: bool) -> str:
    """A first sentence that says what is known, so that nothing is asked twice, in the customer's language."""
    with translation.override(chat.language):
        return _opening(chat, known, proposed)


def _opening(chat: Chat, known: Known, proposed: bool) -> str:
    party = chat.conversation.party
    parts = [_("%(name)s, good day.") % {"name": party.salutation} if party and party.salutation else _("Good day.")]
    mail = Message.objects.filter(conversation=chat.conversation_id, channel="mail", direction="in").first()
    if mail is not None:
        parts.append(_("I see that you wrote to us about “%(subject)s”.") % {"subject": mail.subject or known.topic})
    answer = Message.objects.filter(conversation=chat.conversation_id, kind="automatic", direction="out").first()
    if answer is not None:
        parts.append(_("You had our answer by mail."))
    if proposed:
        parts.append(_("The assistant showed you what we have this month."))
    parts.append(_("May I show you something that is not on line yet?") if proposed else _("How can I help you?"))
    return " ".join(parts)


def counter_of(chat: Chat, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Catalogues (also those that only a link opens), products by words, and his cart."""
    shop = the_shop()
    visitor = _visitor(chat)
    if shop is None or visitor is None:
        return {"chat": chat, "catalogues": [], "found": [], "basket": None}
    shelf = shelf_of(shop, visitor, str(asked.get("catalogue", "")))
    text, natural = str(asked.get("q", ""))[:120], asked.get("natural") == "yes"
    wish = Wish(text=text, catalogue=shelf.link, attributes=(NATURAL,) if natural else ())
    rows = offers_found(shelf, wish).rows.select_related("product", "variant").prefetch_related("product__texts")
    return {
        "chat": chat,
        "catalogues": [_choice(one, shelf) for one in _catalogues(shop.company_id)],
        "asked": {"q": text, "natural": natural, "catalogue": shelf.link},
        "wish": wish,
        "found": list(rows.order_by("-since", "product")[:SHOWN]) if text or shelf.link or natural else [],
        "basket": priced_basket(shop, visitor, chat.language, cart_of(visitor)),
    }


def basket_in(chat: Chat) -> PricedBasket | None:
    """What lies in the cart of whoever chats."""
    shop, visitor = the_shop(), _visitor(chat)
    return priced_basket(shop, visitor, chat.language, cart_of(visitor)) if shop and visitor else None


def _visitor(chat: Chat) -> Visitor | None:
    if chat.visitor_id is None:
        return None
    return Visitor.objects.select_related("party").filter(pk=chat.visitor_id).first()


def _catalogues(company_id: Any) -> list[Catalogue]:
    rows = published_on(clock.today())
    return [one for one in rows.order_by("name") if one.company_id in (None, company_id)]


def _choice(catalogue: Catalogue, shelf: Shelf) -> tuple[Catalogue, str, bool]:
    """A catalogue, what stands in the address of its list, and whether it is the one that is looked into: its code
    where it is open to him, else its signed link, which is written differently each time.
    """
    reach = catalogue.code if catalogue in open_catalogues(shelf) else token_of(catalogue)
    return catalogue, reach, catalogue == shelf.catalogue


def _orders(principal: Principal, party: Party | None) -> list[Order]:
    if party is None:
        return []
    rows = Order.objects.visible_to(principal).for_list().filter(party=party)
    return list(rows.exclude(state="draft").order_by("-confirmed_at")[:ORDERS])


def _unhappy(chat: Chat) -> bool:
    said = Message.objects.filter(conversation=chat.conversation_id, direction="in", kind="message").order_by("-at")[:3]
    text = " ".join(one.reply_text for one in said)
    return bool(text) and sentiment(text) == "unhappy"
