"""The sentence after a write, with the way back beside it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.urls import reverse
from django.utils.http import urlencode

from filo.foundation.audit.operations import Operation
from filo.foundation.web.requests import StaffRequest


def messages_with_undo(
    request: StaffRequest, sentence: str, operation: Operation | UUID | None, back: str = ""
) -> None:
    """Say a sentence on the next page, with *Undo* for thirty seconds; `back` is where undoing leads.

    Nothing was written: no way back is offered.
    """
    messages.success(request, sentence, extra_tags=undo_address(operation, back))


def undo_address(operation: Operation | UUID | None, back: str = "") -> str:
    """Where a form takes an operation back; empty when there is nothing to take back."""
    if isinstance(operation, Operation):
        operation = operation.id if operation.written else None
    if operation is None:
        return ""
    address = reverse("history:undo", args=[operation])
    return f"{address}?{urlencode({'next': back})}" if back else address
