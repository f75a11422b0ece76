"""Back offices at the API: what they send by themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from filo.collaborative.connectors.api.shapes import RowsBody, RunShown
from filo.collaborative.connectors.models import Connection, Exchange
from filo.collaborative.connectors.services.syncing import take_rows
from filo.foundation.errors import NotFound
from filo.foundation.rest.requests import ApiRequest, require

router = Router(tags=["back-offices"])


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
