"""What catalogues, categories, attributes and their values are called in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.utils.translation import get_language

from filo.foundation.access.principal import Principal
from filo.foundation.folding import fold
from filo.foundation.organisation.queries import the_firm
from filo.foundation.web.cause import request_at_work
from filo.operational.catalogue.models import Catalogue, Product, ProductValue, Wording

LONGEST_KEY = 180
# A category is four fields of its page, and a form that is posted has a thousand at most.
MOST_WORDS = 240
Told = Mapping[tuple[str, str], tuple[str, str]]
# What was read for the request under way: few rows, that a page asks for many times.
_kept: ContextVar[tuple[UUID, dict[str, Told]] | None] = ContextVar("filo_wordings", default=None)


@dataclass(frozen=True)
class Word:
    """A word of the house that products use, and what it is called elsewhere: (name, description) by language."""

    key: str
    said: str
    texts: Mapping[str, tuple[str, str]]


def catalogue_name(catalogue: Catalogue, language: str = "") -> str:
    """What a catalogue is called in a language, or in the reader's; where nothing is said, as the house calls it."""
    return _told("catalogue", str(catalogue.pk), language)[0] or catalogue.name


def catalogue_words(catalogue: Catalogue, language: str = "") -> str:
    """The same of what is said about it."""
    return _told("catalogue", str(catalogue.pk), language)[1] or catalogue.description


def category_name(category: str, language: str = "") -> str:
    """What a category is called."""
    return _told("category", key_of(category), language)[0] or category


def category_words(category: str, language: str = "") -> str:
    """What is said about a category: in a language, else in the firm's own; nothing where nothing is said."""
    said = _told("category", key_of(category), language)[1]
    return said or (_told("category", key_of(category), house_language())[1] if category else "")


def own_word(kind: str, said: str, language: str = "") -> str:
    """What the house calls an attribute or a value in a language; empty where it has not said."""
    return _told(kind, key_of(said), language)[0]


def key_of(said: str) -> str:
    """A word for comparing."""
    return fold(said)[:LONGEST_KEY]


def house_language() -> str:
    """The language in which the house writes its products."""
    firm = the_firm()
    return firm.language if firm else settings.LANGUAGES[0][0]


def other_languages() -> list[tuple[str, str]]:
    """The languages besides the house's own, with their names."""
    own = house_language()
    return [(code, str(label)) for code, label in settings.LANGUAGES if code != own]


def _told(kind: str, key: str, language: str) -> tuple[str, str]:
    return _wordings((language or get_language() or "it")[:2]).get((kind, key), ("", ""))


def _wordings(language: str) -> Told:
    request, kept = request_at_work(), _kept.get()
    by_language = kept[1] if kept is not None and kept[0] == request else {}
    if request is not None and language in by_language:
        return by_language[language]
    rows = Wording.objects.filter(language=language).values_list("kind", "key", "name", "description")
    found = {(kind, key): (name, description) for kind, key, name, description in rows}
    if request is not None:
        _kept.set((request, by_language | {language: found}))
    return found


def forget_wordings() -> None:
    """What was read for this request is read anew: verbs call it after they wrote."""
    _kept.set(None)


def texts_of(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """What a catalogue is called, and what is said about it, by language."""
    return texts_of_many([catalogue])[catalogue.pk]


def texts_of_many(catalogues: Sequence[Catalogue]) -> dict[UUID, dict[str, tuple[str, str]]]:
    """The same of several."""
    found: dict[UUID, dict[str, tuple[str, str]]] = {one.pk: {} for one in catalogues}
    for row in Wording.objects.filter(kind="catalogue", key__in=[str(pk) for pk in found]):
        found[UUID(row.key)][row.language] = (row.name, row.description)
    return found


def words_in_use(principal: Principal, kind: str, text: str = "") -> list[Word]:
    """The categories, attributes or values of the products one sees, by word: `MOST_WORDS`, narrowed by a text."""
    seen, wanted = Product.objects.visible_to(principal), fold(text)
    said: dict[str, str] = {}
    if kind == "category":
        names = seen.exclude(category="").order_by("category").values_list("category", flat=True).distinct()
        for name in names:
            if wanted in fold(name):
                said.setdefault(key_of(name), name)
    else:
        column = "name" if kind == "attribute" else "value"
        rows = ProductValue.objects.filter(product__in=seen, **{f"{column}__contains": wanted}).order_by(column)
        for key, name in rows.values(column).annotate(one=Min("said")).values_list(column, "one")[:MOST_WORDS]:
            said[key_of(key)] = key.capitalize() if kind == "attribute" else name
    keys = list(said)[:MOST_WORDS]
    texts: dict[str, dict[str, tuple[str, str]]] = {key: {} for key in keys}
    for row in Wording.objects.filter(kind=kind, key__in=keys):
        texts[row.key][row.language] = (row.name, row.description)
    return [Word(key, said[key], texts[key]) for key in keys]
