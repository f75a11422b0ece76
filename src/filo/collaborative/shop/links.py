"""Addresses that lead into the shop from mails, chats and colleagues: one click to the right product or list."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from filo.collaborative.shop.wish import Wish
from filo.collaborative.visitors.models import PersonalLink
from filo.operational.catalogue.models import Product


def product_address(product: Product) -> str:
    """The page of a product."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('shop:product', args=[product.code])}"


def list_address(wish: Wish) -> str:
    """A list as it is narrowed."""
    query = wish.query
    return f"{settings.SITE_URL.rstrip('/')}{reverse('shop:find')}{f'?{query}' if query else ''}"


def address_of_shop_link(link: PersonalLink) -> str:
    """Where a personal link of the shop leads: `product` (a code) or `query` (a list) in its context, else home."""
    if code := str(link.context.get("product") or ""):
        return reverse("shop:product", args=[code[:60]])
    if query := str(link.context.get("query") or ""):
        return f"{reverse('shop:find')}?{query[:1000]}"
    return reverse("shop:home")
