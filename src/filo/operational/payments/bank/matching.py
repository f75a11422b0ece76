"""What a line of a bank pays: by sum, by the number of the document in its text, by name and by IBAN.

How sure we are is a sum of weights of evidence (log-odds); the weights were set by hand and are written down here,
so that a person can follow them. By itself Filo takes only what sum and number and payer agree on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from filo.foundation.folding import words as words_of
from filo.operational.payments.bank.lines import Booking

PRIOR = -5.0
WEIGHTS = {"sum": 3.2, "sum-of-all": 2.4, "part": -0.8, "number": 5.0, "name": 3.0, "iban": 4.0, "other-sum": -2.5}
PROPOSED_FROM = 25  # percent
_FORMS = frozenset(
    ["srl", "spa", "snc", "sas", "sapa", "srls", "soc", "coop", "societa", "di", "e", "the", "ltd", "gmbh", "ag", "inc"]
)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Open:
    """A due as matching sees it."""

    id: UUID
    party: UUID
    document: str
    name: str
    left: Decimal
    due_on: date
    currency: str = "EUR"


@dataclass(frozen=True)
class Match:
    """The likeliest; `certain`: sum, number and payer agree and nothing else fits as well."""

    due: Open
    probability: int
    reasons: tuple[str, ...]
    certain: bool = False


def best_match(line: Booking, dues: Sequence[Open], ibans: Mapping[str, Collection[UUID]]) -> Match | None:
    """What this line most likely pays; None where nothing is likely enough. ibans: who paid from them before."""
    if line.amount <= 0:
        return None
    said = set(words_of(f"{line.text} {line.counterparty}"))
    known = ibans.get(line.iban, ()) if line.iban else ()
    sums: dict[UUID, Decimal] = {}
    same = [due for due in dues if due.currency == line.currency]
    for due in same:
        sums[due.party] = sums.get(due.party, Decimal(0)) + due.left
    found = [_weighed(line, due, said, due.party in known, sums[due.party]) for due in same]
    found.sort(key=lambda one: (-one[0], one[1].due_on, str(one[1].id)))
    if not found:
        return None
    weight, due, reasons = found[0]
    rival = found[1][0] if len(found) > 1 else -math.inf
    # A second that fits as well halves what we know.
    chance = 1 / (1 + math.exp(-weight) + (math.exp(rival - weight) if rival > 0 else 0))
    percent = min(99, int(chance * 100))
    if percent < PROPOSED_FROM:
        return None
    certain = "sum" in reasons and "number" in reasons and bool({"name", "iban"} & set(reasons)) and weight - rival > 2
    return Match(due, percent, reasons, certain)


def _weighed(
    line: Booking, due: Open, said: set[str], paid_from_here: bool, all_of_party: Decimal
) -> tuple[float, Open, tuple[str, ...]]:
    reasons = []
    if line.amount == due.left:
        reasons.append("sum")
    elif line.amount == all_of_party:
        reasons.append("sum-of-all")
    elif line.amount < due.left:
        reasons.append("part")
    else:
        reasons.append("other-sum")
    if names_document(line.text, due.document):
        reasons.append("number")
    if _names(said, due.name):
        reasons.append("name")
    if paid_from_here:
        reasons.append("iban")
    return PRIOR + sum(WEIGHTS[one] for one in reasons), due, tuple(reasons)


def names_document(text: str, document: str) -> bool:
    """Whether a text names a document: `Fattura 2026/31` is also `FT 31/2026`, `fatt. n. 31 del 2026`, `2026-0031`.

    A number alone is not enough where the document has a year: *31* is said of much.
    """
    wanted = [int(part) for part in _NUMBERS.findall(document)]
    if not wanted:
        return False
    said = [int(part) for part in _NUMBERS.findall(text)]
    years = {part for part in wanted if 1990 <= part <= 2100}
    numbers = [part for part in wanted if part not in years] or wanted
    if not all(part in said for part in numbers):
        return False
    if not years or all(year in said or year % 100 in said for year in years):
        return True
    called = rf"(?:fatt?\w*|ft|doc|inv\w*)[\s.:]*(?:n|nr|num|no)?[\s.:°]*0*{numbers[-1]}\b"
    return bool(re.search(called, text.casefold()))


def _names(said: set[str], name: str) -> bool:
    """Whether most of the words of a name are said; forms of firms do not count."""
    wanted = [word for word in words_of(name) if len(word) > 1 and word not in _FORMS]
    if not wanted:
        return False
    return sum(word in said for word in wanted) / len(wanted) >= 0.6


def oldest_first(amount: Decimal, dues: Iterable[tuple[UUID, date, Decimal]]) -> dict[UUID, Decimal]:
    """How a sum is shared out when nobody says otherwise: the oldest is paid first (as art. 1193 c.c. has it for equal
    debts), until the sum is used up.
    """
    left, found = amount, {}
    for key, _day, owed in sorted(dues, key=lambda one: (one[1], str(one[0]))):
        if left <= 0:
            break
        part = min(left, owed)
        if part > 0:
            found[key] = part
            left -= part
    return found
