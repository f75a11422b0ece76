"""What somebody wants to take out: which list, narrowed how, in which order, with which columns, as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declared
from filo.foundation.filters.tree import Tree
from filo.operational.exports.formats import FORMATS, FileFormat
from filo.operational.exports.known import load_exportables
from filo.operational.exports.policies import eyes_of, require_take_out


@dataclass(frozen=True)
class Wish:
    """`columns` are names of the list's or of all; None is all of them, none at all those the list opens with."""

    what: str
    form: str
    tree: Tree | None = None
    words: str = ""
    sort: str = ""
    columns: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """As an export keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Wish:
        """As it was kept."""
        columns = kept.get("columns")
        return cls(**{**kept, "columns": None if columns is None else tuple(columns)})

    @property
    def asked(self) -> Asked:
        """Which rows, in which order."""
        return Asked(self.tree, self.words, self.sort)

    @property
    def exportable(self) -> Exportable:
        """The list. Raises `InvalidFields`."""
        return exportable_named(self.what)

    @property
    def format(self) -> FileFormat:
        """The form of the file."""
        return FORMATS[self.form]

    def check_format(self) -> None:
        """Raises `InvalidFields` for a form that there is not for this list."""
        fitting = [found.code for found in FORMATS.values() if found.by != "cards" or self.exportable.cards]
        if self.form not in fitting:
            raise InvalidFields({"format": _one_of(fitting)})


def exportable_named(what: str) -> Exportable:
    """The list of this code. Raises `InvalidFields`."""
    load_exportables()
    found = declared().get(what)
    if found is None:
        raise InvalidFields({"what": _one_of(declared())})
    return found


def check_wish(principal: Principal, wish: Wish) -> None:
    """Raises `Forbidden`, `InvalidFields`, and `BadRequest` for a filter or an order that is not declared."""
    require_take_out(principal, wish.exportable)
    eyes = eyes_of(principal, wish.exportable)
    unknown = [name for name in wish.columns or () if name not in _known(eyes, wish.exportable)]
    if unknown:
        sentence = _("There is no column “%(name)s”.")
        raise InvalidFields({"columns": [sentence % {"name": name[:60]} for name in unknown[:10]]})
    wish.check_format()
    wish.exportable.reader(eyes, wish.asked)


def columns_wished(principal: Principal, wish: Wish) -> Sequence[ExportColumn]:
    """The columns of the file, as far as this principal sees them."""
    everything = list(wish.exportable.columns(principal))
    if wish.columns is None:
        return everything
    known = _known(principal, wish.exportable)
    names = wish.columns or wish.exportable.usual
    return [known[name] for name in dict.fromkeys(names) if name in known] or everything


def _known(principal: Principal, exportable: Exportable) -> Mapping[str, ExportColumn]:
    return {column.code: column for column in exportable.columns(principal)} | dict(exportable.listed(principal))


def _one_of(codes: Iterable[str]) -> str:
    return _("Choose one of: %(names)s.") % {"names": ", ".join(codes)}
