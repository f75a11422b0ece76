"""What can be taken out of deals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.web.chunks import ListInChunks
from filo.operational.deals.filters import DEAL_FILTERS
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.listing import SORTS, Row, deals_found
from filo.operational.parties.queries.naming import names_of


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of deals."""
    return ListInChunks(deals_found(principal, asked.tree, asked.words), SORTS, asked.sort or "-opened")


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[Row]:
    seen: QuerySet[Deal] = Deal.objects.visible_to(principal).for_list()
    found = seen.select_related("area", "channel", "product_line", "loss_reason").in_bulk(list(ids))
    names = names_of(principal, {deal.party_id for deal in found.values()})
    return [Row(found[key], names.get(found[key].party_id, "")) for key in ids if key in found]


def _fact(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.deal, name)


def _named(name: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(row.deal, name) or "")


def _owner(row: Row) -> str:
    return row.deal.owner.email if row.deal.owner else ""


def _columns(_principal: Principal) -> Sequence[ExportColumn]:
    opened = pgettext_lazy("a moment", "Opened")
    return [
        ExportColumn("title", gettext_lazy("Deal"), each(_fact("title"))),
        ExportColumn("party", gettext_lazy("Customer"), each(lambda row: row.party)),
        ExportColumn("pipeline", gettext_lazy("Pipeline"), each(_named("pipeline"))),
        ExportColumn("stage", gettext_lazy("Stage"), each(_named("stage"))),
        ExportColumn("state", gettext_lazy("State"), each(lambda row: row.deal.get_state_display())),
        ExportColumn("amount", gettext_lazy("Amount"), each(_fact("amount")), "number"),
        ExportColumn("currency", gettext_lazy("Currency"), each(_fact("currency"))),
        ExportColumn("chance", gettext_lazy("Probability"), each(_fact("chance")), "number"),
        ExportColumn("weighted", gettext_lazy("Weighted"), each(_fact("weighted")), "number"),
        ExportColumn("close_date", gettext_lazy("Expected close"), each(_fact("close_date")), "day"),
        ExportColumn("closed_on", gettext_lazy("Won or lost on"), each(_fact("closed_on")), "day"),
        ExportColumn("owner", pgettext_lazy("a deal", "Who has it"), each(_owner)),
        ExportColumn("company", gettext_lazy("Company"), each(_named("company"))),
        ExportColumn("area", gettext_lazy("Area"), each(_named("area"))),
        ExportColumn("channel", gettext_lazy("Channel"), each(_named("channel"))),
        ExportColumn("product_line", gettext_lazy("Product line"), each(_named("product_line"))),
        ExportColumn("source", gettext_lazy("Source"), each(_fact("source"))),
        ExportColumn("next_step", gettext_lazy("Next step"), each(_fact("next_step"))),
        ExportColumn("next_on", gettext_lazy("On which day"), each(_fact("next_on")), "day"),
        ExportColumn("score", gettext_lazy("Points"), each(_fact("score")), "number"),
        ExportColumn("loss_reason", gettext_lazy("Lost because"), each(_named("loss_reason"))),
        ExportColumn("created_at", opened, each(_fact("created_at")), "moment"),
    ]


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    return [_document(row) for row in _rows(principal, ids, ())]


def _document(row: Row) -> dict[str, Any]:
    deal = row.deal
    plain = (
        *("id", "title", "state", "currency", "chance", "close_date", "closed_on", "source", "next_step", "next_on"),
        *("score", "loss_note", "referral_code", "description", "created_at", "closed_at"),
    )
    return {name: getattr(deal, name) for name in plain} | {
        "amount": str(deal.amount),
        "party": {"id": deal.party_id, "display_name": row.party} if row.party else None,
        "pipeline": deal.pipeline.code,
        "stage": deal.stage.code,
        "owner": _owner(row) or None,
        "loss_reason": deal.loss_reason.name if deal.loss_reason else None,
    }


declare(
    Exportable(
        code="deals",
        label=gettext_lazy("Deals"),
        stem=gettext_lazy("deals"),
        rights=(("party", "export"), ("deal", "view")),
        filters=DEAL_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
