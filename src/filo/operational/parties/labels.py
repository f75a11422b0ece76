"""Names of fields and values as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.words import names_in, words_of_value
from filo.operational.parties.models.contact import CONTACT_TYPES
from filo.operational.parties.own_fields import ENTITY, among_facts

FIELDS = {
    "title": gettext_lazy("Title"),
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "gender": gettext_lazy("Gender"),
    "birth_date": gettext_lazy("Date of birth"),
    "legal_name": gettext_lazy("Name"),
    "sector": gettext_lazy("Sector"),
    "vat_number": gettext_lazy("VAT number"),
    "codice_fiscale": gettext_lazy("Codice fiscale"),
    "sdi_code": gettext_lazy("SDI code"),
    "language": gettext_lazy("Language"),
    "notes": gettext_lazy("Notes"),
    "contact_points": gettext_lazy("Contact points"),
    "addresses": gettext_lazy("Addresses"),
}


def differing_words(principal: Principal, differing: Mapping[str, tuple[object, object]]) -> list[tuple[str, str, str]]:
    """What two writers differ in: label, theirs, mine; the firm's own fields as they are shown on cards."""
    own = {field.name: field for field in fields_of(ENTITY)} if among_facts(differing) else {}
    found = []
    for name, pair in differing.items():
        field = own.get(name)
        if field is None:
            theirs, mine = (shown_value(value) for value in pair)
        else:
            names = names_in(principal, [field], [{field.code: value} for value in pair])
            theirs, mine = (words_of_value(field, value, names=names) or _("empty") for value in pair)
        found.append((field.label if field else field_label(name), theirs, mine))
    return found


def field_label(name: str) -> str:
    """How a field of a party is called."""
    return str(FIELDS.get(name, name))


def shown_value(value: Any) -> str:
    """A value of a party as one line."""
    if isinstance(value, list):
        return "; ".join(_row(row) for row in value) or _("none")
    return str(value) if value not in (None, "") else _("empty")


def _row(row: dict[str, Any]) -> str:
    if "type" in row:
        return f"{dict(CONTACT_TYPES).get(row['type'], row['type'])} {row.get('value', '')}"
    names = ("street", "postal_code", "city", "province")
    return ", ".join(str(row[name]) for name in names if row.get(name))
