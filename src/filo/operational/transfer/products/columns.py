"""What the columns of a list of products mean, by their headers and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from filo.operational.transfer.mapping import Column
from filo.operational.transfer.products.words import ATTRIBUTES, KNOWN, TYPES, is_italian, squashed
from filo.operational.transfer.surveying import Survey

_NUMBERED = re.compile(r"(?:variant)?(?:attribute|option|attributo|opzione)(\d+)(name|nome|values?|valorei?|valorii?)")
_NUMBERED_AFTER = re.compile(
    r"(name|nome|values?|valorei?|valorii?)(?:d[ei]?ll?)?(?:attribute|option|attributo|opzione)(\d+)"
    r"|productoption(name|description)(\d+)"
)
_SIZE = re.compile(
    r"(?:(?:tg|taglia|size|mis|misura|eu|n)\b\.?)?\s*"
    r"(x{0,4}[sl](?:/x?[sml])?|m(?:/l)?|[2-8]xl|tu|unica|one size|"
    r"(?:1[4-9]|[2-5]\d|6[0-4])(?:[.,]5|[ -]?1/2|½|/\d\d)?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-?\d[\d.,]*")
LONGEST_NAME = 200
_COUNTS = ("giacenza", "quantita", "qta", "stock", "stockquantity", "qty", "quantity", "giacenzaattuale", "esistenza")
_FLAGS = ("instock", "disponibile", "disponibilita", "stock")
Values = Callable[[int], Sequence[str]]


@dataclass
class Meant:
    """Which column holds what: fields, attributes by name, numbered pairs of name and value, pieces by their size.

    size: what the attribute is called whose values head columns of pieces.
    """

    headers: list[str] = field(default_factory=list)
    fields: dict[str, int] = field(default_factory=dict)
    attributes: dict[str, int] = field(default_factory=dict)
    numbered: dict[int, dict[str, int]] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)

    @property
    def is_italian(self) -> bool:
        return is_italian(self.headers)

    @property
    def size(self) -> str:
        return "Taglia" if self.is_italian else "Size"


def recognised(headers: Sequence[str], values: Values = lambda _place: ()) -> Meant:
    """What the headers say; where one could mean two things its values tell."""
    names = _names(headers, values)
    found = Meant(list(headers))
    for one, known in KNOWN.items():
        places = [names.index(name) for name in known if name in names]
        places = [place for place in places if place not in found.fields.values()]
        if places:
            found.fields[one] = next((place for place in places if values(place)), places[0])
    taken = set(found.fields.values())
    found.attributes = {
        ATTRIBUTES[name]: place for place, name in enumerate(names) if name in ATTRIBUTES and place not in taken
    }
    for place, name in enumerate(names):
        if (pair := _numbered(name)) is not None:
            found.numbered.setdefault(pair[0], {})[pair[1]] = place
    found.pieces = _pieces(headers, values, taken)
    if "name" not in found.fields and "description" in found.fields:  # many lists call the name a description
        _name_by_description(found, names, values)
    if "name" not in found.fields and "articolo" in names and names.index("articolo") not in found.fields.values():
        found.fields["name"] = names.index("articolo")
    if "product" not in found.fields and "option_names" in found.fields and "slug" in names:
        found.fields["product"] = names.index("slug")  # Vendure says it beside the first variant only
    if "sku" not in found.fields and "product" in found.fields and not _says_variants(found):
        found.fields["sku"] = found.fields.pop("product")
    return found


def _name_by_description(found: Meant, names: Sequence[str], values: Values) -> None:
    """What is called a description is the name where it is short; a further one is the description then."""
    said = values(found.fields["description"])
    if any(len(one) > LONGEST_NAME or "<" in one for one in said):
        return
    found.fields["name"] = found.fields.pop("description")
    others = (names.index(name) for name in KNOWN["description"] if name in names)
    place = next((place for place in others if place not in found.fields.values()), None)
    if place is not None:
        found.fields["description"] = place


def _says_variants(found: Meant) -> bool:
    return bool(found.attributes or found.numbered or found.pieces or "attributes" in found.fields)


def _names(headers: Sequence[str], values: Values) -> list[str]:
    """Headers as they are compared; those that shops use otherwise are called by what they hold."""
    names = [squashed(header) for header in headers]
    if "producthandle" in names:  # Medusa weighs in grams
        names = [{"variantweight": "grams", "productweight": ""}.get(name, name) for name in names]
    counts_elsewhere = any(name in _COUNTS for name in names)
    asks = any(header.strip().endswith("?") for header, name in zip(headers, names, strict=True) if name in _FLAGS)
    for place, (header, name) in enumerate(zip(headers, names, strict=True)):
        said = [value for value in values(place) if value]
        are_numbers = bool(said) and all(_NUMBER.fullmatch(value) for value in said)
        if name in ("producttype", "tipologia", "tipoprodotto") and said and all(_is_type(one) for one in said):
            names[place] = "type"
        elif name in ("type", "tipo") and said and not any(TYPES & set(re.split(r"\W+", one.lower())) for one in said):
            names[place] = "producttype"
        elif name in _FLAGS and (
            header.strip().endswith("?") or (said and not any(_NUMBER.search(value) for value in said))
        ):
            names[place] = "availability"
        elif name == "magazzino" and (are_numbers or (asks and not said)) and not counts_elsewhere:
            names[place] = "giacenza"
    return names


def _is_type(value: str) -> bool:
    return bool(TYPES & set(re.split(r"\W+", value.lower())))


def _numbered(name: str) -> tuple[int, str] | None:
    if found := _NUMBERED.fullmatch(name):
        number, part = found[1], found[2]
    elif found := _NUMBERED_AFTER.fullmatch(name):
        part, number = found[1] or found[3], found[2] or found[4]
    else:
        return None
    return int(number), "name" if part in ("name", "nome") else "value"


def _pieces(headers: Sequence[str], values: Values, taken: set[int]) -> dict[str, int]:
    """Columns that are headed by sizes and hold how many there are: two of them at least."""
    found = {}
    for place, header in enumerate(headers):
        size = _SIZE.fullmatch(header.strip())
        if size and place not in taken and all(_NUMBER.fullmatch(value) for value in values(place)):
            found[size[1].upper() if size[1].isalpha() else size[1]] = place
    return found if len(found) > 1 else {}


def looks_like_products(headers: Sequence[str]) -> bool:
    """Whether a file with these headers is a list of products."""
    found = recognised(headers)
    has_code = found.fields.keys() & {"sku", "product"}
    says = found.fields.keys() & {"price", "gross", "stock", "cost", "barcode"}
    return bool(has_code and "name" in found.fields and (says or found.pieces))


def product_columns(headers: Sequence[str], found: Survey) -> tuple[Column, ...]:
    """The meaning of each column, as an import keeps it."""
    told = recognised(headers, found.values)
    meanings = {place: one for one, place in told.fields.items()} | dict.fromkeys(told.attributes.values(), "attribute")
    for pair in told.numbered.values():
        meanings |= {place: f"attribute_{part}" for part, place in pair.items()}
    meanings |= dict.fromkeys(told.pieces.values(), "pieces")
    return tuple(Column(header, meanings.get(place, "")) for place, header in enumerate(headers))


def meant(columns: Sequence[Column]) -> Meant:
    """The other way: which column holds what, by meanings that were guessed or chosen."""
    found = Meant([column.header for column in columns])
    for place, column in enumerate(columns):
        _first, _mark, part = column.field.partition("attribute_")
        if column.field == "attribute":
            found.attributes[ATTRIBUTES.get(squashed(column.header), column.header)] = place
        elif column.field == "pieces":
            size = _SIZE.fullmatch(column.header.strip())
            found.pieces[(size[1].upper() if size[1].isalpha() else size[1]) if size else column.header] = place
        elif part in ("name", "value"):
            number = re.search(r"\d+", column.header)
            found.numbered.setdefault(int(number[0]) if number else 0, {})[part] = place
        elif column.field:
            found.fields.setdefault(column.field, place)
    return found
