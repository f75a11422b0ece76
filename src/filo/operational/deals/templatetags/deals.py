"""Rows of the list of deals, badges, sums and spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.lists.columns import Column
from filo.operational.deals.cards import cards_of
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.listing import Row
from filo.operational.deals.words import money_words, short_money, span_words, state_badge, warnings_of

register = template.Library()
_ROW = '<tr data-peek="{}" data-id="{}">{}<td data-wrap>{}</td>{}</tr>'
_CELL = '<td class="{}" data-label="{}">{}</td>'
_BOX = '<td class="box"><input type="checkbox" form="chosen" name="chosen" value="{}" aria-label="{}"></td>'


@register.simple_tag
def deal_rows(rows: Iterable[Row], columns: Sequence[Column], chooses: object = None) -> SafeString:
    """The rows of a table of deals; written here because fifty rows of a template take long."""
    labels = [(column, str(column.label)) for column in columns[1:]]
    return format_html_join(
        "",
        _ROW,
        (
            (
                reverse("deals:peek", args=[row.deal.id]),
                row.deal.id,
                format_html(_BOX, row.deal.id, _("Choose %(name)s") % {"name": row.deal.title}) if chooses else "",
                columns[0].cell(row),
                format_html_join("", _CELL, ((column.style, label, column.cell(row)) for column, label in labels)),
            )
            for row in rows
        ),
    )


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
    return money_words(amount, currency)


@register.filter
def money_short(amount: Decimal, currency: str = "EUR") -> str:
    """12 k €."""
    return short_money(amount, currency)


@register.filter
def since_words(deal: Deal) -> str:
    """How long it has been in its stage."""
    return span_words(clock.now() - deal.stage_since)


@register.filter
def days_words(span: timedelta) -> str:
    """So many days."""
    return span_words(span)
