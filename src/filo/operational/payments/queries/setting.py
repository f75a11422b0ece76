"""What is set up about payments, one by one."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.errors import NotFound
from filo.operational.payments.models import ProviderAccount, ReminderStep


def seen_account(account_id: UUID) -> ProviderAccount:
    """How a company takes money. Raises `NotFound`."""
    found = ProviderAccount.objects.select_related("company").filter(pk=account_id).first()
    if found is None:
        raise NotFound
    return found


def seen_step(step_id: UUID) -> ReminderStep:
    """A step of reminding. Raises `NotFound`."""
    found = ReminderStep.objects.filter(pk=step_id).first()
    if found is None:
        raise NotFound
    return found
