"""Numbers, coordinates and days as cells hold them: decimal commas or points, the day or the month first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from filo.foundation.folding import fold
from filo.operational.transfer.vocabulary import MONTHS

_DAY = re.compile(r"(\d{1,4})[./\-](\d{1,2})[./\-](\d{1,4})(?:[T ].*)?")
_CURRENCY = re.compile(r"[€$£]|\b(?:EUR|USD|GBP|euro)\b", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_WITH_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:[.\s'’]\d{3})+|\d+)(?:,\d+)?")
_WITH_POINT = re.compile(r"[+-]?(?:\d{1,3}(?:[,\s'’]\d{3})+|\d+)(?:\.\d+)?")


def coordinate(cell: str, *, most: int) -> Decimal | None:
    """Degrees with a decimal comma or point, to a tenth of a metre; None when it cannot be one."""
    try:
        found = Decimal(cell.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return round(found, 6) if found.is_finite() and abs(found) <= most else None


def number(cell: str, *, is_point: bool = False) -> Decimal | None:
    """The number that is written: "1.234,56" with a comma before the decimals, or "1,234.56" with a point."""
    text = _CURRENCY.sub("", cell).strip()
    match = (_WITH_POINT if is_point else _WITH_COMMA).fullmatch(text) or _PLAIN.fullmatch(text)
    if not match:
        return None
    if _PLAIN.fullmatch(text) and not (not is_point and re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+", text)):
        return Decimal(text)
    thousands = "," if is_point else "."
    return Decimal(re.sub(rf"[\s'’{thousands}]", "", text).replace(",", "."))


def has_decimal_point(values: Iterable[str]) -> bool:
    """Whether the numbers of a column prove a decimal point: "12.5", "1,234.50"; a comma is what is expected here."""
    points = commas = 0
    for value in values:
        text = _CURRENCY.sub("", value).strip()
        points += bool(re.search(r"\.(?:\d{1,2}|\d{4,})$|,\d{3}\.\d+$", text))
        commas += bool(re.search(r",(?:\d{1,2}|\d{4,})$|\.\d{3},\d+$", text))
    return points > commas


def day(cell: str, *, month_first: bool = False) -> date | None:
    """The day that is written: year first, or the day before the month as in Italy unless `month_first`."""
    text = cell.strip()
    if text.isdigit() and len(text) == 8:
        return _date(text[:4], text[4:6], text[6:])
    found = _DAY.fullmatch(text)
    if found:
        first, second, last = found[1], found[2], found[3]
        if len(first) == 4:
            return _date(first, second, last[:2]) if len(last) <= 2 else None
        return _date(last, first, second) if month_first else _date(last, second, first)
    return _day_in_words(text)


def _date(year: str, month: str, day_: str) -> date | None:
    whole = int(year)
    if len(year) == 2:
        whole += 2000 if whole <= date.today().year % 100 else 1900  # noqa: DTZ011  # which century, no more
    if len(year) not in (2, 4):
        return None
    try:
        return date(whole, int(month), int(day_))
    except ValueError:
        return None


def _day_in_words(text: str) -> date | None:
    """ "14 marzo 1978", "14-mar-78", "March 14, 1978"."""
    words = fold(text).split()
    months = [place for place, word in enumerate(words) if word[:3] in MONTHS and word.isalpha()]
    if len(words) != 3 or len(months) != 1:
        return None
    month = words.pop(months[0])
    days, year = words if months[0] < 2 else words[::-1]
    if not (days.isdigit() and year.isdigit()):
        return None
    return _date(year, str(MONTHS[month[:3]]), days)


def day_parts(cell: str) -> tuple[int, int] | None:
    """The first two numbers of a day whose year stands last, which tell over a column whether the month is first."""
    found = _DAY.fullmatch(cell.strip())
    return (int(found[1]), int(found[2])) if found and len(found[1]) <= 2 else None
