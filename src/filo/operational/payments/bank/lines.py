"""A line of a bank as every format gives it, and how amounts and days are written."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

MOST_LINES = 20_000
NO_REFERENCE = ("NOTPROVIDED", "NOT PROVIDED")  # what ISO 20022 has banks write where the payer gave none
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%Y%m%d")
_MONTHS = {
    name: number
    for names in ("gen feb mar apr mag giu lug ago set ott nov dic", "jan feb mar apr may jun jul aug sep oct nov dec")
    for number, name in enumerate(names.split(), start=1)
}
_NAMED_DAY = re.compile(r"^(\d{1,2})[ /.-]([a-z]{3})[a-z]*\.?[ /.-](\d{4}|\d{2})\b", re.IGNORECASE)
_PLACES = {
    "IT": 27, "SM": 27, "FR": 27, "MC": 27, "DE": 22, "GB": 22, "IE": 22, "ES": 24, "NL": 18, "BE": 16, "AT": 20,
    "LU": 20, "CH": 21, "LI": 21, "PT": 25, "SI": 19, "HR": 21, "LT": 20, "MT": 31, "PL": 28, "RO": 24, "GR": 27,
    "CZ": 24, "HU": 28,
}  # fmt: skip
_MONEY = re.compile(
    r"€|\$|£|\b(?:EURO?|USD|GBP|CHF)\b|(?<=\d)(?:EURO?|USD|GBP|CHF)$|^(?:EUR|USD|GBP|CHF)(?=[-\d])", re.I
)
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
    """What a file came to; refused, left_out: (number of the line, why, in a code). Left out is what books nothing and
    needs nobody, such as a balance. doubtful_day: one that was read day first and could be read month first, as could
    all others.
    """

    bookings: list[Booking] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    doubtful_day: date | None = None


class Unreadable(Exception):
    """The file is none that we can read; `reason` is a stable word for why, `sentence` what to say where that word
    does not lead to one.
    """

    def __init__(self, reason: str, sentence: str = "") -> None:
        super().__init__(reason)
        self.reason, self.sentence = reason, sentence


def amount_in(text: str) -> Decimal | None:
    """`1.234,56`, `-1234.56`, `1 234,56 €`, `1.234,56-`: as a number; None for what is none.

    `1.234` is a thousand and more: so Italian banks write. `1,234` is it as well, since no sum has three decimals.
    """
    plain = _MONEY.sub("", text.replace("\u2212", "-").strip())
    plain = re.sub(r"[\s'\u2019]", "", plain)
    negative = plain.startswith(("-", "(")) or plain.endswith(("-", ")"))
    plain = plain.strip("+-()")
    if not plain:
        return None
    if _ITALIAN.match(plain):
        found = Decimal(plain.replace(".", "").replace(",", "."))
        if not _is_money(found) and _ENGLISH.match(plain):
            found = Decimal(plain.replace(",", ""))
    elif _ENGLISH.match(plain):
        found = Decimal(plain.replace(",", ""))
    else:
        return None
    if not _is_money(found):
        return None
    found = found if found.as_tuple().exponent >= -2 else found.quantize(Decimal("0.01"))  # type: ignore[operator]
    return -found if negative else found


def _is_money(found: Decimal) -> bool:
    return abs(found) < Decimal(10) ** 12 and found == found.quantize(Decimal("0.01"))


def day_in(text: str) -> date | None:
    """A day as Italian banks or ISO 8601 write it; None for what is none."""
    said = text.strip()
    if (named := _NAMED_DAY.match(said)) and (month := _MONTHS.get(named[2].casefold())):
        said = f"{named[1]}/{month}/{named[3]}"
    plain = re.split(r"[\sT+]", said, maxsplit=1)[0][:10]
    plain = plain.replace(".", "/").replace("-", "/")
    plain = plain if not re.match(r"\d{4}/", plain) else plain.replace("/", "-")
    for form in _DAYS:
        try:
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
        return found if 1970 <= found.year <= 2200 else None
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
    """Whether the check digits hold (ISO 13616), and it has the places that its country gives it."""
    plain = text.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain) or len(plain) != _PLACES.get(plain[:2], len(plain)):
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
