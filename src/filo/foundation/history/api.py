"""Taking an operation back, at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from filo.foundation.audit.undoing import Undone
from filo.foundation.history.services import take_back
from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest
from filo.foundation.rest.schemas import Shape

router = Router(tags=["history"])


class UndoneShape(Shape):
    """What became of it. `operation` is the one that took it back, null while a job does it."""

    operation: UUID | None
    taken: int = Field(description="How many changes were taken back.")
    left: int = Field(description="How many were left.")
    detail: str = Field(description="The same in a sentence, with why changes were left.")
    job: UUID | None = Field(description="The job that does it, for an operation of more than 200 rows.")


@router.post(
    "/operations/{uuid:operation_id}/undo",
    response={200: UndoneShape, 202: UndoneShape},
    summary="Take an operation back",
)
def undo_an_operation(request: ApiRequest, operation_id: UUID) -> HttpResponse:
    """Every change of it that is still as it was left, with the caller's own rights; twice does nothing more."""
    done = take_back(request.principal, operation_id)
    if isinstance(done, Undone):
        return answer(_shape(done.sentence, operation=done.operation, taken=done.taken, left=done.number_left))
    return answer(_shape("", job=done.id), status=202)


def _shape(detail: str, **known: Any) -> dict[str, Any]:
    return {"operation": None, "taken": 0, "left": 0, "job": None, "detail": detail, **known}
