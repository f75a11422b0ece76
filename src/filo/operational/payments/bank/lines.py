"""A line of a bank as every format gives it, and how amounts and days are written."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

MOST_LINES = 20_000
NO_REFERENCE = ("NOTPROVIDED", "NOT PROVIDED")  # what ISO 20022 has banks write where the payer gave none
_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y", "%d.%m.%y", "%Y%m%d")
_ITALIAN = re.compile(r"^\d{1,3}(\.\d{3})*(,\d+)?$|^\d+(,\d+)?$")
_ENGLISH = re.compile(r"^\d{1,3}(,\d{3})*(\.\d+)?$|^\d+(\.\d+)?$")


@dataclass(frozen=True)
class Booking:
    """amount: above 0 when money came in. number: which line of the file it is, for people. bank_reference: how the
    payer's bank calls the transfer from end to end, if it says so.
    """

    number: int
    booked_on: date
    amount: Decimal
    text: str = ""
    counterparty: str = ""
    iban: str = ""
    currency: str = "EUR"
    bank_reference: str = ""


@dataclass
class Read:
    """What a file came to; refused: (number of the line, why, in a code)."""

    bookings: list[Booking] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


class Unreadable(Exception):
    """The file is none that we can read; `reason` is a stable word for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def amount_in(text: str) -> Decimal | None:
    """`1.234,56`, `-1234.56`, `1 234,56 €`, `1.234,56-`: as a number; None for what is none.

    `1.234` is a thousand and more: so Italian banks write.
    """
    plain = text.replace("\u2212", "-").strip().strip("€").removesuffix("EUR").removeprefix("EUR")
    plain = re.sub(r"[\s\u00a0\u202f']", "", plain)
    negative = plain.startswith(("-", "(")) or plain.endswith(("-", ")"))
    plain = plain.strip("+-()")
    if not plain:
        return None
    if _ITALIAN.match(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _ENGLISH.match(plain):
        plain = plain.replace(",", "")
    else:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    if abs(found) >= Decimal(10) ** 12:
        return None
    return -found if negative else found


def day_in(text: str) -> date | None:
    """A day as Italian banks or ISO 8601 write it; None for what is none."""
    plain = text.strip()[:10].rstrip("T ")
    for form in _DAYS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    return None


def iban_in(text: str) -> str:
    """The first IBAN whose check digits hold; empty where there is none."""
    for found in re.finditer(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}", text.upper()):
        plain = re.sub(r"\s", "", found.group())
        for length in range(min(34, len(plain)), 14, -1):
            if is_iban(plain[:length]):
                return plain[:length]
    return ""


def is_iban(text: str) -> bool:
    """Whether the check digits hold (ISO 13616); an Italian one has 27 places."""
    plain = text.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain) or (plain.startswith("IT") and len(plain) != 27):
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def keys_of(bookings: Iterable[Booking], *, with_reference: bool = True) -> list[str]:
    """What tells each line from all others: what it says, its reference from end to end where it has one, and the how
    manieth it is that says the same.
    """
    seen: Counter[str] = Counter()
    found = []
    for one in bookings:
        said = "|".join((one.booked_on.isoformat(), f"{one.amount:.2f}", one.currency, _plain(one.text), one.iban))
        if with_reference and one.bank_reference and one.bank_reference.upper() not in NO_REFERENCE:
            said += f"|{one.bank_reference}"
        seen[said] += 1
        found.append(hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest())
    return found


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
