"""What a subject has to be able to do; its files are found by directory."""

from __future__ import annotations

import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors import subjects
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.operational.transfer.cells import text_of
from filo.operational.transfer.figures import number
from filo.operational.transfer.products.words import KNOWN, squashed

Kind = Literal["text", "number", "yes-no"]
Values = Mapping[str, str]
_YES, _NO = {"1", "true", "yes", "y", "s", "si", "sì", "vero", "x"}, {"0", "false", "no", "n", "falso", ""}


class Refused(DomainError):
    """A row that cannot be taken, with the sentence why."""

    code, status = "row-refused", 422

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a subject: its name, how people call it, the headers it is known by, and whose it is by itself."""

    name: str
    label: str | Promise
    headers: tuple[str, ...] = ()
    kind: Kind = "text"
    owner: str = "theirs"


@dataclass(frozen=True, slots=True)
class Ours:
    """What Filo has under a key: its values as text, and how it is called."""

    label: str
    values: Values


class Subject(ABC):
    """Items, prices, stock, states of orders …; rows are told apart by `key`, made of the fields named in `keys`.

    usual: whether a new back office exchanges it at once, or only when somebody switches it on. listed: its fields that
    lists of products have too, by what they are there: they are known by the same headings. Where the back office is
    of one company, it is asked for a principal who works in that one alone.
    """

    code: ClassVar[str]
    label: ClassVar[str | Promise]
    keys: ClassVar[tuple[str, ...]]
    fields: ClassVar[tuple[Field, ...]]
    gives: ClassVar[bool] = False
    usual: ClassVar[bool] = True
    listed: ClassVar[Mapping[str, str]] = {}

    def key_of(self, values: Values) -> str:
        """The key of a row. Raises `Refused` where a part of it is missing."""
        parts = [values.get(name, "").strip() for name in self.keys]
        if not all(parts):
            names = {one.name: str(one.label) for one in self.fields}
            missing = next(name for name, part in zip(self.keys, parts, strict=True) if not part)
            raise Refused(_("The row has no value for “%(name)s”.") % {"name": names.get(missing, missing)})
        return " / ".join(parts).casefold()

    @abstractmethod
    def find(self, principal: Principal, keys: Sequence[str]) -> dict[str, Ours]:
        """What Filo has under these keys."""

    @abstractmethod
    def take(self, principal: Principal, key: str, values: Values, ours: Ours | None, as_of: datetime) -> None:
        """Put their values into Filo: all of a new row, the changed ones of one that is there.

        Raises any `DomainError`, whose sentence is then told of the row.
        """

    def tidy(self, values: dict[str, str]) -> dict[str, str]:
        """Values in the one way in which they are compared, beyond numbers and yes or no. Raises `Refused`."""
        return values

    def changed(self, principal: Principal, since: datetime | None) -> Iterator[tuple[str, Values]]:
        """What may have changed here since a moment (None: ever); more than that does no harm."""
        return self.all(principal)

    @abstractmethod
    def all(self, principal: Principal) -> Iterator[tuple[str, Values]]:
        """Everything that Filo has of it, to be compared and given."""


def clean(
    subject: Subject, row: Values, columns: Mapping[str, str], points: frozenset[str] | None = None
) -> dict[str, str]:
    """A row under our names, every value written in one way, so that the same is the same.

    points: the columns whose numbers have a decimal point (None: all). Raises `Refused` for a number that is none.
    """
    known = {one.name: one for one in subject.fields}
    found: dict[str, str] = {}
    for column, value in row.items():
        field = known.get(columns.get(column, ""))
        if field is not None:
            found[field.name] = written(field, value, is_point=points is None or column in points)
    return subject.tidy(found)


def written(field: Field, value: str, *, is_point: bool = True) -> str:
    """A value in the one way in which it is compared: 1234.5 for 1.234,50."""
    text = text_of(value)
    if field.kind == "number" and text:
        found = number(text, is_point=is_point)
        if found is None:
            raise Refused(_("“%(value)s” is not a number (%(name)s).") % {"value": text, "name": str(field.label)})
        return number_text(found)
    if field.kind == "yes-no":
        folded = text.casefold()
        if folded in _YES | _NO:
            return "yes" if folded in _YES else "no"
        raise Refused(_("“%(value)s” is neither yes nor no (%(name)s).") % {"value": text, "name": str(field.label)})
    return text


def number_text(number: Decimal | None) -> str:
    """A number without zeros that say nothing."""
    return "" if number is None else f"{number.normalize():f}"


def guessed_columns(subject: Subject, columns: Sequence[str]) -> dict[str, str]:
    """Which of their columns is which of our fields, by what such columns are called."""
    by_header = {header: one.name for one in subject.fields for header in (one.name, *one.headers)}
    found: dict[str, str] = {}
    for column in columns:
        name = by_header.get(column.strip().casefold().replace("_", " "), "") or by_header.get(
            column.strip().casefold()
        )
        if name and name not in found.values():
            found[column] = name
    plain = {column: squashed(column) for column in columns if column not in found}
    for name, there in subject.listed.items():
        if name not in found.values():
            called = (one for known in KNOWN[there] for one, said in plain.items() if said == known)
            found |= {one: name for one in list(called)[:1] if one not in found}
    return found


@cache
def all_subjects() -> dict[str, Subject]:
    """Every subject by its code, in the order in which a look takes them: items before their prices and stock."""
    found: list[Subject] = []
    for module in pkgutil.iter_modules(subjects.__path__):
        subject = getattr(import_module(f"{subjects.__name__}.{module.name}"), "SUBJECT", None)
        if subject is not None:
            found.append(subject)
    order = ["items", "prices", "discounts", "stock", "orders", "invoices"]
    return {one.code: one for one in sorted(found, key=lambda one: order.index(one.code))}
