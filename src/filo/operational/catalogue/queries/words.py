"""Colours and materials as catalogues write them, in the reader's language where the word is a usual one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language

from filo.foundation.folding import fold
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.wordings import own_word
from filo.operational.profile.ready import COLOURS, FIBRES

# Beyond what customers are asked about: (Italian, English).
_MORE = (
    ("senape", "mustard"),
    ("cammello", "camel"),
    ("panna", "cream"),
    ("tortora", "taupe"),
    ("ottanio", "teal"),
    ("noce", "walnut"),
    ("rovere", "oak"),
    ("naturali", "natural"),
    ("sintetiche", "synthetic"),
    ("artificiali", "man-made"),
    ("miste", "mixed"),
    ("alpaca", "alpaca"),
    ("cachemire misto", "cashmere blend"),
    ("cotone biologico", "organic cotton"),
    ("cotone elasticizzato", "stretch cotton"),
    ("lana merino", "merino wool"),
    ("lana fresca", "light wool"),
    ("lana e acrilico", "wool and acrylic"),
    ("lino e lana", "linen and wool"),
    ("seta e cotone", "silk and cotton"),
    ("poliestere riciclato", "recycled polyester"),
    ("poliammide", "polyamide"),
    ("pelle", "leather"),
    ("cuoio", "hide leather"),
    ("ottone", "brass"),
    ("legno massello", "solid wood"),
    ("legno e metallo", "wood and metal"),
    ("legno e tessuto", "wood and fabric"),
    ("tessuto sfoderabile", "removable fabric"),
)


def value_words(value: str, language: str = "") -> str:
    """A value of an attribute for this reader: as the house says it in his language, else what is a usual word; all
    other words stay as the house wrote them.
    """
    if own := own_word("value", value, language):
        return own
    return _words((language or get_language() or "it").startswith("en")).get(fold(value), value)


def variant_words(variant: Variant, language: str = "") -> str:
    """What sets a variant apart from its siblings: M, blue."""
    return ", ".join(value_words(str(value), language) for value in variant.values.values() if value)


@cache
def _words(english: bool) -> Mapping[str, str]:
    pairs = [*((it, en) for _code, it, en in (*COLOURS, *FIBRES)), *_MORE]
    return {fold(it): en for it, en in pairs} if english else {fold(en): it for it, en in pairs}
