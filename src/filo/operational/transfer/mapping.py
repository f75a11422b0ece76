"""What a column can mean, and what its header says it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.folding import fold
from filo.operational.transfer.headers import GENERIC, IDENTIFIERS, MEANINGLESS, OF_USES, WORDS

BOTH = ("organisations", "people")


@dataclass(frozen=True)
class Field:
    """A meaning; a role from whom `masked_by` is hidden may neither write nor match by it."""

    code: str
    label: str | Promise
    kinds: tuple[str, ...] = BOTH
    masked_by: str = ""


@dataclass(frozen=True)
class Column:
    """A header with its meaning; an empty `field` leaves the cell in the stored row."""

    header: str
    field: str = ""
    system: str = ""


ORGANISATIONS, PEOPLE = ("organisations",), ("people",)
FIELDS: tuple[Field, ...] = (
    Field("legal_name", _("Name"), ORGANISATIONS),
    Field("full_name", _("Given name and family name"), PEOPLE),
    Field("name_reversed", _("Family name and given name"), PEOPLE),
    Field("given_name", _("Given name"), PEOPLE),
    Field("family_name", _("Family name"), PEOPLE),
    Field("title", _("Title"), PEOPLE),
    Field("job_title", _("Role in the firm"), PEOPLE),
    Field("company", _("Firm the person works for"), PEOPLE),
    Field("gender", _("Gender"), PEOPLE),
    Field("birth_date", _("Date of birth"), PEOPLE, "birth_date"),
    Field("email", _("E-mail")),
    Field("pec", _("PEC")),
    Field("phone", _("Phone")),
    Field("mobile", _("Mobile")),
    Field("fax", _("Fax")),
    Field("web", _("Web")),
    Field("social", _("Social")),
    Field("vat_number", _("VAT number"), BOTH, "vat_number"),
    Field("codice_fiscale", _("Codice fiscale"), BOTH, "codice_fiscale"),
    Field("sdi_code", _("SDI code")),
    Field("sector", _("Sector")),
    Field("language", _("Language")),
    Field("notes", _("Notes"), BOTH, "notes"),
    Field("latitude", _("Latitude")),
    Field("longitude", _("Longitude")),
)
ADDRESS_PARTS: tuple[Field, ...] = (
    Field("street", _("Street and number")),
    Field("postal_code", _("Postal code")),
    Field("city", _("City")),
    Field("locality", _("Hamlet")),
    Field("province", _("Province")),
    Field("country", _("Country")),
)
USES: Mapping[str, str | Promise] = {
    "main": "",
    "billing": pgettext_lazy("of an address", "billing"),
    "shipping": pgettext_lazy("of an address", "shipping"),
    "home": pgettext_lazy("of an address", "home"),
    "other": pgettext_lazy("of an address", "other"),
}
IDENTITY = "identity"
_PARTS = frozenset(part.code for part in ADDRESS_PARTS)


@cache
def fields_of(kind: str) -> dict[str, Field]:
    """Every meaning that a column of such a file can have, by code; addresses other than the main as use.part."""
    found = {field.code: field for field in FIELDS if kind in field.kinds}
    for use in USES:
        for part in ADDRESS_PARTS:
            code = part.code if use == "main" else f"{use}.{part.code}"
            found[code] = Field(code, part.label)
    found[IDENTITY] = Field(IDENTITY, _("Code in another system"))
    return found


def field_named_by(header: str, kind: str) -> str:
    """The meaning that a header says in words; "" when it says nothing known."""
    words = "".join(" " if letter.isdigit() else letter for letter in fold(header)).split()
    use = next((use for use, known in OF_USES.items() if set(words) & set(known)), "main")
    idle = MEANINGLESS | set(OF_USES.get(use, ()))
    for telling in (words, [word for word in words if word not in idle]):
        code = _code("".join(telling), kind)
        if code:
            return f"{use}.{code}" if use != "main" and code in _PARTS else code
    return "phone" if words == ["abitazione"] else ""  # as Outlook calls the telephone at home


@cache
def _by_word(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, field in fields_of(kind).items():
        for word in WORDS.get(field.code, ()):
            found.setdefault(word, code)
    return found


def _code(word: str, kind: str) -> str:
    known = _by_word(kind)
    if word in known:
        return known[word]
    prefixes = ("company", "account", "azienda") if kind == "organisations" else ("contact", "person", "lead")
    rest = next((word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)), "")
    return known.get(rest, "")


def is_identifier_name(header: str) -> bool:
    """Whether a header speaks of a code in some system: codice-isil, Contact ID, id."""
    words = set(fold(header).split())
    return bool(words & IDENTIFIERS) or any(word.endswith("id") and len(word) > 4 for word in words)


def system_of(header: str, source: str) -> str:
    """How the system of a code is called: by the header; by source and header when that is just "id"."""
    name = fold(header)
    return (f"{fold(source)} {name}".strip() if name in GENERIC else name)[:60]


def as_json(columns: Iterable[Column]) -> list[dict[str, str]]:
    """Columns as an import keeps them."""
    return [{"header": found.header, "field": found.field, "system": found.system} for found in columns]


def from_json(kept: Iterable[Mapping[str, str]]) -> tuple[Column, ...]:
    """The columns that an import kept."""
    return tuple(Column(found["header"], found.get("field", ""), found.get("system", "")) for found in kept)
