"""What a column can mean, and what its header says it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.operational.transfer.meaning import ALL, ORGANISATIONS, PARTIES, PEOPLE, PERSONS, Field
from filo.operational.transfer.thing_fields import FIELDS_OF_THINGS, THINGS

__all__ = ["ALL", "ORGANISATIONS", "PARTIES", "PEOPLE", "PERSONS", "THINGS", "Column", "Field"]


@dataclass(frozen=True)
class Column:
    """A header with its meaning; an empty `field` leaves the cell in the stored row.

    `format` says how its cells are read where that is not the same everywhere: the order of days ("mdy"), the sign
    before decimals ("point"), places that are not in Italy ("abroad"), the kind of a field of one's own with
    either ("date mdy"). `choices` are those of such a field, (as they are written, code), known once rows are read.
    """

    header: str
    field: str = ""
    system: str = ""
    format: str = ""
    choices: tuple[tuple[str, str], ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("kind", _("Person or organisation"), (PARTIES,)),
    Field("legal_name", _("Name"), (ORGANISATIONS,)),
    Field("name", _("Name of the person or organisation"), (PARTIES,)),
    Field("full_name", _("Given name and family name"), PERSONS),
    Field("name_reversed", _("Family name and given name"), PERSONS),
    Field("given_name", _("Given name"), PERSONS),
    Field("middle_name", _("Middle name"), PERSONS),
    Field("family_name", _("Family name"), PERSONS),
    Field("title", _("Title"), PERSONS),
    Field("job_title", _("Role in the firm"), PERSONS),
    Field("company", _("Firm the person works for"), (PEOPLE,)),
    Field("company", _("Organisation, or firm the person works for"), (PARTIES,)),
    Field("company_code", _("Code of the firm the person works for"), PERSONS),
    Field("gender", _("Gender"), PERSONS),
    Field("birth_date", _("Date of birth"), PERSONS, "birth_date"),
    Field("email", _("E-mail")),
    Field("pec", _("PEC")),
    Field("phone", _("Phone")),
    Field("mobile", _("Mobile")),
    Field("fax", _("Fax")),
    Field("web", _("Web")),
    Field("social", _("Social")),
    Field("label", _("Kind of the number or address beside it")),
    Field("vat_number", _("VAT number"), ALL, "vat_number"),
    Field("codice_fiscale", _("Codice fiscale"), ALL, "codice_fiscale"),
    Field("sdi_code", _("SDI code")),
    Field("sector", _("Sector")),
    Field("language", _("Language")),
    Field("notes", _("Notes"), ALL, "notes"),
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
# What one is to us, and to which of our companies: the column says it row by row.
BELONGING: tuple[Field, ...] = (
    Field("selling_company", _("Selling company")),
    Field("stage", _("Stage")),
    Field("owner", _("Who looks after it (e-mail or name)")),
    Field("area", _("Area")),
    Field("channel", _("Channel")),
    Field("product_line", _("Product line")),
    Field("unit", _("Unit")),
)
IDENTITY, OWN_CODE = "identity", "party"
OWN = "fields."


@cache
def fields_of(kind: str) -> dict[str, Field]:
    """Every meaning that a column of such a file can have, by code; addresses other than the main as use.part."""
    if kind in THINGS:
        return dict(FIELDS_OF_THINGS[kind])
    found = {field.code: field for field in FIELDS if kind in field.kinds}
    for use in USES:
        for part in ADDRESS_PARTS:
            code = part.code if use == "main" else f"{use}.{part.code}"
            found[code] = Field(code, part.label)
    found |= {field.code: field for field in BELONGING}
    found[IDENTITY] = Field(IDENTITY, _("Code in another system"))
    found[OWN_CODE] = Field(OWN_CODE, _("Code here, as exports give it"))
    return found


def is_meaning(field: str, kind: str) -> bool:
    """Whether a column of such a file can mean this; which fields of one's own there are is asked elsewhere."""
    return field in fields_of(kind) or (is_own(field) and kind not in THINGS)


def is_own(field: str) -> bool:
    """Whether it is a field that the firm made."""
    return field.startswith(OWN)


def as_json(columns: Iterable[Column]) -> list[dict[str, str]]:
    """Columns as an import keeps them."""
    return [
        {"header": found.header, "field": found.field, "system": found.system, "format": found.format}
        for found in columns
    ]


def from_json(kept: Iterable[Mapping[str, str]]) -> tuple[Column, ...]:
    """The columns that an import kept."""
    return tuple(
        Column(found["header"], found.get("field", ""), found.get("system", ""), found.get("format", ""))
        for found in kept
    )


NAMING = {
    "organisations": {"legal_name"},
    "people": {"given_name", "family_name", "full_name", "name_reversed"},
    "parties": {"given_name", "family_name", "full_name", "name_reversed", "name", "company"},
}


def names_nobody(kind: str, columns: Sequence[Column]) -> bool:
    """Whether rows are taken for customers, and no column holds the name of any."""
    return kind in NAMING and not NAMING[kind] & {column.field for column in columns}
