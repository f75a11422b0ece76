"""The columns that the list of quotes can show."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.amounts import money_words
from filo.foundation.lists.columns import Column, ColumnSet
from filo.foundation.web.templatetags.web import ago, short_day
from filo.operational.parties.addresses import party_url
from filo.operational.quotes.badges import state_badge, until_badge
from filo.operational.quotes.queries.listing import Row


def _name(row: Row) -> SafeString:
    address = reverse("quotes:quote", args=[row.quote.id])
    return format_html(
        '<a class="quote-line" href="{}"><b class="num">{}</b> {}</a>', address, row.quote.name, row.quote.title
    )


def _party(row: Row) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', party_url(row.quote.party_id), row.party) if row.party else ""


def _total(row: Row) -> str:
    return money_words(row.quote.total, row.quote.currency)


QUOTE_COLUMNS = ColumnSet.of(
    Column("name", gettext_lazy("Quote"), _name, sort="-created"),
    Column("party", gettext_lazy("Customer"), _party),
    Column("state", gettext_lazy("State"), lambda row: state_badge(row.quote)),
    Column("total", gettext_lazy("Total"), _total, sort="-total", style="end"),
    Column("valid", gettext_lazy("Valid until"), lambda row: until_badge(row.quote), sort="valid"),
    Column(
        "owner", pgettext_lazy("a quote", "Who has it"), lambda row: row.quote.owner.name if row.quote.owner else ""
    ),
    Column("views", gettext_lazy("Times opened"), lambda row: row.quote.views or "", style="end"),
    Column("company", gettext_lazy("Company"), lambda row: row.quote.company.name, style="muted"),
    Column("sent", pgettext_lazy("a quote", "Sent"), lambda row: short_day(row.quote.sent_at), style="muted"),
    Column(
        "created",
        pgettext_lazy("a quote", "Begun"),
        lambda row: ago(row.quote.created_at),
        sort="-created",
        style="muted",
    ),
    usual=("party", "state", "total", "valid", "owner", "sent"),
)
