"""By which of its values a row is recognised, where somebody chose that: the keys, and what a row says of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.errors import InvalidFields
from filo.foundation.fields.models import TEXT_LENGTH
from filo.foundation.fields.queries import fields_of
from filo.foundation.folding import fold
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import IDENTITY, OWN, OWN_CODE, Column, is_own
from filo.operational.transfer.matching import CODE, Key
from filo.operational.transfer.matching import OWN_CODE as OWN_KEY
from filo.operational.transfer.own_columns import ENTITY

FILO = "filo"  # what Filo goes by itself, where the keys before it found nobody
MOST_KEYS = 5
LABELS: Mapping[str, str | Promise] = {
    OWN_CODE: gettext_lazy("Filo ID"),
    IDENTITY: gettext_lazy("Code in another system"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "vat_number": gettext_lazy("VAT number"),
    "codice_fiscale": gettext_lazy("Codice fiscale"),
    "name_city": gettext_lazy("Name and town"),
    "name": gettext_lazy("Name"),
    FILO: gettext_lazy("As Filo recognises them"),
}
# How Filo says that it recognised a row by itself, beside those above.
NAME_REACHED = "name_reached"
WRITTEN, CALLED = ("email", "pec"), ("phone", "mobile")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    OWN_CODE: (OWN_CODE,),
    IDENTITY: (IDENTITY,),
    "email": WRITTEN,
    "phone": CALLED,
    "vat_number": ("vat_number",),
    "codice_fiscale": ("codice_fiscale",),
    "name_city": ("city",),
}
_KINDS_OF_OWN = ("text", "number")


def keys_known() -> dict[str, str]:
    """{code: name} of the keys that can be chosen, in an order to choose from."""
    own = {field.name: field.label for field in fields_of(ENTITY) if field.kind in _KINDS_OF_OWN}
    return {code: str(label) for code, label in LABELS.items() if code != FILO} | own | {FILO: str(LABELS[FILO])}


def key_label(code: str) -> str:
    """How a key is called: of a chosen one, or of what Filo went by."""
    return str(_("Name and what reaches them")) if code == NAME_REACHED else keys_known().get(code, code)


def clean_keys(keys: Iterable[str], columns: Sequence[Column]) -> list[str]:
    """The chosen keys, each once, in their order. Raises `InvalidFields` for one of which no column tells."""
    wanted, known = list(dict.fromkeys(filter(None, keys))), keys_known()
    if len(wanted) > MOST_KEYS or any(key not in known for key in wanted):
        raise InvalidFields({"keys": _("Choose one of: %(names)s.") % {"names": ", ".join(known)}})
    told = {column.field for column in columns}
    for key in wanted:
        needed = (key,) if is_own(key) else _COLUMNS.get(key, ())
        if needed and not told.intersection(needed):
            sentence = _("No column tells “%(key)s”, by which the rows are to be recognised.")
            raise InvalidFields({"keys": sentence % {"key": known[key]}})
    return [] if wanted == [FILO] else wanted


def said_of(facts: Facts, key: str) -> list[Key]:
    """What a row says of a key; nothing where its cells are empty."""
    draft = facts.draft
    assert draft is not None  # noqa: S101
    if key == OWN_CODE:
        return [(OWN_KEY, str(facts.party_id))] if facts.party_id else []
    if key == IDENTITY:
        return [(CODE, system, code) for system, code in facts.identities.items()]
    if key in ("email", "phone"):
        types = WRITTEN if key == "email" else CALLED
        return [(key, draft.kind, point.normalised) for point in draft.points if point.type in types]
    if key in ("vat_number", "codice_fiscale"):
        number = draft.facts[key]
        return [("vat" if key == "vat_number" else "cf", draft.kind, number)] if number else []
    if key == "name":
        return [("name", draft.kind, draft.sort_name)]
    if key == "name_city":
        return [("name-city", draft.kind, draft.sort_name, fold(row.city)) for row in draft.addresses if row.city]
    value = facts.own.get(key.removeprefix(OWN))
    return [("own", draft.kind, key, own_key(str(value)))] if value not in (None, "", []) else []


def own_key(value: str) -> str:
    """A value of a field of one's own as it is compared: folded as it is kept for finding."""
    return fold(value[: TEXT_LENGTH * 2])[:TEXT_LENGTH]


def number_key(value: Decimal) -> str:
    """A number of such a field, written as `own_values` writes it."""
    plain = f"{value:f}"
    return own_key((plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain)
