"""What the columns of a file mean, by their headers and, where these say nothing, by what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from filo.foundation.folding import fold
from filo.foundation.italy.titles import find_title
from filo.operational.transfer import vocabulary
from filo.operational.transfer.contents import by_content, share
from filo.operational.transfer.mapping import IDENTITY, OWN, OWN_CODE, Column, fields_of
from filo.operational.transfer.naming import (
    field_named_by,
    group_of,
    is_identifier_name,
    system_of,
    words_of,
)
from filo.operational.transfer.reading import Shape
from filo.operational.transfer.sources.base import Source, key
from filo.operational.transfer.surveying import Survey, survey
from filo.operational.transfer.ways import abroad, formatted

__all__ = ["Survey", "guess_columns", "guess_kind", "survey"]
CODE = "code:"  # as JSON of this product has the codes that other systems gave a party
OWN_HEADERS = frozenset(("filo id", "id filo"))  # as exports call the id of a party, in either language
_LABELS = frozenset(("type", "label", "tipo", "etichetta", "kind"))


def guess_kind(headers: Sequence[str], *, found: Survey | None = None) -> str:
    """People if a header speaks of a given or family name, both if a column tells them apart, else organisations."""
    if found is not None and any(_tells_kinds(header, found, place) for place, header in enumerate(headers)):
        return "parties"
    telling = {"given_name", "family_name", "full_name", "name_reversed", "birth_date"}
    named = [field_named_by(header, "people") for header in headers]
    plain = sum(fold(header) in ("nome", "name", "nominativo") for header in headers)
    return "people" if len(telling & set(named)) > (1 if plain else 0) else "organisations"


def _tells_kinds(header: str, found: Survey, place: int) -> bool:
    return field_named_by(header, "parties") == "kind" and share(found.values(place), _is_kind) >= 0.8


def _is_kind(value: str) -> bool:
    return bool(vocabulary.party_kind(value))


def guess_columns(
    shape: Shape,
    found: Survey,
    *,
    kind: str,
    source: str,
    ready: Source | None = None,
    own: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[Column, ...]:
    """The meaning of each column; `ready` is the program that the file comes from, `own` the firm's own fields:
    {folded name: (code, kind)}.
    """
    columns = [
        _ready(header, ready) or _by_header(header, found.unique[place], kind, source, own or {})
        for place, header in enumerate(shape.headers)
    ]
    for place, column in enumerate(columns):
        columns[place] = _checked(column, found.values(place), {known.field for known in columns}, kind)
    columns = _labelled(_whole_names(columns, kind))
    return tuple(abroad(formatted(columns, found), found))


def _ready(header: str, ready: Source | None) -> Column | None:
    """As the ready mapping of the program has it; "" there means that it stays in the stored row."""
    named = ready.columns.get(key(header)) if ready else None
    if ready is None or named is None:
        return None
    return Column(header, named, ready.systems.get(key(header), ready.system if named == IDENTITY else ""))


def _by_header(header: str, is_unique: bool, kind: str, source: str, own: Mapping[str, tuple[str, str]]) -> Column:
    code, kind_of_own = own.get(fold(header.removeprefix(OWN)), ("", ""))
    if code:
        return Column(header, f"{OWN}{code}", "", kind_of_own)
    if header.lower().startswith(CODE):
        return Column(header, IDENTITY, header[len(CODE) :].strip()[:60])
    if fold(header) in OWN_HEADERS:
        return Column(header, OWN_CODE)
    named = field_named_by(header, kind)
    if named == "company_code":
        return Column(header, named, system_of(header, source))
    if not named and is_unique:
        return Column(header, IDENTITY, system_of(header, source))
    return Column(header, named)


def _checked(column: Column, values: Sequence[str], taken: set[str], kind: str) -> Column:
    """What the header says unless what stands in it says otherwise; that alone where the header is silent."""
    header, field = column.header, column.field
    if field == "title" and values and share(values, lambda value: bool(find_title(value))) < 0.5:
        return Column(header, "job_title") if kind != "organisations" else Column(header)
    if field == "kind" and share(values, _is_kind) < 0.8:
        return Column(header)
    if field == "stage" and share(values, lambda value: bool(vocabulary.stage(value))) < 0.5:
        return Column(header)
    if not field and values and not is_identifier_name(header) and not _is_label(header):
        named = by_content(values, taken)
        return Column(header, named) if named in fields_of(kind) else column
    return column


def _is_label(header: str) -> bool:
    return bool(group_of(header)) and words_of(header)[-1:] != [] and words_of(header)[-1] in _LABELS


def _labelled(columns: list[Column]) -> list[Column]:
    """Beside "Phone 1 - Value" stands "Phone 1 - Type", which tells which telephone it is."""
    groups = {group_of(column.header) for column in columns if column.field} - {""}
    return [
        Column(column.header, "label") if _is_label(column.header) and group_of(column.header) in groups else column
        for column in columns
    ]


def _whole_names(columns: list[Column], kind: str) -> list[Column]:
    """Without a column of family names "Name" is the whole name: of a person, in a mixed file of whoever it is."""
    known = {column.field for column in columns}
    if kind == "organisations":
        return columns
    if "family_name" in known:
        return [Column(c.header) if c.field == "name" and known & {"given_name", "company"} else c for c in columns]
    if known & {"full_name", "name_reversed"}:
        return columns
    whole = "name" if kind == "parties" else "full_name"
    return [Column(c.header, whole) if c.field == "given_name" else c for c in columns]
