"""In which currency prices of lists are kept: in euro by the rate of the day, in their own where there is no rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.amounts import day_words, money_words
from filo.foundation.money import cents
from filo.operational.prices.exchange import EURO, NoRate, Rates
from filo.operational.prices.queries.shelf import rates_on

Said = Mapping[str, tuple[Decimal, str]]
Note = tuple[str, str]


class Exchange:
    """Knows the rates of the day, each looked up once."""

    def __init__(self) -> None:
        self.rates: dict[str, Rates] = {}

    def kept(self, said: Said, named: Callable[[str], str], notes: list[Note]) -> dict[str, Any]:
        """What of price and cost is written. said: each with its currency, "" for ours. A price without a rate stays
        in its currency; a cost that cannot be told in the currency of the price is left out. Both are told.
        """
        facts: dict[str, Any] = {}
        kept_in = EURO
        for name in ("price", "cost"):
            if name not in said:
                continue
            number, currency = said[name][0], said[name][1] or EURO
            if currency == kept_in:
                facts[name] = number
                continue
            found = self._in_euro(number, currency) if kept_in == EURO else None
            if found is not None:
                facts[name] = found
                notes.append((named(name), self._told(number, currency, found)))
            elif name == "price":
                facts[name], kept_in = number, currency
                notes.append((named(name), _left_as_it_is(number, currency)))
            else:
                notes.append((named(name), _left_out(number, currency, kept_in)))
        if any(currency for _number, currency in said.values()):
            facts["currency"] = kept_in
        return facts

    def _in_euro(self, number: Decimal, currency: str) -> Decimal | None:
        if currency not in self.rates:
            self.rates[currency] = rates_on(clock.today(), [currency])
        try:
            return cents(self.rates[currency].told_in(number, currency, EURO))
        except NoRate:
            return None

    def _told(self, number: Decimal, currency: str, found: Decimal) -> str:
        said = {
            "amount": money_words(number, currency),
            "euro": money_words(found, EURO),
            "day": day_words(self.rates[currency].known[currency].since),
        }
        return _("%(amount)s came in as %(euro)s, at the rate of %(day)s.") % said


def _left_as_it_is(number: Decimal, currency: str) -> str:
    sentence = _(
        "There is no exchange rate for %(currency)s: %(amount)s stays in that currency, and is told in euro as soon as "
        "the settings have a rate."
    )
    return sentence % {"currency": currency, "amount": money_words(number, currency)}


def _left_out(number: Decimal, currency: str, kept_in: str) -> str:
    sentence = _("The cost of %(amount)s is left out: it cannot be told in %(currency)s, in which the price is.")
    return sentence % {"amount": money_words(number, currency), "currency": kept_in}
