"""What somebody who writes a sentence looks for in the shop."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from filo.foundation import clock
from filo.foundation.folding import words
from filo.foundation.search.queries import matching_groups
from filo.foundation.search.typed import groups_of, stem, stems_of
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.searching import KIND

SHORTEST, MOST_TRIED, MOST, MOST_NAMES = 4, 30, 2, 20
_OFFERS = re.compile(r"\b(offert\w*|sconti?|scontat\w*|saldi|promozion\w*|offers?|sales?|discount\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Topic:
    """words: those that products are found by; offers: whether reduced ones are asked for."""

    words: str
    offers: bool


def topic_of(text: str) -> Topic:
    """The words of a text that name goods on sale, the rarest first, and whether it asks for offers."""
    offers = bool(_OFFERS.search(text))
    plain = _OFFERS.sub(" ", text)
    tried = [word for word in dict.fromkeys(words(plain)) if len(word) >= SHORTEST][:MOST_TRIED]
    sold = Product.objects.on_sale(clock.today()).filter(reserved=False)
    every = sold.count()
    found = []
    for word in tried:
        number = sold.filter(pk__among=matching_groups(KIND, groups_of(word))).count()
        if not number:
            word, number = _in_another_form(word, sold)
        if 0 < number <= max(1, every // 2):
            found.append((number, word))
    rarest = dict.fromkeys(word for _number, word in sorted(found))
    return Topic(" ".join([*rarest][:MOST]), offers)


def _in_another_form(word: str, sold: QuerySet[Product]) -> tuple[str, int]:
    """The form of a word that stands in names of goods (*pullover* for *pullovers*), and in how many."""
    begins = stem(word)
    rows = sold.filter(pk__among=matching_groups(KIND, stems_of(word)))
    named = [one for name in rows.values_list("name", flat=True)[:MOST_NAMES] for one in words(name)]
    form = next((one for one in named if one.startswith(begins)), "") if len(begins) >= SHORTEST else ""
    return form, rows.count() if form else 0
