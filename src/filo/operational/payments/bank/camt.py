"""ISO 20022 statements, camt.052, .053 and .054: each booked transaction is a line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from filo.operational.payments.bank.lines import MOST_LINES, Booking, Read, Unreadable, day_in

_NOT_BOOKED = ("PDNG", "INFO", "FUTR")  # announced, or only told


def looks_like_camt(content: bytes) -> bool:
    """Whether it is XML at all."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read_camt(content: bytes) -> Read:
    """The lines of a statement. Raises `Unreadable`; one with a document type (entities) is refused."""
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise Unreadable("broken-xml") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("document-type")
    if not any(etree.QName(one).localname.startswith("BkToCstmr") for one in root):
        raise Unreadable("other-xml")
    found = Read()
    for number, entry in enumerate(root.iter("{*}Ntry"), start=1):
        if len(found.bookings) >= MOST_LINES:
            raise Unreadable("too-long")
        _sort_in(found, number, entry)
    if not found.bookings and not found.refused:
        raise Unreadable("no-lines")
    return found


def _sort_in(found: Read, number: int, entry: Any) -> None:
    """An entry is booked, refused or left out."""
    booked = day_in(_first(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"))
    try:
        amount = _amount(entry)
        lines = _lines(number, entry, booked) if booked else []
    except ArithmeticError:
        amount, lines = None, []
    if _status(entry) in _NOT_BOOKED:
        found.left_out.append((number, "not-booked"))
    elif booked is None:
        found.refused.append((number, "no-day"))
    elif amount == 0:
        found.left_out.append((number, "zero"))
    elif _first(entry, "CdtDbtInd") not in ("CRDT", "DBIT"):
        found.refused.append((number, "no-sign"))
    elif lines:
        found.bookings.extend(lines)
    else:
        found.refused.append((number, "no-amount"))


def _parser() -> etree.XMLParser:
    """Opens no entity, no address, nothing huge; what banks note between the lines is not read."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )


def _lines(number: int, entry: Any, booked: date) -> list[Booking]:
    """One line, or one for each transaction where a booking holds several with sums of their own."""
    details = entry.findall("{*}NtryDtls/{*}TxDtls")
    whole = _amount(entry)
    parts = [_amount(one) or _own_amount(one) for one in details]
    if (
        len(details) > 1
        and all(parts)
        and sum((abs(part or Decimal(0)) for part in parts), Decimal(0)) == abs(whole or 0)
    ):
        sign = -1 if (whole or 0) < 0 else 1
        return [
            _booking(number, entry, one, booked, sign * abs(part or Decimal(0)))
            for one, part in zip(details, parts, strict=True)
        ]
    return [_booking(number, entry, details[0] if details else entry, booked, whole)] if whole else []


def _booking(number: int, entry: Any, detail: Any, booked: date, amount: Decimal) -> Booking:
    # CdtDbtInd of a reversal is the way its own money goes, but the parties are those of what is reversed.
    reversed_ = _first(entry, "RvslInd") in ("true", "1")
    side = "Dbtr" if (amount > 0) != reversed_ else "Cdtr"
    texts = [one.text or "" for one in detail.findall(".//{*}RmtInf/{*}Ustrd")]
    texts += [one.text or "" for one in detail.findall(".//{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref")]
    said = " ".join(" ".join(texts).split()) or _first(entry, "AddtlNtryInf")
    money = entry.find("{*}Amt")
    return Booking(
        number=number,
        booked_on=booked,
        amount=amount,
        text=said[:1000],
        counterparty=_first(detail, f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm")[:200],
        iban=_first(detail, f"RltdPties/{side}Acct/Id/IBAN")[:34],
        currency=(money.get("Ccy") if money is not None else "") or "EUR",
        bank_reference=_first(detail, "Refs/EndToEndId")[:140],
    )


def _amount(part: Any) -> Decimal | None:
    money = part.find("{*}Amt")
    if money is None or not money.text:
        return None
    found = Decimal(money.text.strip())
    if not found.is_finite() or abs(found) >= Decimal(10) ** 12:
        raise ArithmeticError
    return -found if _first(part, "CdtDbtInd") == "DBIT" else found


def _own_amount(detail: Any) -> Decimal | None:
    text = _first(detail, "AmtDtls/TxAmt/Amt")
    return Decimal(text) if text else None


def _status(entry: Any) -> str:
    return _first(entry, "Sts/Cd") or _first(entry, "Sts")


def _first(part: Any, *paths: str) -> str:
    for path in paths:
        found = part.find("/".join(f"{{*}}{name}" for name in path.split("/")))
        if found is not None and found.text and found.text.strip():
            return " ".join(found.text.split())
    return ""
