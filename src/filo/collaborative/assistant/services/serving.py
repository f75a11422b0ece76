"""A colleague serves a customer from the shop: shows him a list, keeps what he wants, puts something into his cart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from filo.collaborative.assistant.queries.shelving import NATURAL
from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.services import show_page
from filo.collaborative.inbox.services.live import require_answering
from filo.collaborative.shop.services import put_in_cart
from filo.collaborative.shop.wish import Wish
from filo.collaborative.visitors.models import Visitor
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.push.services import publish
from filo.operational.catalogue.queries.showing import catalogue_by_link
from filo.operational.profile.services.learning import learn

SURE = 0.9


def choose_for(principal: Principal, chat: Chat, asked: Mapping[str, Any]) -> None:
    """do: *show* a list, or *put* a variant into his cart; nothing else is looked up. Raises `Forbidden`,
    `InvalidFields`, and what the shop refuses.
    """
    require_answering(principal, chat.conversation)
    if asked.get("do") == "show":
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


def _put(chat: Chat, asked: Mapping[str, Any]) -> None:
    rows = Visitor.objects.select_related("party")
    visitor = rows.filter(pk=chat.visitor_id).first() if chat.visitor_id else None
    try:
        variant = UUID(str(asked.get("variant", "")))
    except ValueError:
        raise InvalidFields({"variant": _("Choose what is to be put into the cart.")}) from None
    if visitor is None:
        raise InvalidFields({"variant": _("The customer is not on our pages any more.")})
    put_in_cart(visitor, variant, 1, link=str(asked.get("catalogue", ""))[:300])
    publish(f"visit:{visitor.pk}", "cart")
