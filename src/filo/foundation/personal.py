"""Personal data: which models hold it, whose, what for and why; apps declare theirs in their `privacy.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
# Columns that lead to somebody ("party", "actors__party"), or a condition made from the id.
Ways = tuple[str, ...] | Callable[[UUID], Q]


class Category(TextChoices):
    """What sort of data it is."""

    IDENTITY = "identity", _("Identity")
    CONTACT = "contact", _("Contact details")
    COMMUNICATION = "communication", _("Communication")
    BEHAVIOUR = "behaviour", _("Behaviour")
    TECHNICAL = "technical", _("Technical data")
    SPECIAL = "special", _("Special categories")


class Whose(TextChoices):
    """Whom it is about."""

    CUSTOMER = "customer", _("Customers and contacts")
    COLLEAGUE = "colleague", _("People of the firm")
    VISITOR = "visitor", _("Visitors")


class Basis(TextChoices):
    """On what ground it is kept (GDPR art. 6)."""

    CONTRACT = "contract", _("Contract, or steps before it")
    INTEREST = "interest", _("Legitimate interest")
    LAW = "law", _("Legal obligation")
    CONSENT = "consent", _("Consent")


@dataclass(frozen=True)
class Erasure:
    """What is done with the rows of one who is to be erased: deleted, some columns overwritten, or kept, and why."""

    how: Literal["delete", "anonymise", "keep"]
    columns: Mapping[str, Any] = field(default_factory=dict)
    why: Words = ""


DELETED = Erasure("delete")


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What one model holds about people.

    model: "parties.Party". columns: each with what sort of data it is. party, person: how rows of a customer and
    of a colleague are found. kept: the code of the kind that rules of retention are made for; `kept_words` say it
    where there is none. export: a row as plain values; left out, the declared columns. files: what lies on the disk
    for a row, as (name, path).
    """

    model: str
    label: Words
    columns: Mapping[str, Category]
    whose: tuple[Whose, ...]
    purpose: Words
    basis: Basis
    party: Ways = ()
    person: Ways = ()
    erasure: Erasure = DELETED
    kept: str = ""
    kept_words: Words = ""
    export: Callable[[Any], dict[str, Any]] | None = None
    files: Callable[[Any], Iterable[tuple[str, Path]]] | None = None

    @property
    def categories(self) -> list[Category]:
        """The sorts of data that it has, in the order of the house."""
        return [category for category in Category if category in self.columns.values()]

    def model_class(self) -> type[Model]:
        """The model itself."""
        return apps.get_model(self.model)

    def of_party(self, party_id: UUID) -> QuerySet[Any]:
        """The rows about one customer or contact."""
        return self._rows(self.party, party_id)

    def of_person(self, user_id: UUID) -> QuerySet[Any]:
        """The rows about somebody of the firm."""
        return self._rows(self.person, user_id)

    def exported(self, row: Any) -> dict[str, Any]:
        """One row as plain values that JSON can hold."""
        if self.export is not None:
            return self.export(row)
        return {name: _plain(row.serializable_value(name)) for name in ("id", *self.columns) if hasattr(row, name)}

    def _rows(self, ways: Ways, id_: UUID) -> QuerySet[Any]:
        rows = self.model_class()._base_manager.all()
        if not ways:
            return rows.none()
        if callable(ways):
            return rows.filter(ways(id_))
        condition = reduce(or_, (Q(**{way: id_}) for way in ways))
        return rows.filter(condition).distinct() if any("__" in way for way in ways) else rows.filter(condition)


_declared: dict[str, PersonalData] = {}


def declare(*found: PersonalData) -> None:
    """Enter models into the register; a model is declared once, though a module that broke is imported again."""
    if len({data.model for data in found}) < len(found):
        raise TypeError(f"declared twice: {sorted(data.model for data in found)}")
    _declared.update({data.model: data for data in found})


def declared() -> list[PersonalData]:
    """What is in the register, in the order of the house."""
    return list(_declared.values())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
