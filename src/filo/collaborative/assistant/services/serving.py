"""A colleague serves a customer from the shop: shows him a list, keeps what he wants, puts something into his cart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from filo.collaborative.assistant.queries.shelving import NATURAL
from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.services import show_page
from filo.collaborative.inbox.services.live import require_answering
from filo.collaborative.shop.queries.product import product_on
from filo.collaborative.shop.queries.shelves import shelf_of, the_shop
from filo.collaborative.shop.services import put_in_cart
from filo.collaborative.shop.wish import Wish
from filo.collaborative.visitors.models import Visitor
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.queries.showing import catalogue_by_link
from filo.operational.profile.services.learning import learn

SURE = 0.9


def choose_for(principal: Principal, chat: Chat, asked: Mapping[str, Any]) -> None:
    """product: show the one with this code. do: *show* a list, or *put* a variant into his cart; nothing else is looked
    up. Raises `Forbidden`, `InvalidFields`, and what the shop refuses.
    """
    require_answering(principal, chat.conversation)
    if asked.get("product"):
        _show_product(principal, chat, asked)
    elif asked.get("do") == "show":
        _show(principal, chat, asked)
    elif asked.get("do") == "put":
        _put(chat, asked)


def _show(principal: Principal, chat: Chat, asked: Mapping[str, Any]) -> None:
    natural = asked.get("natural") == "yes"
    link = str(asked.get("catalogue", ""))[:300]
    wish = Wish(text=str(asked.get("q", ""))[:120], catalogue=link, attributes=(NATURAL,) if natural else ())
    found = catalogue_by_link(link) if link else None
    title = found.name if found else str(_("From our shop"))
    if natural:
        title = _("%(list)s: natural fibres") % {"list": title}
    show_page(principal, chat, f"{reverse('shop:find')}?{wish.query}" if wish.query else reverse("shop:find"), title)
    party = chat.conversation.party
    if natural and party is not None and chat.conversation.proved:
        about = ("conversation", chat.conversation_id)
        for kind, value in (("fibres-wanted", "natural"), ("fibres-avoided", "synthetic")):
            learn(principal, party, kind, value, source="chat", confidence=SURE, about=about)


def _show_product(principal: Principal, chat: Chat, asked: Mapping[str, Any]) -> None:
    """A product of the list that is looked into: what the customer could not open is not shown."""
    shop, visitor, link = the_shop(), _visitor(chat), str(asked.get("catalogue", ""))[:300]
    shelf = shelf_of(shop, visitor, link) if shop else None
    found = product_on(shelf, str(asked["product"])[:60]) if shelf and not shelf.gone else None
    if found is None:
        raise InvalidFields({"product": _("This product cannot be shown any more: look again.")})
    address = reverse("shop:product", args=[found.code])
    show_page(principal, chat, f"{address}?{urlencode({'c': link})}" if link else address, found.name_in(chat.language))


def _visitor(chat: Chat) -> Visitor | None:
    rows = Visitor.objects.select_related("party")
    return rows.filter(pk=chat.visitor_id).first() if chat.visitor_id else None


def _put(chat: Chat, asked: Mapping[str, Any]) -> None:
    visitor = _visitor(chat)
    try:
        variant = UUID(str(asked.get("variant", "")))
    except ValueError:
        raise InvalidFields({"variant": _("Choose what is to be put into the cart.")}) from None
    if visitor is None:
        raise InvalidFields({"variant": _("The customer is not on our pages any more.")})
    put_in_cart(visitor, variant, 1, link=str(asked.get("catalogue", ""))[:300])
