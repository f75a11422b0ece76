"""What was gathered of a row becomes a person or an organisation, each of its addresses with a use of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.folding import clean_line, fold
from filo.foundation.italy.company_names import split_legal_form
from filo.operational.transfer import cells
from filo.operational.transfer.contents import IS_ITALIAN
from filo.operational.transfer.gathering import UNKNOWN_COUNTRY, Gathered
from filo.operational.transfer.headers import OF_USES
from filo.operational.transfer.mapping import PEOPLE, USES

PERSONAL = ("given_name", "family_name", "birth_date", "gender", "title")


def shape(gathered: Gathered, kind: str) -> None:
    """Settle the kind, the names and the places of a row."""
    facts, data = gathered.facts, gathered.facts.data
    middle = data.pop("middle_name", "")
    if middle:
        data["given_name"] = f"{data.get('given_name', '')} {middle}".strip()
    if kind == "parties":
        data["kind"] = gathered.kind or _kind_by_what_is_filled_in(gathered)
        _take_name(gathered)
    else:
        data["kind"] = "person" if kind == PEOPLE else "organisation"
    data["contact_points"] = gathered.points
    if data["kind"] == "person" and not (data.get("given_name") or data.get("family_name")):
        _call_by_address(gathered)
    data["addresses"] = _addresses(gathered)
    if data["kind"] == "organisation":
        facts.company, facts.company_code, facts.job_title = "", None, ""


def _kind_by_what_is_filled_in(gathered: Gathered) -> str:
    facts, data = gathered.facts, gathered.facts.data
    if any(data.get(name) for name in PERSONAL) or facts.job_title or len(data.get("codice_fiscale", "")) == 16:
        return "person"
    if not gathered.name or facts.company_code:
        return "organisation" if facts.company and not gathered.name else "person"
    is_firm = bool(split_legal_form(gathered.name)[1]) or bool(data.get("vat_number")) or not facts.company
    return "organisation" if is_firm else "person"


def _take_name(gathered: Gathered) -> None:
    """The one name of a row is that of whoever it is; a firm's columns name the firm itself."""
    facts, data = gathered.facts, gathered.facts.data
    if data["kind"] == "organisation":
        own = " ".join(filter(None, (data.get("given_name"), data.get("family_name"))))
        data["legal_name"] = gathered.name or facts.company or own
        facts.columns.setdefault("legal_name", facts.columns.get("name") or facts.columns.get("company", ""))
    elif gathered.name and not data.get("family_name"):
        if data.get("given_name"):
            return
        title, given, family = cells.names_in(clean_line(gathered.name, max_length=260))
        for name, value in (("title", title), ("given_name", given), ("family_name", family)):
            if value:
                data.setdefault(name, value)
                facts.columns.setdefault(name, facts.columns.get("name", ""))


def _call_by_address(gathered: Gathered) -> None:
    """Whoever is only known by an e-mail or a number is called by it until somebody knows the name."""
    facts = gathered.facts
    first = next((point for kind in ("email", "pec", "mobile", "phone") for point in _points_of(gathered, kind)), None)
    if first is not None:
        facts.data["family_name"] = str(first["value"])[:120]
        sentence = _("There is no name: the card is called “%(value)s” until somebody writes one.")
        facts.warn("", sentence % {"value": first["value"]})


def _points_of(gathered: Gathered, kind: str) -> list[Mapping[str, Any]]:
    """The points of a sort, in the order of the row."""
    return [point for point in gathered.points if point.get("type") == kind]


def _addresses(gathered: Gathered) -> list[dict[str, Any]]:
    """Each with the use that its label or its columns say, or else one that is still free."""
    found: dict[str, dict[str, Any]] = {}
    for (use, group), address in gathered.addresses.items():
        wish = _use_said(gathered.labels.get(group, "")) if group else ""
        free = [name for name in (wish or use, *USES) if name not in found]
        if not free:
            if any(address.get(name) for name in ("street", "city", "postal_code")):
                gathered.facts.warn(
                    gathered.facts.columns.get("street", ""), _("Five addresses come in, the others stay here.")
                )
            continue
        _give_zeros_back(address)
        if _is_elsewhere(address):
            address["country"] = UNKNOWN_COUNTRY
        found[free[0]] = {"use": free[0], **address}
    return list(found.values())


def _is_elsewhere(address: Mapping[str, Any]) -> bool:
    """Whether no country is named and two or more parts, all that there are, are of no place in Italy."""
    if address.get("country"):
        return False
    said = [(code, str(address[code])) for code in ("city", "province", "postal_code") if address.get(code)]
    return len(said) > 1 and not any(IS_ITALIAN[code](text) for code, text in said)


def _use_said(label: str) -> str:
    words = set(fold(label).split())
    return next((use for use, known in OF_USES.items() if words & {use, *known}), "")


def _give_zeros_back(address: dict[str, Any]) -> None:
    """A spreadsheet that takes 00184 for a number writes 184; the one zero of 06121 comes back elsewhere."""
    code = str(address.get("postal_code", ""))
    if code.isdigit() and len(code) == 3 and address.get("country", "IT") == "IT":
        address["postal_code"] = f"00{code}"
