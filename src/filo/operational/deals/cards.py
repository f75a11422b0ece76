"""The cards of a board; written here because hundreds of cards of a template take long."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filo.foundation.amounts import round_money_words
from filo.foundation.web.templatetags.web import due, icon, short_day
from filo.operational.deals.queries.listing import Row
from filo.operational.deals.words import warnings_of

NOTHING = ""
_CARD = (
    '<li class="deal-card" id="deal-{0}" data-deal="{0}"{1}><a href="{2}" class="deal-card-title">{3}</a>{4}'
    '<p class="deal-card-line"><b class="num">{5}</b>{6}{7}</p>{8}{9}{10}</li>'
)


def cards_of(rows: Iterable[Row], *, may_edit: bool) -> SafeString:
    """A card for each deal, which can be dragged by whoever may move deals."""
    return format_html_join("", "{}", ((_card(row, may_edit=may_edit),) for row in rows))


def _card(row: Row, *, may_edit: bool) -> SafeString:
    deal, address = row.deal, reverse("deals:deal", args=[row.deal.pk])
    move = format_html(' draggable="true" data-move="{}/move"', address) if may_edit else NOTHING
    warned = warnings_of(deal)
    return format_html(
        _CARD,
        deal.pk,
        move,
        address,
        deal.title,
        format_html('<p class="muted small">{}</p>', row.party) if row.party else NOTHING,
        round_money_words(deal.amount, deal.currency),
        _day(row),
        format_html('<span class="badge push" title="{}">{}</span>', _("Points"), deal.score)
        if deal.score
        else NOTHING,
        _step(row),
        format_html("<p>{}</p>", warned) if warned else NOTHING,
        format_html('<p class="muted small">{}</p>', deal.owner.name) if deal.owner else NOTHING,
    )


def _day(row: Row) -> SafeString | str:
    if row.deal.close_date is None:
        return NOTHING
    return format_html('<span class="muted small">{}{}</span>', icon("calendar"), short_day(row.deal.close_date))


def _step(row: Row) -> SafeString | str:
    deal = row.deal
    if not deal.next_step or deal.lacks_step:
        return NOTHING
    words = '<p class="small deal-card-next">{}{} <span class="muted">{}</span></p>'
    return format_html(words, icon("arrow-right"), deal.next_step, due(deal.next_on))
