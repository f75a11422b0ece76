"""Something is owed, is taken off by a credit note, is disputed. Invoices and orders call this; people too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.ids import uuid7
from filo.foundation.money import CURRENCIES, cents
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.timeline import page_changed
from filo.operational.payments.events import DueDisputed, DueOpened
from filo.operational.payments.models import KINDS, Due
from filo.operational.payments.policies import DUE_EDITED, require_company
from filo.operational.payments.services.changing import about_due, keep, locked_dues, settle

MOST = Decimal(10) ** 11


def open_due(
    principal: Principal,
    *,
    party: Party,
    company: SellingCompany,
    document: str,
    document_on: date,
    due_on: date,
    amount: Decimal,
    kind: str = "opening",
    source_id: UUID | None = None,
    position: int = 1,
    currency: str = "EUR",
    owner_id: UUID | None = None,
    unit_id: UUID | None = None,
) -> Due:
    """Something is owed by a day. Of the same source and position it is opened once, however often that is said.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("payment", "create")
    require_company(principal, company.pk)
    amount = clean_sum(amount, currency)
    named = clean_line(document, max_length=80)
    if not named:
        raise InvalidFields({"document": _("Say of which document it is: Fattura 2026/31.")})
    if kind not in dict(KINDS):
        raise InvalidFields({"kind": _("Choose one of: %(names)s.") % {"names": ", ".join(dict(KINDS))}})
    tie = tie_with(party, company.pk, whose=owner_id or principal.user_id)
    made = Due(
        kind=kind,
        source_id=source_id or uuid7(),
        position=position,
        document=named,
        document_on=document_on,
        company=company,
        party=party,
        owner_id=owner_id or (tie.owner_id if tie else None),
        created_by_id=principal.user_id,
        unit_id=unit_id or (tie.unit_id if tie else None),
        due_on=due_on,
        amount=amount,
        currency=currency,
        created_at=clock.now(),
    )
    return _opened_once(principal, made)


def _opened_once(principal: Principal, made: Due) -> Due:
    with transaction.atomic():
        Due.objects.bulk_create([made], ignore_conflicts=True)
        kept = Due.objects.get(kind=made.kind, source_id=made.source_id, position=made.position)
        if kept.pk == made.pk:
            changes = {"document": (None, kept.document), "amount": (None, kept.amount), "due_on": (None, kept.due_on)}
            record(principal, "due.open", kind="due", object_id=kept.pk, changes=changes)
            announce(principal, DueOpened(**about_due(kept)))
            page_changed(principal, [kept.party_id], "payments")
    return kept


def clean_sum(amount: Decimal, currency: str) -> Decimal:
    """A sum above nothing, in a currency that we know. Raises `InvalidFields`."""
    if currency not in CURRENCIES:
        raise InvalidFields({"currency": _("Choose a currency by its three letters: EUR.")})
    if not amount.is_finite() or amount <= 0 or amount >= MOST:
        raise InvalidFields({"amount": _("Write an amount above 0: 1.234,56.")})
    if cents(amount, currency) != amount:
        raise InvalidFields({"amount": _("This amount has more decimals than its currency.")})
    return cents(amount, currency)


def credit_source(principal: Principal, *, kind: str, source_id: UUID, amount: Decimal) -> Decimal:
    """Take a credit note off the open dues of a source, the last first; gives what could not be taken off.

    What was paid of it already is not touched: it is for a refund. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("payment", "create")
    if not amount.is_finite() or amount <= 0:
        raise InvalidFields({"amount": _("Write an amount above 0: 1.234,56.")})
    with transaction.atomic():
        ids = Due.objects.filter(kind=kind, source_id=source_id).values_list("pk", flat=True)
        rest = amount
        for due in sorted(locked_dues(ids).values(), key=lambda one: one.position, reverse=True):
            part = min(rest, due.left)
            if part > 0:
                was = due.credited
                due.credited += part
                rest -= part
                settle(principal, due, was_settled=False)
                changes: dict[str, tuple[Any, Any]] = {"credited": (was, due.credited)}
                record(principal, "due.credit", kind="due", object_id=due.pk, changes=changes)
    return rest


def dispute_due(principal: Principal, due: Due, reason: str) -> Due:
    """The customer says that he does not owe it: he is not reminded meanwhile. Raises `Forbidden`, `InvalidFields`."""
    said = clean_text(reason, max_length=500).strip()
    if not said:
        raise InvalidFields({"reason": _("Say what the customer objects to.")})
    return _mark(principal, due, reason=said)


def settle_dispute(principal: Principal, due: Due) -> Due:
    """It is owed after all. Raises `Forbidden`."""
    return _mark(principal, due, reason="")


def _mark(principal: Principal, due: Due, *, reason: str) -> Due:
    principal.require("payment", "edit")
    if not DUE_EDITED.allows(principal, due):
        raise Forbidden
    with transaction.atomic():
        locked = locked_dues([due.pk])[due.pk]
        if locked.dispute == reason:
            return locked
        if reason and locked.settled_on is not None:
            raise DomainError(_("It is paid: there is nothing to dispute."), code="due-settled")
        changes: dict[str, tuple[Any, Any]] = {"dispute": (locked.dispute, reason)}
        locked.disputed_at, locked.dispute = (clock.now() if reason else None), reason
        keep(locked)
        record(principal, "due.dispute" if reason else "due.accept", kind="due", object_id=locked.pk, changes=changes)
        if reason:
            announce(principal, DueDisputed(**about_due(locked)))
        page_changed(principal, [locked.party_id], "payments")
    return locked
