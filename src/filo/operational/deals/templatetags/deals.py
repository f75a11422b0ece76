"""Rows of the list of deals, badges, sums and spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.amounts import round_money_words, short_money_words
from filo.foundation.lists.columns import Column
from filo.foundation.lists.rows import RowStyle, list_rows
from filo.operational.deals.cards import cards_of
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.listing import Row
from filo.operational.deals.words import span_words, state_badge, warnings_of

register = template.Library()


@register.simple_tag
def deal_rows(rows: Iterable[Row], columns: Sequence[Column], chooses: object = None) -> SafeString:
    """The rows of a table of deals."""
    return list_rows(rows, columns, _CHOSEN if chooses else _ROWS)


_ROWS = RowStyle(lambda row: row.deal.id)
_CHOSEN = replace(_ROWS, choose=lambda row: _("Choose %(name)s") % {"name": row.deal.title})


@register.simple_tag
def deal_cards(rows: Iterable[Row], may_edit: object) -> SafeString:
    """The cards of a column of the board."""
    return cards_of(rows, may_edit=bool(may_edit))


@register.filter
def stage_of(deal: Deal) -> SafeString:
    """The stage as a badge."""
    return state_badge(deal)


@register.filter
def warned(deal: Deal) -> SafeString:
    """What is to be seen to."""
    return warnings_of(deal)


@register.filter
def money(amount: Decimal | None, currency: str = "EUR") -> str:
    """1.250,50 €."""
    return round_money_words(amount, currency)


@register.filter
def money_short(amount: Decimal, currency: str = "EUR") -> str:
    """12 k €."""
    return short_money_words(amount, currency)


@register.filter
def since_words(deal: Deal) -> str:
    """How long it has been in its stage."""
    return span_words(clock.now() - deal.stage_since)


@register.filter
def days_words(span: timedelta) -> str:
    """So many days."""
    return span_words(span)
