"""The columns of files with parties: all there are, and those that the list shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import ExportColumn, ValueKind
from filo.foundation.fields.models import CustomField
from filo.foundation.fields.queries import fields_of
from filo.operational.parties.columns import PARTY_COLUMNS
from filo.operational.parties.models.contact import ADDRESS_USES
from filo.operational.parties.models.party import GENDERS, KINDS, LANGUAGES
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.queries.taken import (
    ADDRESS,
    BETWEEN,
    PLACES,
    TIE_PLACES,
    TakenParties,
    systems_known,
)

Words = str | Promise
Values = Callable[[TakenParties], list[Any]]
ONLY_PERSONS = frozenset(("given_name", "family_name", "title", "gender", "birth_date", "firm", "job_title"))
ONLY_ORGANISATIONS = frozenset(("legal_name",))
POINT_LABELS: tuple[tuple[str, Words], ...] = (
    ("email", gettext_lazy("E-mail")),
    ("pec", gettext_lazy("PEC")),
    ("mobile", gettext_lazy("Mobile")),
    ("phone", gettext_lazy("Phone")),
    ("fax", gettext_lazy("Fax")),
    ("web", gettext_lazy("Web")),
    ("social", gettext_lazy("Social")),
)
# As imports call them, so that what was taken out comes in again by itself.
ADDRESS_LABELS: tuple[tuple[str, Words], ...] = (
    ("street", pgettext_lazy("of an address", "Street")),
    ("locality", gettext_lazy("Hamlet")),
    ("postal_code", gettext_lazy("Postal code")),
    ("city", gettext_lazy("City")),
    ("province", gettext_lazy("Province")),
    ("country", gettext_lazy("Country")),
)
TIE_LABELS: tuple[tuple[str, str, Words], ...] = (
    ("company", "company__name", gettext_lazy("Selling company")),
    ("product_line", "product_line__name", gettext_lazy("Product line")),
    ("owner", "owner__email", pgettext_lazy("of a customer", "Owner")),
    ("area", "area__name", gettext_lazy("Area")),
    ("channel", "channel__name", gettext_lazy("Channel")),
    ("unit", "unit__name", gettext_lazy("Unit")),
)
CUSTOM_KINDS: Mapping[str, ValueKind] = {"number": "number", "money": "number", "date": "day"}


def columns_of(kind: str) -> Callable[[Principal], Sequence[ExportColumn]]:
    """All columns of files with parties of a kind ("person", "organisation", or both: "")."""
    needless = {"person": ONLY_ORGANISATIONS | {"kind"}, "organisation": ONLY_PERSONS | {"kind"}}.get(kind, frozenset())

    def columns(principal: Principal) -> Sequence[ExportColumn]:
        hidden = principal.hidden("party")
        return [
            found for found in _all() if found.code not in needless and not (found.mask and found.mask[1] in hidden)
        ]

    return columns


def listed_columns(principal: Principal) -> Mapping[str, ExportColumn]:
    """The columns of the list by their names there, as far as this principal sees them."""
    own = {column.code: column for column in _own_fields()}
    # What is a word of ours is put into it when the file is written, in its language.
    worded: dict[str, tuple[ValueKind, Values, tuple[str, ...]]] = {
        "stage": ("text", _stage(_("Contact")), _TIES),
        "kind": ("text", _label("kind", KINDS), ()),
        "language": ("text", _label("language", LANGUAGES), ()),
    }
    found = {}
    for name, column in PARTY_COLUMNS.known_to(principal).items():
        if name in own:
            found[name] = own[name]
        elif read := worded.get(name) or _LISTED.get(name):
            kind, values, needs = read
            found[name] = ExportColumn(name, column.label, values, kind, needs, column.mask)
    return found


def _fact(name: str) -> Values:
    place = PLACES[name]
    return lambda found: [row[place] for row in found.facts]


def _ids(found: TakenParties) -> list[Any]:
    """Written the same by every database: by it an import knows the party again."""
    return [str(UUID(str(row[0]))) for row in found.facts]


def _label(name: str, pairs: Any) -> Values:
    place, labels = PLACES[name], {code: str(label) for code, label in pairs}
    return lambda found: [labels.get(row[place], row[place]) for row in found.facts]


def _plain(name: str, label: Words, kind: ValueKind = "text", *, masked: bool = False) -> ExportColumn:
    return ExportColumn(name, label, _fact(name), kind, mask=("party", name) if masked else None)


def _by_key(found: TakenParties, kept: Mapping[Any, Any]) -> list[Any]:
    return [kept.get(row[0], "") for row in found.facts] if kept else [""] * len(found)


def _points(type_: str) -> Values:
    return lambda found: _by_key(found, found.points.get(type_, {}))


def _first_point(*types: str) -> Values:
    def values(found: TakenParties) -> list[Any]:
        kept = [found.first_points.get(type_, {}) for type_ in types]
        return [next((one[row[0]] for one in kept if row[0] in one), "") for row in found.facts]

    return values


def _tie(name: str) -> Values:
    """A fact of the relationship that is furthest along."""
    place, nothing = TIE_PLACES[name], ("",) * len(TIE_PLACES)
    return lambda found: [found.ties.get(row[0], nothing)[place] or "" for row in found.facts]


def _stage(nothing: str) -> Values:
    labels = {code: str(label) for code, label in STAGES}
    return lambda found: [labels[found.ties[row[0]][0]] if row[0] in found.ties else nothing for row in found.facts]


def _owner_names(found: TakenParties) -> list[Any]:
    return [_owner_name(found.ties[row[0]]) if row[0] in found.ties else "" for row in found.facts]


def _owner_name(tie: tuple[Any, ...]) -> str:
    given, family = tie[TIE_PLACES["owner__given_name"]], tie[TIE_PLACES["owner__family_name"]]
    return " ".join(filter(None, (given, family))) or tie[TIE_PLACES["owner__email"]] or ""


def _further_ties(found: TakenParties) -> list[Any]:
    return _by_key(found, {key: BETWEEN.join(map(_told, ties)) for key, ties in found.further_ties.items()})


def _told(tie: tuple[Any, ...]) -> str:
    """*Aurora Moda, Donna: Customer, agente.uno@aurora.example, Nord*."""
    firm = [tie[TIE_PLACES[name]] for name in ("company__name", "product_line__name")]
    rest = [str(dict(STAGES)[tie[0]]), *(tie[TIE_PLACES[name]] for name in ("owner__email", "area__name"))]
    ended = [_("ended")] if tie[TIE_PLACES["ended_at"]] is not None else []
    return f"{', '.join(filter(None, firm))}: {', '.join([*filter(None, rest), *ended])}"


def _address(use: str, part: str) -> Values:
    place = ADDRESS.index(part)
    return lambda found: _by_key(found, {key: row[place] for key, row in found.places.get(use, {}).items()})


def _degrees(part: str) -> Values:
    """As text: a decimal point in every language, and no digit more or less than was kept."""
    read = _address("main", part)
    return lambda found: [f"{value:.6f}" if value not in ("", None) else "" for value in read(found)]


def _further_addresses(found: TakenParties) -> list[Any]:
    """What has no columns of its own: the second of a use."""
    further = found.further_places.items()
    told = {key: BETWEEN.join(", ".join(filter(None, row[1:7])) for row in rows) for key, rows in further}
    return _by_key(found, told)


def _places(found: TakenParties) -> list[Any]:
    """City and province of the first address, the main one before the others."""
    told: dict[Any, str] = {}
    for of_use in found.places.values():
        for key, row in of_use.items():
            if key not in told or row[0] == "main":
                told[key] = f"{row[4]} {row[5]}".strip()
    return _by_key(found, told)


def _firm(place: int) -> Values:
    return lambda found: _by_key(found, {key: firm[place] for key, firm in found.firms.items()})


def _code(system: str) -> Values:
    return lambda found: _by_key(found, found.codes.get(system, {}))


def _heard(found: TakenParties) -> list[Any]:
    return _by_key(found, found.heard)


def _all() -> Iterator[ExportColumn]:
    yield ExportColumn("id", gettext_lazy("Filo ID"), _ids)
    yield ExportColumn("kind", gettext_lazy("Kind"), _label("kind", KINDS))
    yield _plain("title", gettext_lazy("Title"))
    yield _plain("given_name", gettext_lazy("Given name"))
    yield _plain("family_name", gettext_lazy("Family name"))
    yield _plain("legal_name", gettext_lazy("Company name"))
    yield ExportColumn("firm", pgettext_lazy("a person's", "Organisation"), _firm(0), needs=("firms",))
    yield ExportColumn("job_title", pgettext_lazy("in a firm", "Position"), _firm(1), needs=("firms",))
    yield ExportColumn("gender", gettext_lazy("Gender"), _label("gender", [("", ""), *GENDERS[1:]]))
    yield _plain("birth_date", gettext_lazy("Date of birth"), "day", masked=True)
    for type_, label in POINT_LABELS:
        yield ExportColumn(type_, label, _points(type_), needs=("points",))
    yield _plain("vat_number", gettext_lazy("VAT number"), masked=True)
    yield _plain("codice_fiscale", gettext_lazy("Codice fiscale"), masked=True)
    yield _plain("sdi_code", pgettext_lazy("code of the exchange system", "SDI"))
    yield _plain("sector", gettext_lazy("Sector"))
    yield ExportColumn("language", gettext_lazy("Language"), _label("language", LANGUAGES))
    yield from _of_addresses()
    yield ExportColumn("stage", gettext_lazy("Stage"), _stage(""), needs=("ties",))
    for code, name, label in TIE_LABELS:
        yield ExportColumn(code, label, _tie(name), needs=("ties",))
    yield ExportColumn("further_relationships", gettext_lazy("Further relationships"), _further_ties, needs=("ties",))
    yield _plain("source", gettext_lazy("Source"))
    yield _plain("notes", gettext_lazy("Notes"), masked=True)
    yield from _own_fields()
    for system in systems_known():
        yield ExportColumn(f"code:{system}", f"code:{system}", _code(system), needs=("codes",))
    yield ExportColumn("last_contact", gettext_lazy("Last contact"), _heard, "moment", ("heard",))
    yield _plain("created_at", gettext_lazy("Entered"), "moment")
    yield _plain("updated_at", gettext_lazy("Changed"), "moment")


def _of_addresses() -> Iterator[ExportColumn]:
    for use, said in ADDRESS_USES:
        for part, label in ADDRESS_LABELS:
            code, words = (part, label) if use == "main" else (f"{use}.{part}", f"{label} ({str(said).lower()})")
            yield ExportColumn(code, words, _address(use, part), needs=("addresses",))
        if use == "main":
            yield ExportColumn("latitude", gettext_lazy("Latitude"), _degrees("latitude"), needs=("addresses",))
            yield ExportColumn("longitude", gettext_lazy("Longitude"), _degrees("longitude"), needs=("addresses",))
    label = gettext_lazy("Further addresses")
    yield ExportColumn("further_addresses", label, _further_addresses, needs=("addresses",))


def _own_fields() -> Iterator[ExportColumn]:
    for field in fields_of("party"):
        yield ExportColumn(field.name, field.label, _own(field), CUSTOM_KINDS.get(field.kind, "text"), needs=("own",))


def _own(field: CustomField) -> Values:
    code, labels = field.code, field.labels

    def said(value: Any) -> str:
        chosen = value if isinstance(value, list) else [value]
        return BETWEEN.join(labels.get(str(one), str(one)) for one in chosen)

    def values(found: TakenParties) -> list[Any]:
        kept = {key: mine[code] for key, mine in found.own.items() if code in mine}
        return _by_key(found, {key: said(value) for key, value in kept.items()} if field.has_choices else kept)

    return values


_TIES: tuple[str, ...] = ("ties",)
_LISTED: Mapping[str, tuple[ValueKind, Values, tuple[str, ...]]] = {
    "name": ("text", _fact("display_name"), ()),
    "place": ("text", _places, ("addresses",)),
    "owner": ("text", _owner_names, _TIES),
    "last_contact": ("moment", _heard, ("heard",)),
    "phone": ("text", _first_point("mobile", "phone"), ("points",)),
    "email": ("text", _first_point("email", "pec"), ("points",)),
    **{name: ("text", _tie(f"{name}__name"), _TIES) for name in ("area", "unit", "company", "product_line", "channel")},
    **{name: ("text", _fact(name), ()) for name in ("sector", "vat_number", "codice_fiscale", "sdi_code", "source")},
    "birth_date": ("day", _fact("birth_date"), ()),
    "created": ("moment", _fact("created_at"), ()),
    "updated": ("moment", _fact("updated_at"), ()),
}
