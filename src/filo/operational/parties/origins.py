"""Where a value of a card comes from: a person's hand, the API, a file, a merge, or the card's arrival."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.web.templatetags.web import ago, short_day

HAND, API, IMPORT, MERGE, SYSTEM, ARRIVAL = "hand", "api", "import", "merge", "system", "arrival"
REGISTER = "register"
KINDS = (HAND, API, IMPORT, REGISTER, MERGE, SYSTEM, ARRIVAL)
CREATED = "party.create"
PLACE = ("use", "street", "locality", "postal_code", "city", "province", "country")
# What only puts back: the value is where it came from before.
_RESTORING = frozenset(("party.unmerge", "party.restore"))
_BY_DOOR = {"api": API, "import": IMPORT}


@dataclass(frozen=True)
class Origin:
    """Where a present value comes from, and since when. `source` names the file, the other card, or what the card
    itself tells of its source; `by` who did it; `address` leads to the page about it.
    """

    kind: str
    at: datetime
    source: str = ""
    by: str = ""
    address: str = ""

    @property
    def sentence(self) -> str:
        """In words: *from the file clienti.csv, 3 Mar*; *written by Anna Bassi, yesterday*."""
        facts = {"source": self.source, "name": self.by, "day": _day(self.at)}
        if self.kind == IMPORT:
            return (_("from the file %(source)s, %(day)s") if self.source else _("from a file, %(day)s")) % facts
        if self.kind == REGISTER:
            return _("from %(source)s, taken over by %(name)s, %(day)s") % facts
        if self.kind == MERGE:
            return _("from the merged card %(source)s, %(day)s") % facts
        if self.kind == API:
            return _("through the API, as %(name)s, %(day)s") % facts
        if self.kind == HAND:
            return _("written by %(name)s, %(day)s") % facts
        if self.kind == SYSTEM:
            return _("written by Filo itself, %(day)s") % facts
        if self.source:
            return _("came with the card from %(source)s, %(day)s") % facts
        return _("came with the card, %(day)s") % facts


@dataclass(frozen=True)
class Batch:
    """What brought many values at once: its name, and its page for whoever may open it. kind: a file, or a public
    register.
    """

    name: str
    address: str = ""
    kind: str = IMPORT


Explaining = Callable[[Principal, Collection[UUID]], Mapping[UUID, Batch]]
_explaining: list[Explaining] = []


def explain_operations(function: Explaining) -> None:
    """Have a higher topic say which operations of the audit it brought in, and from what."""
    _explaining.append(function)


def explained(principal: Principal, operations: Collection[UUID]) -> dict[UUID, Batch]:
    """What is known of these operations."""
    found: dict[UUID, Batch] = {}
    for function in _explaining:
        found |= function(principal, operations) if operations else {}
    return found


def kind_of(entry: AuditEntry) -> str:
    """What sort of source an act is. What somebody had done in the background is of his hand too."""
    if entry.action == "party.merge":
        return MERGE
    return _BY_DOOR.get(entry.door) or (HAND if entry.actor else SYSTEM)


def writer_of(entries: Sequence[AuditEntry], name: str, value: Any) -> AuditEntry | None:
    """The act that wrote a present value; None when it came with the card. `entries`: the newest first."""
    for entry in _telling(entries, name):
        if entry.changes[name][1] == value:
            return entry
    return None


def bringer_of(entries: Sequence[AuditEntry], name: str, row: Any) -> AuditEntry | None:
    """The same of one row of a list: the act after which it was there, and before which it was not."""
    key = key_of(name, row)
    for entry in _telling(entries, name):
        before, after = ({key_of(name, found) for found in rows or ()} for rows in entry.changes[name])
        if key in after and key not in before:
            return entry
    return None


def _telling(entries: Sequence[AuditEntry], name: str) -> list[AuditEntry]:
    return [
        entry for entry in entries if entry.undoes is None and entry.action not in _RESTORING and name in entry.changes
    ]


def key_of(name: str, row: Any) -> Hashable:
    """What makes a row of a list the same row: a number, the lines of an address, a code."""
    if name == "contact_points":
        return row["type"], row["value"]
    if name == "addresses":
        return tuple(str(row.get(part) or "") for part in PLACE)
    return tuple(row)


def _day(moment: datetime) -> str:
    """Today and yesterday in words, else the day."""
    words = ago(moment)
    return words if words in (_("today"), _("yesterday")) else short_day(moment)
