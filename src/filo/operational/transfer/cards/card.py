"""A card as somebody or something with names, numbers and places, whatever program wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from filo.operational.transfer.cards.lines import Property

ADDRESS = ("PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country")
_SILENT = frozenset(
    ("pref", "voice", "internet", "msg", "text", "video", "postal", "parcel", "dom", "intl", "x400", "textphone")
)
_WORDS = {"cell": "Mobile", "home": "Home", "work": "Work", "fax": "Fax", "pager": "Pager", "main": "Main"}
_NETWORKS = {f"X-{name.upper()}": name for name in ("twitter", "facebook", "linkedin", "instagram")}
_OF_MESSENGERS = "IMPP X-AIM X-ICQ X-JABBER X-MSN X-YAHOO X-GTALK X-QQ X-SKYPE X-SKYPE-USERNAME X-MS-IMADDRESS"
_MESSENGERS = frozenset(_OF_MESSENGERS.split())
_PLACES = ("", "", "", "", "", "", "")


@dataclass
class Card:
    """What a card says. Labelled values are (label, value); a star before the label prefers one, as Google has it."""

    fields: dict[str, str] = field(default_factory=dict)
    emails: list[tuple[str, str]] = field(default_factory=list)
    phones: list[tuple[str, str]] = field(default_factory=list)
    websites: list[tuple[str, str]] = field(default_factory=list)
    profiles: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def set(self, name: str, value: str) -> None:
        """Note a value unless there is one already."""
        if value.strip():
            self.fields.setdefault(name, value.strip())

    def add(self, name: str, value: str, between: str = "\n") -> None:
        """Note a value besides those that are there."""
        if value.strip():
            there = self.fields.get(name, "")
            self.fields[name] = f"{there}{between}{value.strip()}" if there else value.strip()


def card_of(properties: Sequence[Property]) -> Card:
    """The card that these lines make."""
    labels = {found.group: found.text for found in properties if found.name == "X-ABLABEL" and found.group}
    card, structured = Card(), False
    for found in properties:
        label = _label(found, labels.get(found.group, "") if found.group else "")
        if found.name == "N":
            structured = _names(card, found.parts) or structured
        elif found.name in _LISTED:
            _LISTED[found.name](card, label, found)
        elif found.name in _MESSENGERS:
            card.add("Messengers", f"{found.name.removeprefix('X-').title()} {found.text}", between="; ")
        elif found.name in _NETWORKS:
            card.profiles.append((_NETWORKS[found.name], found.text))
        elif found.name in _PLAIN:
            _plain(card, found)
        elif found.name.startswith("X-ABSHOWAS") and found.text.upper() == "COMPANY":
            card.fields["Kind"] = "organisation"
    _settle(card, structured)
    return card


def _label(found: Property, own: str) -> str:
    """Words for the kinds of a value: "* Work Fax"."""
    own = re.sub(r"^_\$!<(.*)>!\$_$", r"\1", own)
    words = [_WORDS.get(kind, kind.removeprefix("x-").title()) for kind in found.types if kind not in _SILENT]
    is_preferred = "pref" in found.types or found.parameters.get("pref") == "1"
    return f"{'* ' if is_preferred else ''}{own or ' '.join(words)}".strip()


def _names(card: Card, parts: Sequence[str]) -> bool:
    names = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
    for name, value in zip(names, parts, strict=False):
        card.set(name, " ".join((value.replace(",", " ") if name == "Middle Name" else value).split()))
    return bool({"Last Name", "First Name"} & card.fields.keys())


def _add_phone(card: Card, label: str, found: Property) -> None:
    number = re.sub(r"^tel:", "", found.text, flags=re.IGNORECASE)
    number, _semicolon, rest = number.partition(";")
    extension = re.search(r"ext=(\d+)", rest)
    if number.strip():
        card.phones.append((label, f"{number.strip()} ext. {extension[1]}" if extension else number.strip()))


def _add_email(card: Card, label: str, found: Property) -> None:
    address = re.sub(r"^mailto:", "", found.text, flags=re.IGNORECASE)
    if address:
        card.emails.append((label, address))


def _add_website(card: Card, label: str, found: Property) -> None:
    if found.text:
        card.websites.append((label, found.text))


def _add_profile(card: Card, _label: str, found: Property) -> None:
    if found.text:
        card.profiles.append((found.types[0] if found.types else "", found.text))


def _add_address(card: Card, label: str, found: Property) -> None:
    parts = [re.sub(r"\s*\n\s*", ", ", part).strip(" ,") for part in found.parts[:7]]
    if found.parts and "\n" in found.parts[0]:
        parts[0] = ""  # the rest of a label that its program did not quote
    if any(parts):
        card.addresses.append((label, [*parts, *_PLACES[len(parts) :]]))


def _plain(card: Card, found: Property) -> None:
    name, text = _PLAIN[found.name], found.text
    if name == "Organization Name":
        first, *units = [" ".join(part.split()) for part in found.parts]
        if not card.fields.get(name):
            card.set(name, first)
            card.set("Organization Department", ", ".join(filter(None, units)))
    elif name == "Birthday":
        card.set(name if re.match(r"\d{4}", text) else "Birthday without year", _day(text))
    elif name == "Kind":
        card.set(name, "person" if text.lower() in ("individual", "") else "organisation")
    elif name == "Gender":
        card.set(name, {"M": "male", "F": "female"}.get(text[:1].upper(), ""))
    elif name in ("Notes", "Labels"):
        card.add(name, text if name == "Notes" else ", ".join(part.strip() for part in text.split(",")))
    else:
        card.set(name, text)


def _day(text: str) -> str:
    found = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", text)
    return "-".join(found.groups()) if found else text


def _settle(card: Card, structured: bool) -> None:
    """Who has only a shown name gets that; a card of a firm is one of an organisation; nobody is left nameless."""
    shown, firm = card.fields.pop("Full Name", ""), card.fields.get("Organization Name", "")
    named = " ".join(filter(None, (card.fields.get("First Name"), card.fields.get("Last Name"))))
    if firm and (not structured or _is_same(named, firm)) and (not shown or _is_same(shown, firm)):
        card.fields["Kind"] = "organisation"
    if card.fields.setdefault("Kind", "person") == "organisation":
        card.fields["Organization Name"] = firm or shown or card.fields.get("Last Name", "")
    elif not structured:
        others = [card.fields.get("Nickname", ""), *(value for _label, value in (*card.emails, *card.phones))]
        card.set("Full Name", shown or next(filter(None, others), ""))


def _is_same(shown: str, firm: str) -> bool:
    return bool(firm) and shown.casefold().split() == firm.casefold().split()


_LISTED = {
    "TEL": _add_phone,
    "X-MS-TEL": _add_phone,
    "EMAIL": _add_email,
    "URL": _add_website,
    "ADR": _add_address,
    "X-SOCIALPROFILE": _add_profile,
    "SOCIALPROFILE": _add_profile,
}
_PLAIN = {
    "FN": "Full Name",
    "NICKNAME": "Nickname",
    "ORG": "Organization Name",
    "TITLE": "Organization Title",
    "ROLE": "Role",
    "BDAY": "Birthday",
    "ANNIVERSARY": "Anniversary",
    "X-ANNIVERSARY": "Anniversary",
    "X-MS-ANNIVERSARY": "Anniversary",
    "GENDER": "Gender",
    "X-GENDER": "Gender",
    "LANG": "Language",
    "NOTE": "Notes",
    "CATEGORIES": "Labels",
    "KIND": "Kind",
    "X-ADDRESSBOOKSERVER-KIND": "Kind",
    "GEO": "Geo",
    "TZ": "Time zone",
    "UID": "UID",
}


def labelled(card: Card) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """The lists of a card that have a label and a value each, by the names of their columns."""
    return (
        ("E-mail", card.emails),
        ("Phone", card.phones),
        ("Website", card.websites),
        ("Profile", card.profiles),
    )
