"""Customers are reminded of what they should have paid: by steps, by mail, each step once; not what they dispute."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.mail.services import queue_mail
from filo.operational.parties.services.timeline import page_changed, tell
from filo.operational.payments.events import DueOverdue, DueReminded
from filo.operational.payments.models import Due, Reminder
from filo.operational.payments.policies import DUE_EDITED
from filo.operational.payments.queries.reminding import Letter, letter_for
from filo.operational.payments.services.changing import about_due, locked_dues


def send_reminders(principal: Principal, ids: Collection[UUID]) -> int:
    """Remind of these dues, each of the step that is next for it today; gives how many mails were stored.

    What is not to be reminded (any more) is left out. Raises `Forbidden`.
    """
    principal.require("payment", "edit")
    sent = 0
    for due in Due.objects.visible_to(principal).for_list().filter(pk__in=ids).order_by("pk"):
        if DUE_EDITED.allows(principal, due):
            sent += _remind(principal, due)
    return sent


def _remind(principal: Principal, due: Due) -> bool:
    with transaction.atomic():
        locked = locked_dues([due.pk])[due.pk]
        locked.company = due.company
        letter = letter_for(locked)
        if letter is None or not letter.to:
            return False
        made = Reminder(
            due=locked,
            after_days=letter.step.after_days,
            to=letter.to,
            subject=letter.subject,
            user_id=principal.user_id,
            at=clock.now(),
        )
        Reminder.objects.bulk_create([made], ignore_conflicts=True)
        if not Reminder.objects.filter(pk=made.pk).exists():
            return False
        _send(principal, locked, letter)
    return True


def _send(principal: Principal, due: Due, letter: Letter) -> None:
    step = letter.step.after_days
    queue_mail(to=letter.to, subject=letter.subject, text=letter.text, key=f"reminder:{due.pk}:{step}")
    record(principal, "due.remind", kind="due", object_id=due.pk, changes={"step": (None, step)})
    announce(principal, DueReminded(**about_due(due), step=step))
    tell(
        principal,
        due.party,
        at=clock.now(),
        kind="due.reminded",
        object="payment",
        summary=letter.subject[:300],
        reference_kind="due",
        reference_id=due.pk,
        owner_id=due.owner_id,
        unit_id=due.unit_id,
        company_id=due.company_id,
    )
    page_changed(principal, [due.party_id], "payments")
    page_changed(principal, [due.party_id], "timeline")


def tell_overdue(principal: Principal) -> int:
    """Announce once what should have been paid by yesterday; gives how many."""
    rows = Due.objects.unpaid().filter(due_on__lt=clock.today(), told_overdue_at=None, disputed_at=None)
    told = 0
    for pk in list(rows.order_by("due_on").values_list("pk", flat=True)[:1000]):
        with transaction.atomic():
            due = locked_dues([pk])[pk]
            if due.told_overdue_at is None and due.days_late:
                due.told_overdue_at = clock.now()
                due.save()
                announce(principal, DueOverdue(**about_due(due)))
                told += 1
    return told
