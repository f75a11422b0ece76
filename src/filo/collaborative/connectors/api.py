"""Back offices at the API: what they send by themselves, and how old it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from filo.collaborative.connectors.models import Connection, Exchange
from filo.collaborative.connectors.services.syncing import take_rows
from filo.foundation.errors import NotFound
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape

router = Router(tags=["back-offices"])


class RowsBody(Body):
    """Rows under the back office's own column names."""

    subject: Literal["items", "prices", "discounts", "stock", "orders", "invoices"]
    items: list[dict[str, Any]] = Field(max_length=500)


class RunShown(Shape):
    """What became of the rows: in = created + updated + unchanged + rejected."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflicts: int
    as_of: datetime | None


@router.post("/back-offices/{connection_id}/rows", response=RunShown, summary="Send rows of a back office")
def send_rows(request: ApiRequest, connection_id: UUID, body: RowsBody) -> dict[str, Any]:
    """Items, prices, stock or orders as the back office has them now; the same rows again change nothing."""
    require(request, "settings", "edit")
    connection = Connection.objects.visible_to(request.principal).filter(pk=connection_id, active=True).first()
    found = (
        Exchange.objects.filter(connection=connection, subject=body.subject, active=True)
        .select_related("connection")
        .first()
    )
    if connection is None or found is None:
        raise NotFound
    rows = [{name: "" if value is None else str(value) for name, value in one.items()} for one in body.items]
    run = take_rows(request.principal, found, rows, source="API")
    counted = ("created", "updated", "unchanged", "rejected", "conflicts")
    return {name: getattr(run, name) for name in counted} | {"rows": run.rows_in, "as_of": found.as_of}
