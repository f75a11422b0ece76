"""Days of a column as a whole: the month first where that alone can be, a doubt where both could be everywhere, and
the numbers that sheets keep for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from filo.operational.payments.bank.lines import day_in

_ENDS_IN_ITS_YEAR = re.compile(r"(\d{1,2})([./\-])(\d{1,2})(?=\2\d{2,4}\b)")
# Words of headings that no bank writing English has.
_DAY_FIRST = re.compile(
    r"\b(?:data|giorno|importo|ammontare|somma|descrizione|causale|operazion[ei]|saldo|valuta|divisa|dare|avere|entrate"
    r"|uscite|addebit[oi]|accredit[oi]|contropart[ei]|beneficiario|ordinante"
    r"|datum|buchung\w*|wertstellung\w*|betrag|umsatz|wahrung|verwendungszweck|auftraggeber|empfanger|soll|haben"
    r"|libelle|montant|solde|devise|tiers|motif|beneficiaire|date (?:de|d|operation|valeur)"
    r"|fecha|concepto|importe|moneda|cargos?|abonos?|descripcion"
    r"|boekdatum|rentedatum|bedrag|omschrijving|naam|munt|mededelingen)\b"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_FIRST, _LAST = 20_000, 80_000  # 1954 to 2119
_ZERO = date(1899, 12, 30)


def is_month_first(days: Iterable[str]) -> bool:
    """Whether a day stands second in one of these, and in none first."""
    found = [(int(one[1]), int(one[3])) for text in days if (one := _ENDS_IN_ITS_YEAR.match(text))]
    return any(second > 12 for _first, second in found) and all(first <= 12 for first, _second in found)


def doubtful_day(days: Iterable[str], head: Iterable[str]) -> date | None:
    """The first of these days that another reading makes another day, where nothing in the file says which: neither a
    day after the twelfth, nor dots, nor headings in a language that has the day first. head: folded.
    """
    if any(_DAY_FIRST.search(heading) for heading in head):
        return None
    doubtful = None
    for text in days:
        one = _ENDS_IN_ITS_YEAR.match(text)
        if one is None:
            continue
        if one[2] == "." or int(one[1]) > 12 or int(one[3]) > 12:
            return None
        doubtful = doubtful or (day_in(text) if int(one[1]) != int(one[3]) else None)
    return doubtful


def day_of_column(text: str, *, month_first: bool, of_a_sheet: bool) -> date | None:
    """The day of a cell; None for what is none."""
    if of_a_sheet and _SERIAL.fullmatch(text) and _FIRST <= float(text) <= _LAST:
        return _ZERO + timedelta(days=int(float(text)))
    return day_in(_ENDS_IN_ITS_YEAR.sub(r"\3\2\1", text, count=1) if month_first else text)
