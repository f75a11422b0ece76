"""Columns by which somebody is reached: e-mails, telephones, web pages, profiles, several in a cell or one in each."""

from __future__ import annotations

from collections.abc import Mapping

from filo.foundation.folding import fold
from filo.foundation.italy.contact import NETWORKS, Phone, is_pec, normalise_phone
from filo.foundation.italy.errors import InvalidIdentity
from filo.operational.transfer import cells
from filo.operational.transfer.gathering import Gathered, Read
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.naming import words_of

_FAX = frozenset(("fax", "telefax", "facsimile"))
_MOBILE = frozenset(("mobile", "cell", "cellulare", "cellphone", "iphone", "handy", "smartphone"))
# Words of a header that tell which of several numbers it is.
_WHICH = """
    home casa abitazione ab private privato personal personale other altro altra assistant assistente direct diretto
    diretta switchboard centralino amministrazione acquisti vendite magazzino secondario secondary
"""
_TELLING = frozenset(_WHICH.split())
_SILENT = frozenset(("value", "other", "internet", "main"))


def _read_emails(gathered: Gathered, column: Column, cell: str, group: str) -> None:
    for value in cells.emails_in(cell):
        certified = column.field == "pec" or is_pec(value)
        _add(gathered, column, group, "pec" if certified else "email", value)


def _read_phones(gathered: Gathered, column: Column, cell: str, group: str) -> None:
    said = set(fold(gathered.labels.get(group, "")).split())
    for value in cells.phones_in(cell):
        if column.field == "fax" or said & _FAX:
            _add(gathered, column, group, "fax", value)
            continue
        try:
            found, region = _phone(value, gathered.regions)
        except InvalidIdentity as refusal:
            gathered.facts.warn(column.header, f"{value[:60]}: {refusal.sentence}")
            continue
        is_called_mobile = column.field == "mobile" or bool(said & _MOBILE)
        kind = "mobile" if found.is_mobile or (is_called_mobile and region != "IT") else "phone"
        _add(gathered, column, group, kind, value if region == "IT" else _international(found))


def _international(phone: Phone) -> str:
    """The number as it is understood anywhere, with its extension."""
    return f"{phone.e164} ext. {phone.extension}" if phone.extension else phone.e164


def _phone(value: str, regions: tuple[str, ...]) -> tuple[Phone, str]:
    """The number by the rules of the first country in which it is one. Raises `InvalidIdentity`."""
    for region in regions[:-1]:
        try:
            return normalise_phone(value, region), region
        except InvalidIdentity:
            continue
    region = regions[-1]
    return (normalise_phone(value) if region == "IT" else normalise_phone(value, region)), region


def _read_web(gathered: Gathered, column: Column, cell: str, group: str) -> None:
    for value in cells.addresses_in(cell):
        _add(gathered, column, group, "web", value)


def _read_profile(gathered: Gathered, column: Column, cell: str, group: str) -> None:
    """A handle alone belongs to the network that the header, or the label beside it, names."""
    said = f"{column.header} {gathered.labels.get(group, '')}".lower()
    network = next((name for name in (*NETWORKS, "twitter") if name in said), "")
    is_handle = bool(network) and "/" not in cell and ":" not in cell
    _add(gathered, column, "", "social", f"{network}:{cell}" if is_handle else cell)


def _add(gathered: Gathered, column: Column, group: str, kind: str, value: str) -> None:
    said = gathered.labels.get(group, "") if group else ""
    label = said.lstrip("* ").strip() or _label_in(column.header)
    point = {"type": kind, "value": value[:320], "column": column.header}
    if label and set(fold(label).split()) - _SILENT - _MOBILE - _FAX:
        point["label"] = label[:60]
    if said.startswith("*"):
        gathered.points.append({**point, "preferred": True})
    else:
        gathered.points.append(point)


def _label_in(header: str) -> str:
    return header if set(words_of(header)) & _TELLING else ""


REACHING: Mapping[str, Read] = {
    "email": _read_emails,
    "pec": _read_emails,
    "phone": _read_phones,
    "mobile": _read_phones,
    "fax": _read_phones,
    "web": _read_web,
    "social": _read_profile,
}
