"""Files of banks are read in, and each line of them is matched, proposed, left aside or unknown."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import SellingCompany
from filo.operational.payments.bank.lines import Booking, Read, Unreadable, keys_of
from filo.operational.payments.bank.matching import Open, best_match
from filo.operational.payments.bank.reading import read_bank_file
from filo.operational.payments.models import BankFile, BankLine, Due, Payment
from filo.operational.payments.policies import BANKFILE_SEEN, require_company
from filo.operational.payments.queries.matching import ibans_of, open_to_match
from filo.operational.payments.services.recording import PaymentFacts, record_payment, take_back_payment

REFUSALS = {
    "empty": gettext_lazy("This file is empty."),
    "too-long": gettext_lazy("This file is too large: at most 20 MB and 20,000 lines."),
    "not-text": gettext_lazy("This is not a table: ask the bank for the statement as XLSX, CSV or CAMT.053."),
    "not-a-table": gettext_lazy("This table cannot be read: save the statement as CSV again."),
    "no-headings": gettext_lazy(
        "No headings were found in the first sixty lines: a day (Data) and a sum (Importo, or Dare and Avere) "
        "are needed."
    ),
    "no-lines": gettext_lazy("There is no line with a day and a sum in this file."),
    "broken-xml": gettext_lazy("This XML breaks off or is damaged: ask the bank for the file again."),
    "document-type": gettext_lazy("XML with a document type of its own is not read."),
    "other-xml": gettext_lazy("This XML is no account statement (CAMT.052, .053 or .054)."),
}


def import_bank_file(principal: Principal, company: SellingCompany, *, name: str, content: bytes) -> BankFile:
    """Read a file in. The same file again changes nothing; lines that came in another file count once.

    Raises `Forbidden`, `InvalidFields` with what is wrong with the file.
    """
    principal.require("payment", "import")
    require_company(principal, company.pk)
    digest = hashlib.sha256(content).hexdigest()
    before = BankFile.objects.filter(company=company, sha256=digest).first()
    if before is not None:
        return before
    try:
        found = read_bank_file(content)
    except Unreadable as error:
        raise InvalidFields({"file": error.sentence or REFUSALS[error.reason]}) from error
    with transaction.atomic():
        made = BankFile(
            company=company,
            unit_id=principal.unit_id,
            created_by_id=principal.user_id,
            name=clean_line(name, max_length=200) or "?",
            sha256=digest,
            refused=[list(one) for one in sorted(found.refused + found.left_out)],
            doubtful_day=found.doubtful_day,
            created_at=clock.now(),
        )
        BankFile.objects.bulk_create([made], ignore_conflicts=True)
        kept = BankFile.objects.get(company=company, sha256=digest)
        if kept.pk == made.pk:
            _store_lines(principal, kept, found)
    return kept


def _store_lines(principal: Principal, file: BankFile, found: Read) -> None:
    keys, plain = keys_of(found.bookings), keys_of(found.bookings, with_reference=False)
    # The same line may have come in a file that gave no reference, or before references were kept.
    known = set(BankLine.objects.filter(company=file.company_id, key__in=plain).values_list("key", flat=True))
    rows = [
        _line(file, booking, key)
        for booking, key, without in zip(found.bookings, keys, plain, strict=True)
        if without not in known
    ]
    BankLine.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    fresh = list(BankLine.objects.filter(file=file))
    file.again = len(found.bookings) - len(fresh)
    file.save()
    changes = {"name": (None, file.name), "lines": (None, len(fresh)), "again": (None, file.again)}
    record(principal, "bank.import", kind="bank-file", object_id=file.pk, changes=changes)
    match_lines(principal, file, fresh)


def _line(file: BankFile, booking: Booking, key: str) -> BankLine:
    outwards = booking.amount < 0
    return BankLine(
        file=file,
        company_id=file.company_id,
        position=booking.number,
        key=key,
        booked_on=booking.booked_on,
        amount=booking.amount,
        currency=booking.currency,
        text=clean_line(booking.text, max_length=1000),
        counterparty=clean_line(booking.counterparty, max_length=200),
        iban=booking.iban,
        state="ignored" if outwards else "unknown",
        reasons=["outwards"] if outwards else [],
    )


def match_lines(principal: Principal, file: BankFile, lines: Iterable[BankLine]) -> None:
    """Look for what each open line pays. What is beyond doubt is written down; the rest is proposed."""
    dues = {due.id: due for due in open_to_match(principal, file.company_id)}
    ibans = ibans_of(file.company_id)
    for line in lines:
        if line.state not in ("unknown", "proposed"):
            continue
        found = best_match(_booking(line), list(dues.values()), ibans)
        line.state, line.due_id = ("proposed", found.due.id) if found else ("unknown", None)
        line.probability, line.reasons = (found.probability, list(found.reasons)) if found else (0, [])
        if found and found.certain:
            _pay(principal, line, Due.objects.select_related("party", "company").get(pk=found.due.id))
            _take_off(dues, found.due)
        line.save()


def _take_off(dues: dict[UUID, Open], paid: Open) -> None:
    dues.pop(paid.id, None)


def _booking(line: BankLine) -> Booking:
    return Booking(line.position, line.booked_on, line.amount, line.text, line.counterparty, line.iban, line.currency)


def _pay(principal: Principal, line: BankLine, due: Due) -> Payment:
    if line.currency not in CURRENCIES:
        raise InvalidFields({"currency": _("Choose a currency by its three letters: EUR.")})
    facts = PaymentFacts(
        company=due.company,
        party=due.party,
        amount=line.amount,
        paid_on=min(line.booked_on, clock.today()),
        currency=line.currency,
        reference=line.text[:200],
        source="bank",
    )
    payment = record_payment(principal, facts, first=due.pk)
    line.state, line.payment, line.due = "matched", payment, due
    return payment


def accept_lines(principal: Principal, file: BankFile, ids: Collection[UUID]) -> int:
    """Take the proposals of these lines; gives how many. What was accepted already stays. Raises `Forbidden`."""
    _require(principal, file)
    done = 0
    for line_id in ids:
        with transaction.atomic():
            line = _locked(file, line_id)
            if line is None or line.state != "proposed" or line.due_id is None:
                continue
            due = Due.objects.visible_to(principal).for_list().filter(pk=line.due_id).first()
            if due is not None:
                _pay(principal, line, due)
                line.save()
                done += 1
    return done


def match_line_with(principal: Principal, file: BankFile, line_id: UUID, due: Due) -> BankLine:
    """A person says what a line pays. Raises `Forbidden`, `DomainError`."""
    _require(principal, file)
    with transaction.atomic():
        line = _locked(file, line_id)
        if line is None or line.state == "matched":
            raise DomainError(_("This line is matched already."), code="line-matched")
        if line.amount <= 0:
            raise DomainError(_("This money went out: it pays nothing that is owed to us."), code="line-outwards")
        _pay(principal, line, due)
        line.save()
    return line


def ignore_line(principal: Principal, file: BankFile, line_id: UUID) -> None:
    """It is no payment of a customer; twice changes nothing. Raises `Forbidden`, `DomainError`."""
    _require(principal, file)
    with transaction.atomic():
        line = _locked(file, line_id)
        if line is None or line.state == "ignored":
            return
        if line.state == "matched":
            raise DomainError(_("This line is matched already."), code="line-matched")
        line.state = "ignored"
        line.save()


def reopen_line(principal: Principal, file: BankFile, line_id: UUID) -> None:
    """Not so (undo): what was matched is taken back, and the line is looked at anew. Raises `Forbidden`."""
    _require(principal, file)
    with transaction.atomic():
        line = _locked(file, line_id)
        if line is None or line.state not in ("matched", "ignored"):
            return
        payment = line.payment
        line.state, line.payment = "unknown", None
        line.save()
        if payment is not None:
            take_back_payment(principal, payment)
        if line.amount > 0:
            propose_again(principal, file, line)


def propose_again(principal: Principal, file: BankFile, line: BankLine) -> None:
    """What it may pay after all: proposed only, since a person said no once."""
    found = best_match(_booking(line), list(open_to_match(principal, file.company_id)), ibans_of(file.company_id))
    if found:
        line.state, line.due_id = "proposed", found.due.id
        line.probability, line.reasons = found.probability, list(found.reasons)
        line.save()


def _require(principal: Principal, file: BankFile) -> None:
    principal.require("payment", "import")
    if not BANKFILE_SEEN.allows(principal, file):
        raise Forbidden


def _locked(file: BankFile, line_id: UUID) -> BankLine | None:
    rows: Sequence[BankLine] = list(
        BankLine.objects.select_for_update(of=("self",)).select_related("payment").filter(file=file, pk=line_id)
    )
    return rows[0] if rows else None
