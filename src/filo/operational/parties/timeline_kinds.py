"""How each kind of happening is told: icon, who, what; higher apps register their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.models.relationship import STAGES

RULES = {
    "arrival": gettext_lazy("found at arrival"),
    "reachable": gettext_lazy("can be reached"),
    "interest": gettext_lazy("showed interest"),
    "offer": gettext_lazy("asked for an offer"),
    "order": gettext_lazy("first order"),
    "merge": gettext_lazy("merged with another card"),
}


@dataclass(frozen=True)
class TimelineKind:
    """`what` is a sentence about an entry, `outcome` its outcome in words."""

    icon: str
    what: Callable[[TimelineEntry], str | Promise]
    outcome: Callable[[TimelineEntry], str] = lambda entry: entry.outcome
    url: Callable[[TimelineEntry], str] = lambda _entry: ""


@dataclass(frozen=True)
class Told:
    """An entry ready to be shown."""

    entry: TimelineEntry
    icon: str
    what: str
    outcome: str
    url: str

    @property
    def by_customer(self) -> bool:
        return self.entry.direction == "in"


_kinds: dict[str, TimelineKind] = {}


def register(name: str, kind: TimelineKind) -> None:
    """Say how a kind is told."""
    _kinds[name] = kind


def told(entries: list[TimelineEntry]) -> list[Told]:
    """Entries in words; one of a kind that nobody registered is told by its summary."""
    return [_told(entry, _kinds.get(entry.kind, _UNKNOWN)) for entry in entries]


def _told(entry: TimelineEntry, kind: TimelineKind) -> Told:
    return Told(entry, kind.icon, str(kind.what(entry)), kind.outcome(entry), kind.url(entry))


_UNKNOWN = TimelineKind("info", lambda entry: entry.summary)


def _created(entry: TimelineEntry) -> str:
    source = entry.data.get("source", "")
    return _("brought in from %(source)s") % {"source": source} if source else _("created this card")


def _moved(entry: TimelineEntry) -> str:
    labels = {code: str(label) for code, label in STAGES}
    came_from, to = entry.data.get("from", ""), entry.data.get("to", "")
    if not to:
        return _("ended the relationship")
    if not came_from:
        return _("opened the relationship again")
    words = {"came_from": labels.get(came_from, came_from), "to": labels.get(to, to)}
    if entry.data.get("rule"):
        rule = RULES.get(entry.data["rule"], entry.data["rule"])
        return _("from %(came_from)s to %(to)s by rule: %(rule)s") % {**words, "rule": str(rule)}
    return _("moved from %(came_from)s to %(to)s") % words


def _owner(entry: TimelineEntry) -> str:
    name = entry.data.get("owner", "")
    return _("gave this customer to %(name)s") % {"name": name} if name else _("left this customer without an owner")


def _merged(entry: TimelineEntry) -> str:
    return _("merged the card of %(name)s into this one") % {"name": entry.summary}


register("party.created", TimelineKind("user-plus", _created))
register("relationship.stage", TimelineKind("route", _moved))
register("relationship.owner", TimelineKind("handshake", _owner))
register("party.merged", TimelineKind("git-merge", _merged, url=lambda entry: f"/merges/{entry.reference_id}"))


_channels: dict[str, str | Promise] = {}


def register_channel(code: str, label: str | Promise) -> None:
    """Make a channel known, so that stories can be narrowed by it."""
    _channels[code] = label


def channels() -> list[tuple[str, str]]:
    """The known channels with their labels."""
    return [(code, str(label)) for code, label in _channels.items()]
