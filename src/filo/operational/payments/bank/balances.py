"""Lines of a statement that book nothing: balances and totals. Where anything speaks for a booking, it is one."""

from __future__ import annotations

import re

from filo.foundation.folding import fold

_BALANCE = frozenset(["saldo", "saldi", "balance"])
_WHICH = frozenset(
    [
        "finale",
        "iniziale",
        "contabile",
        "disponibile",
        "liquido",
        "precedente",
        "attuale",
        "progressivo",
        "closing",
        "opening",
        "final",
        "initial",
    ]
)
_TOTAL = frozenset(["totale", "totali", "total", "totals"])
_OF_TOTAL = frozenset(
    [
        "entrate",
        "uscite",
        "dare",
        "avere",
        "movimenti",
        "accrediti",
        "addebiti",
        "debiti",
        "crediti",
        "operazioni",
        "generale",
        "periodo",
    ]
)
_BESIDES = frozenset(
    [
        "al",
        "a",
        "alla",
        "del",
        "della",
        "di",
        "il",
        "in",
        "e",
        "ed",
        "of",
        "at",
        "on",
        "as",
        "the",
        "conto",
        "corrente",
        "data",
        "eur",
        "euro",
        "periodo",
    ]
)
_BEGINS = re.compile(rf"^(?:saldo|balance) (?:{'|'.join(sorted(_WHICH))})\b|^(?:closing|opening|final) balance\b")
_OF_A_BILL = re.compile(r"\b(fatt\w*|ft|fattura|invoice|inv|ordine|order|doc|documento|bonifico|pagamento)\b")


def is_balance(text: str, *, has_day: bool, valued: bool | None, at_edge: bool) -> bool:
    """Whether a line is a balance or a total and no booking.

    text: all that it says. valued: whether it has a value date; None where the file has none at all. at_edge: it stands
    before or after all bookings.
    """
    words = {word for word in fold(text).split() if not word.isdigit()}
    if words & _TOTAL and words <= _TOTAL | _OF_TOTAL | _BESIDES | _BALANCE:
        return bool(words & _OF_TOTAL) or not has_day
    if words & _BALANCE and words <= _BALANCE | _WHICH | _BESIDES:
        # "Saldo" alone is also what a customer writes who pays the rest.
        return (bool(words & _WHICH) or not has_day) and (at_edge or not valued)
    if not _BEGINS.match(fold(text)) or not at_edge or _OF_A_BILL.search(fold(text)):
        return False
    return not has_day or valued is False
