"""Compare two parties: how likely they are one, and what every field says for it or against it."""

from __future__ import annotations

import math
from typing import NamedTuple

from filo.operational.doubles.likeness.model import BY_VALUE, DEFAULT, LOWEST, Model
from filo.operational.doubles.likeness.spoken import Spoken, what_speaks
from filo.operational.doubles.likeness.traits import Traits

SHOWN = 0.7  # from here on people are asked
BULK = 0.99  # from here on many may be accepted at once
# Where chance agreement is as common as the value that is shared, if nothing else is said.
_STRANGERS = (True, False, False)
_LEAST_BITS = -120.0  # 2 to the power of more has no room in a float that is divided


class Reason(NamedTuple):
    """A field that spoke: at which level it agrees, and how many bits that is for one party (or, below 0, against).

    Fields and levels are codes; see `FIELDS` and `LEVELS`. Columns of a file speak by their own name.
    """

    field: str
    level: str
    bits: float


class Likeness(NamedTuple):
    """How likely two are one party: the probability, the bits of all reasons together, and the reasons."""

    probability: float
    weight: float
    reasons: tuple[Reason, ...]


FIELDS = (
    "kind",
    "given_name",
    "family_name",
    "names",
    "name",
    "legal_form",
    "email",
    "phone",
    "domain",
    "vat_number",
    "codice_fiscale",
    "birth_date",
    "address",
)
LEVELS = (
    "exact",
    "words",
    "nickname",
    "swapped",
    "near",
    "typo",
    "most",
    "part",
    "within",
    "mobile",
    "local",
    "range",
    "door",
    "street",
    "number",
    "town",
    "elsewhere",
    "initial",
    "acronym",
    "placeholder",
    "similar",
    "little",
    "gender",
    "different",
)
_TWO_KINDS = Likeness(0.0, -100.0, (Reason("kind", "different", -100.0),))


def compare(a: Traits, b: Traits, model: Model = DEFAULT) -> Likeness:
    """How likely `a` and `b` are one party; the same the other way round.

    The reasons are told against that rival (strangers, a household, colleagues; branches, neighbours) whom the
    pair could most easily be instead.
    """
    if a.kind != b.kind:
        return _TWO_KINDS
    return weigh(a.kind, what_speaks(a, b, model), model)


def weigh(kind: str, spoken: Spoken, model: Model) -> Likeness:
    """The likeness that follows from what spoke."""
    table = model.table_of(kind)
    before = model.prior(kind)
    total0, total1, total2 = before
    rows: list[tuple[str, str, tuple[float, float, float]]] = []
    for field, level, share in spoken:
        bits = table.bits[field, level]
        if share > 0.0:
            told = round(math.log2(table.chances[field, level].same / max(share, LOWEST)), 2)
            by = BY_VALUE.get((field, level), _STRANGERS)
            bits = (told if by[0] else bits[0], told if by[1] else bits[1], told if by[2] else bits[2])
        total0, total1, total2 = total0 + bits[0], total1 + bits[1], total2 + bits[2]
        rows.append((field, level, bits))
    rival = 0 if total0 <= total1 and total0 <= total2 else 1 if total1 <= total2 else 2
    least = min(total0, total1, total2)
    against = 2.0**-total0 + 2.0**-total1 + 2.0**-total2 if least > _LEAST_BITS else 2.0**-_LEAST_BITS
    reasons = tuple([Reason(field, level, bits[rival]) for field, level, bits in rows])
    weight = (total0, total1, total2)[rival] - before[rival]
    return Likeness(1.0 / (1.0 + against), round(weight, 2), reasons)
