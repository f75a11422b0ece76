"""Raw facts about a party (a form, an API body, a row of a file) made clean, or refused field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text, organisation_sort_key, person_sort_key
from filo.foundation.italy import contact as contacts
from filo.foundation.italy import tax
from filo.foundation.italy.company_names import split_legal_form
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.places import check_postal_code, province_code
from filo.foundation.italy.titles import find_title

REACHING = ("email", "pec", "phone", "mobile")
MAX_POINTS, MAX_ADDRESSES = 60, 30

LINES = {
    "given_name": 120,
    "family_name": 120,
    "title": 20,
    "legal_name": 260,
    "sector": 120,
}
EDITABLE = (
    *LINES,
    "gender",
    "birth_date",
    "vat_number",
    "codice_fiscale",
    "sdi_code",
    "language",
    "notes",
)


@dataclass(frozen=True)
class PointDraft:
    """A clean contact point."""

    type: str
    value: str
    normalised: str
    extension: str = ""
    label: str = ""
    preferred: bool = False


@dataclass(frozen=True)
class AddressDraft:
    """A clean address; `doubts` are sentences about what looks wrong but is not refused."""

    use: str = "main"
    street: str = ""
    locality: str = ""
    postal_code: str = ""
    city: str = ""
    province: str = ""
    country: str = "IT"
    latitude: Any = None
    longitude: Any = None
    doubts: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class PartyDraft:
    """Clean facts, ready to be stored."""

    kind: str
    facts: Mapping[str, Any]
    points: tuple[PointDraft, ...] = ()
    addresses: tuple[AddressDraft, ...] = ()

    @cached_property
    def display_name(self) -> str:
        if self.kind == "person":
            return f"{self.facts['given_name']} {self.facts['family_name']}".strip()
        return str(self.facts["legal_name"])

    @cached_property
    def sort_name(self) -> str:
        if self.kind == "person":
            return person_sort_key(self.facts["family_name"], self.facts["given_name"])[:260]
        return organisation_sort_key(self.facts["legal_name"])[:260]

    @property
    def reachable(self) -> bool:
        """Whether somebody could call or write: what makes a suspect a lead."""
        return any(point.type in REACHING for point in self.points)


class _Problems:
    """Collects the sentences for each field."""

    def __init__(self) -> None:
        self.fields: dict[str, list[Sentence]] = {}

    def add(self, name: str, sentence: Sentence) -> None:
        self.fields.setdefault(name, []).append(sentence)

    def stop(self) -> None:
        if self.fields:
            raise InvalidFields(dict(self.fields))


def clean_party(data: Mapping[str, Any]) -> PartyDraft:
    """The draft of a party from raw facts (the names of the API). Raises `InvalidFields`."""
    problems = _Problems()
    kind = str(data.get("kind") or "")
    if kind not in ("person", "organisation"):
        problems.add("kind", _("Choose person or organisation."))
        problems.stop()
    points = clean_points(data.get("contact_points") or (), problems)
    addresses = clean_addresses(data.get("addresses") or (), problems)
    facts = _clean_facts(kind, data, country_of(addresses), problems)
    problems.stop()
    return PartyDraft(kind, facts, points, addresses)


def country_of(addresses: Sequence[AddressDraft]) -> str:
    """Where somebody is at home for taxes: where bills go, or else the main address; Italy where there is none."""
    uses = {"billing": 0, "main": 1, "home": 2, "other": 3}
    return min(addresses, key=lambda one: uses.get(one.use, 9)).country if addresses else "IT"


def _clean_facts(kind: str, data: Mapping[str, Any], country: str, problems: _Problems) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: clean_line(str(data.get(name) or ""), max_length=limit) for name, limit in LINES.items()
    }
    for name, limit in LINES.items():
        if len(str(data.get(name) or "").strip()) > limit:
            problems.add(name, _("At most %(limit)s characters.") % {"limit": limit})
    facts["notes"] = clean_text(str(data.get("notes") or ""), max_length=20_000)
    facts["gender"] = _choice(data, "gender", ("", "female", "male"), problems)
    facts["language"] = _choice(data, "language", ("it", "en"), problems, default="it")
    facts["birth_date"] = _birth_date(data.get("birth_date"), problems)
    facts["vat_number"] = _checked("vat_number", data, lambda raw: tax.clean_vat(raw, country), problems)
    facts["codice_fiscale"] = _checked("codice_fiscale", data, tax.clean_codice_fiscale, problems)
    facts["sdi_code"] = _checked("sdi_code", data, tax.clean_sdi_code, problems)
    _require_name(kind, facts, problems)
    if kind == "organisation":
        facts["legal_form"] = split_legal_form(facts["legal_name"])[1][:40]
        facts.update(given_name="", family_name="", title="", gender="", birth_date=None)
    else:
        facts.update(legal_name="", legal_form="")
        title = find_title(facts["title"])
        facts["title"] = title.italian if title else facts["title"]
        facts["gender"] = facts["gender"] or (title.gender if title and title.gender else "")
    return facts


def _require_name(kind: str, facts: Mapping[str, Any], problems: _Problems) -> None:
    if kind == "organisation" and not facts["legal_name"]:
        problems.add("legal_name", _("An organisation needs a name."))
    if kind == "person" and not (facts["given_name"] or facts["family_name"]):
        problems.add("family_name", _("A person needs a given name or a family name."))


def _choice(data: Mapping[str, Any], name: str, allowed: Sequence[str], problems: _Problems, default: str = "") -> str:
    value = str(data.get(name) or default)
    if value not in allowed:
        problems.add(name, _("Choose one of: %(names)s.") % {"names": ", ".join(filter(None, allowed))})
        return default
    return value


def _birth_date(raw: Any, problems: _Problems) -> date | None:
    if not raw:
        return None
    try:
        found = raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError:
        problems.add("birth_date", _("Write the date as year-month-day, for instance 1978-03-14."))
        return None
    if not found.year >= 1880 or found > clock.today():
        problems.add("birth_date", _("This date of birth cannot be right."))
        return None
    return found


def _checked(name: str, data: Mapping[str, Any], clean: Callable[[str], str], problems: _Problems) -> str:
    raw = str(data.get(name) or "").strip()
    if not raw:
        return ""
    try:
        return clean(raw)
    except InvalidIdentity as error:
        problems.add(name, str(error))
        return ""


def clean_points(raw: Sequence[Mapping[str, Any]], problems: _Problems) -> tuple[PointDraft, ...]:
    """Clean contact points: doubles of the same type and value are one, and one a type is preferred."""
    if len(raw) > MAX_POINTS:
        problems.add("contact_points", _("At most %(limit)s contact points.") % {"limit": MAX_POINTS})
        return ()
    found: dict[tuple[str, str], PointDraft] = {}
    for place, point in enumerate(raw):
        draft = _point(point, f"contact_points.{place}", problems)
        if draft:
            found.setdefault((draft.type, draft.normalised), draft)
    return _one_preferred(list(found.values()))


def _point(raw: Mapping[str, Any], path: str, problems: _Problems) -> PointDraft | None:
    kind, value = str(raw.get("type") or ""), clean_line(str(raw.get("value") or ""), max_length=320)
    try:
        return PointDraft(
            type=kind,
            preferred=bool(raw.get("preferred")),
            label=clean_line(str(raw.get("label") or ""), max_length=60),
            **clean_point_value(kind, value),
        )
    except InvalidIdentity as error:
        problems.add(f"{path}.value", str(error))
    except KeyError:
        problems.add(f"{path}.type", _("Choose one of: %(names)s.") % {"names": ", ".join(_POINTS)})
    return None


def _mail(value: str) -> dict[str, str]:
    return {"value": value.strip(), "normalised": contacts.normalise_email(value)}


def _phone(value: str) -> dict[str, str]:
    found = contacts.normalise_phone(value)
    return {"value": value.strip(), "normalised": found.e164, "extension": (found.extension or "")[:12]}


def _web(value: str) -> dict[str, str]:
    return {"value": value.strip(), "normalised": contacts.normalise_web(value)}


def _social(value: str) -> dict[str, str]:
    return {"value": value.strip(), "normalised": contacts.normalise_social(value)}


_POINTS: dict[str, Callable[[str], dict[str, str]]] = {
    "email": _mail,
    "pec": _mail,
    "mobile": _phone,
    "phone": _phone,
    "fax": _phone,
    "web": _web,
    "social": _social,
}


def clean_point_value(kind: str, value: str) -> dict[str, str]:
    """value, normalised (and extension) of one contact point. Raises `InvalidIdentity`, or KeyError."""
    return _POINTS[kind](value)


def _one_preferred(points: list[PointDraft]) -> tuple[PointDraft, ...]:
    chosen: dict[str, int] = {}
    for place, point in enumerate(points):
        if point.type not in chosen or (point.preferred and not points[chosen[point.type]].preferred):
            chosen[point.type] = place
    return tuple(
        PointDraft(**{**point.__dict__, "preferred": chosen[point.type] == place}) for place, point in enumerate(points)
    )


def clean_addresses(raw: Sequence[Mapping[str, Any]], problems: _Problems) -> tuple[AddressDraft, ...]:
    """Clean addresses; Italian provinces become their two letters, a CAP of four digits gets its zero back."""
    if len(raw) > MAX_ADDRESSES:
        problems.add("addresses", _("At most %(limit)s addresses.") % {"limit": MAX_ADDRESSES})
        return ()
    found = [_address(address, f"addresses.{place}", problems) for place, address in enumerate(raw)]
    return tuple(address for address in found if address)


def _address(raw: Mapping[str, Any], path: str, problems: _Problems) -> AddressDraft | None:
    limits = {"street": 200, "locality": 120, "postal_code": 16, "city": 120, "province": 60}
    text = {name: clean_line(str(raw.get(name) or ""), max_length=limit) for name, limit in limits.items()}
    country = clean_line(str(raw.get("country") or "IT"), max_length=2).upper()
    use = str(raw.get("use") or "main")
    if use not in ("main", "billing", "shipping", "home", "other"):
        problems.add(f"{path}.use", _("Choose one of: %(names)s.") % {"names": "main, billing, shipping, home, other"})
    if len(country) != 2 or not country.isalpha():
        problems.add(f"{path}.country", _("Write the country as two letters, for instance IT."))
    doubts: list[str] = []
    if country == "IT":
        _italian_place(text, path, problems, doubts)
    if not any(text.values()):
        return None
    return AddressDraft(
        use=use,
        country=country,
        latitude=raw.get("latitude"),
        longitude=raw.get("longitude"),
        doubts=tuple(doubts),
        **text,
    )


def _italian_place(text: dict[str, str], path: str, problems: _Problems, doubts: list[str]) -> None:
    if text["province"]:
        code = province_code(text["province"])
        if code is None:
            problems.add(f"{path}.province", _("There is no Italian province “%(name)s”.") % {"name": text["province"]})
            return
        text["province"] = code
    if text["postal_code"].isdigit() and len(text["postal_code"]) == 4:
        text["postal_code"] = "0" + text["postal_code"]
    if not text["postal_code"]:
        return
    for found in check_postal_code(text["postal_code"], text["city"] or None, text["province"] or None):
        if found.certain:
            problems.add(f"{path}.{found.field}", found.sentence)
        else:
            doubts.append(str(found.sentence))
