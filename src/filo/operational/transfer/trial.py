"""What an import would do, told without doing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party
from filo.operational.parties.own_fields import as_facts
from filo.operational.transfer.alike import Alike
from filo.operational.transfer.belongings import Belongings, any_says
from filo.operational.transfer.comparing import changes_for, facts_now, facts_of_draft
from filo.operational.transfer.conflicts import FILE, HAND, hands_in, settle, warn_of_kept
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.matching import Index
from filo.operational.transfer.placing import Placing
from filo.operational.transfer.planning import (
    CREATED,
    REJECTED,
    THERE,
    UNCHANGED,
    UPDATED,
    Firms,
    Step,
    firms_of,
    makes_firms,
    name_of_firm,
    names_new_firm,
    plan,
)
from filo.operational.transfer.reading import Shape, read_rows
from filo.operational.transfer.rows import read_row

CHUNK = 500
MOST_PROBLEMS = 50
MOST_RECOGNISED = 200
Item = TypeVar("Item")


@dataclass
class Trial:
    """The counts, and the first problems as [{"number", "column", "sentence", "outcome"}].

    `of_first`: only so many rows of the file were tried, 0 for all.
    `firms` are those that would be made because people name them. `recognised` counts the rows by the keys by which
    they were recognised, `shown` are the first of them as [{"number", "name", "by", "party"}].
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    duplicates: int = 0
    warned: int = 0
    kept: int = 0
    firms: int = 0
    seconds: float = 0.0
    of_first: int = 0
    alike: Alike = field(default_factory=Alike)
    problems: list[dict[str, Any]] = field(default_factory=list)
    recognised: dict[str, int] = field(default_factory=dict)
    shown: list[dict[str, Any]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "rows": self.rows}

    def count(self, step: Step, outcome: str) -> None:
        """Note what would become of a row."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        self.duplicates += step.again
        self.kept += len(step.kept) + step.stayed
        if step.by and outcome != REJECTED:
            self._recognised(step)
        if outcome != REJECTED and step.facts.problems:
            self.warned += 1
        for problem in step.facts.problems:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append({"number": step.facts.number, "outcome": outcome, **problem})

    def _recognised(self, step: Step) -> None:
        self.recognised[step.by] = self.recognised.get(step.by, 0) + 1
        if len(self.shown) < MOST_RECOGNISED and step.facts.draft:
            party = str(step.known.party_id) if step.known and step.known.party_id else None
            row = {"number": step.facts.number, "name": step.facts.draft.display_name, "by": step.by, "party": party}
            self.shown.append(row)


def chunks_of(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of up to `size`."""
    while found := list(islice(items, size)):
        yield found


def try_out(
    principal: Principal,
    path: Path,
    shape: Shape,
    columns: tuple[Column, ...],
    *,
    kind: str,
    mode: str,
    conflict: str = FILE,
    keys: Sequence[str] = (),
    make_firms: bool = True,
    placing: Placing | None = None,
    go_on: Callable[[int], bool] = lambda _done: True,
) -> Trial:
    """Read, match and compare every row; `go_on(rows done)` says whether to. Raises `Unreadable`.

    `placing` tells what of the words for owner, area and the like means nothing here.
    """
    started, index, found, coming = time.monotonic(), Index(), Trial(), dict[str, UUID]()
    belongings = Belongings(principal, placing, conflict) if placing else None
    for chunk in chunks_of(read_rows(path, shape), CHUNK):
        rows = [read_row(number, cells, columns, kind) for number, cells in chunk]
        steps = plan(principal, index, rows, mode=mode, columns=columns, keys=keys)
        _remember_what_is_there(steps)
        firms, by_hand = firms_of(principal, steps), _by_hand(conflict, steps)
        if belongings and any_says(steps):
            belongings.read(steps)
        new = []
        for step in steps:
            if makes_firms(make_firms, mode) and names_new_firm(step, firms, mode):
                name = name_of_firm(step.facts)
                firms.by_name[name] = [coming.setdefault(name, uuid7())]
            outcome = _outcome(principal, step, firms, conflict, by_hand)
            outcome = _moved(belongings, step, outcome)
            if outcome == CREATED:
                new.append(step.facts)
            if placing and outcome == CREATED:
                placing.spec_of(step.facts)
            found.count(step, outcome)
        found.alike.look(principal, new)
        if not go_on(found.rows):
            break
    found.firms = len(coming)
    found.seconds = round(time.monotonic() - started, 2)
    return found


def _moved(belongings: Belongings | None, step: Step, outcome: str) -> str:
    """The outcome once what the row says of owner, stage and place is counted too."""
    wish = belongings.wish_of(step) if belongings and outcome != REJECTED else None
    if wish is None:
        return outcome
    step.stayed = wish.stayed
    wish.note()
    return UPDATED if wish.changes and outcome == UNCHANGED else outcome


def _remember_what_is_there(steps: list[Step]) -> None:
    unread = {
        step.known.party_id: step.known
        for step in steps
        if step.outcome == THERE and step.known and step.known.party_id and step.known.facts is None
    }
    parties = Party.objects.filter(pk__in=list(unread)).for_card()
    for party in parties if unread else ():
        unread[party.pk].facts = facts_now(party)
        for row in party.external_identities.all():
            unread[party.pk].stored_codes.add((row.system, row.key))


def _by_hand(rule: str, steps: Sequence[Step]) -> dict[UUID, set[str]]:
    """What people wrote of the parties that these rows are about, where the rule asks for it."""
    now: dict[UUID, dict[str, Any]] = {}
    wanted: dict[UUID, dict[str, Any]] = {}
    for step in steps if rule == HAND else ():
        known = step.known
        if step.outcome == THERE and known and known.party_id and known.facts is not None:
            now[known.party_id] = known.facts
            wanted.setdefault(known.party_id, {}).update(changes_for(known.facts, step.facts))
    return hands_in(rule, now, wanted)


def _outcome(principal: Principal, step: Step, firms: Firms, rule: str, by_hand: Mapping[UUID, Collection[str]]) -> str:
    known, facts = step.known, step.facts
    if known is None or facts.draft is None:
        return REJECTED
    firm = firms.of(facts)
    codes = set(facts.identities.items())
    if step.outcome == CREATED:
        known.facts = facts_of_draft(facts.draft) | as_facts(facts.own)
        known.stored_codes, known.firms = codes, {firm}
        return CREATED
    if step.outcome == UNCHANGED or known.facts is None:
        return UNCHANGED
    mine = by_hand.get(known.party_id, ()) if known.party_id else ()
    settled = settle(rule, known.facts, changes_for(known.facts, facts), mine)
    changes, step.kept = settled.changes, settled.kept
    warn_of_kept(principal, rule, facts, step.kept)
    tied = firm is None or firm in known.firms or (known.party_id, firm) in firms.ties
    if not changes and tied and codes <= known.stored_codes:
        return UNCHANGED
    known.facts |= changes
    known.stored_codes |= codes
    known.firms.add(firm)
    return UPDATED
