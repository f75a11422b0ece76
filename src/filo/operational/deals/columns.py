"""The columns that the list of deals can show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.amounts import round_money_words
from filo.foundation.lists.columns import Column, ColumnSet
from filo.foundation.web.templatetags.web import ago, due, short_day
from filo.operational.deals.queries.listing import Row
from filo.operational.deals.words import state_badge, warnings_of
from filo.operational.parties.addresses import party_url


def _title(row: Row) -> SafeString:
    address = reverse("deals:deal", args=[row.deal.id])
    return format_html('<a class="deal-line" href="{}"><b>{}</b></a> {}', address, row.deal.title, _warned(row))


def _warned(row: Row) -> SafeString:
    return warnings_of(row.deal)


def _party(row: Row) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', party_url(row.deal.party_id), row.party) if row.party else ""


def _step(row: Row) -> SafeString | str:
    deal = row.deal
    if not deal.is_open or not deal.next_step:
        return ""
    return format_html('{} <span class="muted">{}</span>', deal.next_step, due(deal.next_on) if deal.next_on else "")


def _named(name: str) -> Callable[[Row], Any]:
    return lambda row: str(getattr(row.deal, name) or "")


DEAL_COLUMNS = ColumnSet.of(
    Column("title", gettext_lazy("Deal"), _title, sort="title"),
    Column("party", gettext_lazy("Customer"), _party),
    Column("stage", gettext_lazy("Stage"), lambda row: state_badge(row.deal)),
    Column(
        "amount",
        gettext_lazy("Amount"),
        lambda row: round_money_words(row.deal.amount, row.deal.currency),
        sort="-amount",
        style="end",
    ),
    Column("chance", gettext_lazy("Probability"), lambda row: f"{row.deal.chance} %", style="end"),
    Column(
        "weighted",
        gettext_lazy("Weighted"),
        lambda row: round_money_words(row.deal.weighted, row.deal.currency),
        style="end",
    ),
    Column("close", gettext_lazy("Expected close"), lambda row: short_day(row.deal.close_date), sort="close"),
    Column("next", gettext_lazy("Next step"), _step, sort="next"),
    Column("owner", pgettext_lazy("a deal", "Who has it"), lambda row: row.deal.owner.name if row.deal.owner else ""),
    Column("score", gettext_lazy("Points"), lambda row: row.deal.score, sort="-score", style="end"),
    Column("pipeline", gettext_lazy("Pipeline"), _named("pipeline"), style="muted"),
    Column("company", gettext_lazy("Company"), _named("company"), style="muted"),
    Column("area", gettext_lazy("Area"), _named("area"), style="muted"),
    Column("line", gettext_lazy("Product line"), _named("product_line"), style="muted"),
    Column("source", gettext_lazy("Source"), _named("source"), style="muted"),
    Column("since", gettext_lazy("In this stage since"), lambda row: ago(row.deal.stage_since), style="muted"),
    Column(
        "opened",
        pgettext_lazy("a moment", "Opened"),
        lambda row: ago(row.deal.created_at),
        sort="-opened",
        style="muted",
    ),
    Column("closed", gettext_lazy("Won or lost on"), lambda row: short_day(row.deal.closed_on), style="muted"),
    usual=("party", "stage", "amount", "close", "next", "owner", "score"),
)
