"""The columns of files with parties: all there are, and those that the list shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

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
from filo.operational.parties.queries.taken import ADDRESS, PLACES, TIE_PLACES, TakenParty, systems_known

Words = str | Promise
BETWEEN = "; "
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
    found = {}
    for name, column in PARTY_COLUMNS.known_to(principal).items():
        if name in own:
            found[name] = own[name]
        elif name in _LISTED:
            kind, value, needs = _LISTED[name]
            found[name] = ExportColumn(name, column.label, value, kind, needs, column.mask)
    return found


def _fact(name: str) -> Callable[[TakenParty], Any]:
    place = PLACES[name]
    return lambda row: row.facts[place]


def _label(name: str, pairs: Any) -> Callable[[TakenParty], str]:
    place, labels = PLACES[name], dict(pairs)
    return lambda row: str(labels.get(row.facts[place], row.facts[place]))


def _plain(name: str, label: Words, kind: ValueKind = "text", *, masked: bool = False) -> ExportColumn:
    return ExportColumn(name, label, _fact(name), kind, mask=("party", name) if masked else None)


def _points(type_: str) -> Callable[[TakenParty], str]:
    def value(row: TakenParty) -> str:
        found = [point[1] for point in row.points if point[0] == type_]
        return BETWEEN.join(found) if found else ""

    return value


def _first_point(*types: str) -> Callable[[TakenParty], str]:
    return lambda row: next((point[1] for type_ in types for point in row.points if point[0] == type_), "")


def _tie(name: str) -> Callable[[TakenParty], Any]:
    """A fact of the relationship that is furthest along."""
    place = TIE_PLACES[name]
    return lambda row: row.ties[0][place] or "" if row.ties else ""


def _stage(row: TakenParty) -> str:
    return str(dict(STAGES)[row.ties[0][0]]) if row.ties else ""


def _stage_in_list(row: TakenParty) -> str:
    return _stage(row) or _("Contact")


def _owner_name(tie: tuple[Any, ...]) -> str:
    given, family = tie[TIE_PLACES["owner__given_name"]], tie[TIE_PLACES["owner__family_name"]]
    return " ".join(filter(None, (given, family))) or tie[TIE_PLACES["owner__email"]] or ""


def _further_ties(row: TakenParty) -> str:
    return BETWEEN.join(_told(tie) for tie in row.ties[1:]) if len(row.ties) > 1 else ""


def _told(tie: tuple[Any, ...]) -> str:
    """*Aurora Moda, Donna: Customer, agente.uno@aurora.example, Nord*."""
    firm = [tie[TIE_PLACES[name]] for name in ("company__name", "product_line__name")]
    rest = [str(dict(STAGES)[tie[0]]), *(tie[TIE_PLACES[name]] for name in ("owner__email", "area__name"))]
    ended = [_("ended")] if tie[TIE_PLACES["ended_at"]] is not None else []
    return f"{', '.join(filter(None, firm))}: {', '.join([*filter(None, rest), *ended])}"


def _address(use: str, part: str) -> Callable[[TakenParty], Any]:
    place = ADDRESS.index(part)

    def value(row: TakenParty) -> Any:
        for address in row.addresses:
            if address[0] == use:
                return address[place]
        return ""

    return value


def _degrees(part: str) -> Callable[[TakenParty], Any]:
    """As text: a decimal point in every language, and no digit more or less than was kept."""
    read = _address("main", part)
    return lambda row: f"{found:.6f}" if (found := read(row)) not in ("", None) else ""


def _further_addresses(row: TakenParty) -> str:
    """What has no columns of its own: the second of a use."""
    seen: set[str] = set()
    further = []
    for address in row.addresses:
        if address[0] in seen:
            further.append(", ".join(filter(None, address[1:7])))
        seen.add(address[0])
    return BETWEEN.join(further)


def _place(row: TakenParty) -> str:
    return f"{row.addresses[0][4]} {row.addresses[0][5]}".strip() if row.addresses else ""


def _firm(place: int) -> Callable[[TakenParty], str]:
    return lambda row: row.firms[0][place] if row.firms else ""


def _code(system: str) -> Callable[[TakenParty], str]:
    return lambda row: BETWEEN.join(key for found, key in row.codes if found == system) if row.codes else ""


def _all() -> Iterator[ExportColumn]:
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
    yield ExportColumn("stage", gettext_lazy("Stage"), _stage, needs=("ties",))
    for code, name, label in TIE_LABELS:
        yield ExportColumn(code, label, _tie(name), needs=("ties",))
    yield ExportColumn("further_relationships", gettext_lazy("Further relationships"), _further_ties, needs=("ties",))
    yield _plain("source", gettext_lazy("Source"))
    yield _plain("notes", gettext_lazy("Notes"), masked=True)
    yield from _own_fields()
    for system in systems_known():
        yield ExportColumn(f"code:{system}", f"code:{system}", _code(system), needs=("codes",))
    yield ExportColumn("last_contact", gettext_lazy("Last contact"), lambda row: row.heard, "moment", ("heard",))
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


def _own(field: CustomField) -> Callable[[TakenParty], Any]:
    code, labels = field.code, field.labels

    def chosen(row: TakenParty) -> str:
        found = row.own.get(code) or []
        return BETWEEN.join(labels.get(str(one), str(one)) for one in (found if isinstance(found, list) else [found]))

    return chosen if field.has_choices else lambda row: row.own.get(code)


_TIES: tuple[str, ...] = ("ties",)
_LISTED: Mapping[str, tuple[ValueKind, Callable[[TakenParty], Any], tuple[str, ...]]] = {
    "name": ("text", _fact("display_name"), ()),
    "stage": ("text", _stage_in_list, _TIES),
    "place": ("text", _place, ("addresses",)),
    "owner": ("text", lambda row: _owner_name(row.ties[0]) if row.ties else "", _TIES),
    "last_contact": ("moment", lambda row: row.heard, ("heard",)),
    "phone": ("text", _first_point("mobile", "phone"), ("points",)),
    "email": ("text", _first_point("email", "pec"), ("points",)),
    **{name: ("text", _tie(f"{name}__name"), _TIES) for name in ("area", "unit", "company", "product_line", "channel")},
    "kind": ("text", _label("kind", KINDS), ()),
    **{name: ("text", _fact(name), ()) for name in ("sector", "vat_number", "codice_fiscale", "sdi_code", "source")},
    "birth_date": ("day", _fact("birth_date"), ()),
    "language": ("text", _label("language", LANGUAGES), ()),
    "created": ("moment", _fact("created_at"), ()),
    "updated": ("moment", _fact("updated_at"), ()),
}
