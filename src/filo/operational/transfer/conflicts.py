"""When a file says otherwise than what is there: which value stays, which is overwritten, and what is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.operational.parties.labels import differing_words, shown_value
from filo.operational.parties.queries.provenance import written_by_hand
from filo.operational.transfer.comparing import PLACE
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.models.batch import CONFLICTS

FILE, FILL, HAND, ASK = (code for code, _label in CONFLICTS)
Now = Mapping[str, Any]
Pairs = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Settled:
    """What a row changes of a party, and what it says otherwise but does not change: {name: (now, said)}.

    Of addresses each is named for itself: "addresses.0" is the first.
    """

    changes: dict[str, Any]
    kept: Pairs = field(default_factory=dict)


def settle_many(rule: str, now: Mapping[UUID, Now], wanted: Mapping[UUID, dict[str, Any]]) -> dict[UUID, Settled]:
    """What becomes of what rows want of parties that are there, by the rule of the import."""
    by_hand = hands_in(rule, now, wanted)
    return {key: settle(rule, now[key], changes, by_hand.get(key, ())) for key, changes in wanted.items()}


def hands_in(rule: str, now: Mapping[UUID, Now], wanted: Mapping[UUID, dict[str, Any]]) -> dict[UUID, set[str]]:
    """The values that rows would overwrite although somebody wrote them, where the rule asks for that."""
    if rule != HAND:
        return {}
    names = {key: found for key, changes in wanted.items() if (found := list(contested(now[key], changes)))}
    return written_by_hand(now, names)


def settle(rule: str, now: Now, wanted: dict[str, Any], by_hand: Collection[str] = ()) -> Settled:
    """The same for one party; `by_hand` are the names of what somebody wrote there."""
    if rule == FILE or not wanted:
        return Settled(wanted)
    kept = {name: pair for name, pair in contested(now, wanted).items() if rule != HAND or name in by_hand}
    changes = {name: value for name, value in wanted.items() if name not in kept}
    if "addresses" in changes:
        places = [now["addresses"][n] if f"addresses.{n}" in kept else row for n, row in enumerate(wanted["addresses"])]
        changes["addresses"] = places
        if places == now["addresses"]:
            del changes["addresses"]
    return Settled(changes, kept)


def contested(now: Now, wanted: Mapping[str, Any]) -> Pairs:
    """What would be overwritten: {name: (now, said)}. What is only added to (numbers, what was empty) is not."""
    found: Pairs = {
        name: (now.get(name), value)
        for name, value in wanted.items()
        if name not in ("addresses", "contact_points") and now.get(name) not in ("", None, [])
    }
    for place, (before, after) in enumerate(zip(now["addresses"], wanted.get("addresses", ()), strict=False)):
        if any(before.get(part) not in ("", None, after.get(part)) for part in PLACE):
            found[f"addresses.{place}"] = (before, after)
    return found


def warn_of_kept(principal: Principal, rule: str, facts: Facts, kept: Pairs) -> None:
    """Tell in the row what of it was not written, so that nothing is silently ignored."""
    sentences = {
        FILL: _("“%(now)s” stays; the file says “%(said)s”."),
        HAND: _("“%(now)s” stays, because somebody wrote it by hand; the file says “%(said)s”."),
        ASK: _("“%(now)s” is there; the file says “%(said)s”, which was put aside for a choice."),
    }
    for name, pair in kept.items():
        _label, now, said = words_of(principal, name, pair)
        facts.warn(_column_of(facts, name), sentences[rule] % {"now": now[:120], "said": said[:120]})


def words_of(principal: Principal, name: str, pair: tuple[Any, Any]) -> tuple[str, str, str]:
    """Of a value: what it is called, as it is, as the file says it."""
    if name.startswith("addresses."):
        now, said = (shown_value([row]) if row else _("none") for row in pair)
        return _("Address"), now, said
    return differing_words(principal, {name: pair})[0]


def _column_of(facts: Facts, name: str) -> str:
    """The header of the column; of an address, that of a line of it."""
    if name.startswith("addresses."):
        return next((facts.columns[part] for part in PLACE if part in facts.columns), "")
    return facts.columns.get(name, "")
