"""Parties that are there change as the rows say, and people are tied to their firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden
from filo.operational.parties.models import ExternalIdentity
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.parties.services.identities import identify_many
from filo.operational.parties.services.many.editing import edit_many
from filo.operational.parties.services.relations import Tie, relate_many
from filo.operational.transfer.comparing import changes_for, facts_in_store
from filo.operational.transfer.conflicts import settle_many, warn_of_kept
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.planning import (
    CREATED,
    REJECTED,
    THERE,
    UNCHANGED,
    UPDATED,
    Firms,
    Step,
    firms_of,
)
from filo.operational.transfer.services.founding import found_firms
from filo.operational.transfer.services.moving import move_known
from filo.operational.transfer.services.sentences import sentence_of


def update_known(
    principal: Principal, batch: ImportBatch, steps: Sequence[Step], spec: RelationshipSpec
) -> dict[int, dict[str, Any]]:
    """Change the parties that are there, tie people to their firms, of which those that are not here are made with
    `spec`; gives the journal of each changed row.
    """
    there = {step.known.party_id for step in steps if step.outcome == THERE and step.known and step.known.party_id}
    stored = _Stored(there)
    earlier = (
        set(ImportRow.objects.filter(batch=batch, party__in=there).values_list("party_id", flat=True))
        if there
        else set()
    )
    for step in steps:
        if step.known and step.known.party_id:
            step.again = step.again or step.known.party_id in earlier
    journals: dict[int, dict[str, Any]] = {}
    for wave in _waves(steps):
        changed = _update(principal, batch.conflict, wave, stored, journals)
        stored.read(changed)
    move_known(principal, batch, steps, spec, journals)
    firms = firms_of(principal, steps)
    made = found_firms(principal, batch, steps, firms, spec)
    batch.firms += len(made)
    for number, firm in made.items():
        journals.setdefault(number, {})["firm"] = [None, str(firm)]
    _tie(principal, steps, firms, journals)
    return journals


def _waves(steps: Sequence[Step]) -> list[dict[UUID, Step]]:
    """The steps about parties that are there, each party once in a wave: its next row is compared with what the
    row before has made of it.
    """
    waves: list[dict[UUID, Step]] = []
    for step in steps:
        if step.outcome == THERE and step.known and step.known.party_id:
            key = step.known.party_id
            wave = next((wave for wave in waves if key not in wave), None)
            if wave is None:
                waves.append(wave := {})
            wave[key] = step
    return waves


def _update(
    principal: Principal,
    rule: str,
    wave: Mapping[UUID, Step],
    stored: _Stored,
    journals: dict[int, dict[str, Any]],
) -> set[UUID]:
    """Change these parties as their rows say; a refusal rejects the row. Gives those that were changed."""
    wanted = {key: changes_for(stored.facts[key], step.facts) for key, step in wave.items()}
    settled = settle_many(rule, stored.facts, wanted)
    changes = {key: found.changes for key, found in settled.items()}
    codes: dict[UUID, list[tuple[str, str]]] = {}
    for key, step in wave.items():
        step.kept = settled[key].kept
        codes[key] = [pair for pair in step.facts.identities.items() if pair not in stored.codes[key]]
        step.outcome = UPDATED if changes[key] or codes[key] else UNCHANGED
    edited = {key: facts for key, facts in changes.items() if facts}
    refused = edit_many(principal, edited) if edited else {}
    named = {key: pairs for key, pairs in codes.items() if pairs and key not in refused}
    taken = identify_many(principal, named) if named else {}
    for key in taken.keys() & edited.keys():  # given away at this very moment: the chunk is planned anew
        raise taken[key]
    refused |= taken
    for key, refusal in refused.items():
        wave[key].outcome = REJECTED
        wave[key].facts.refuse("", sentence_of(refusal))
        wave[key].kept = {}
    for step in wave.values():
        warn_of_kept(principal, rule, step.facts, step.kept)
    done = {key for key, step in wave.items() if step.outcome == UPDATED}
    for key in done:
        journals[wave[key].facts.number] = _journal(stored.facts[key], changes[key], codes[key])
    return done


def _journal(now: Mapping[str, Any], changes: Mapping[str, Any], codes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    journal = {name: [_plain(now.get(name)), _plain(value)] for name, value in changes.items()}
    return journal | ({"external_identities": [None, [list(pair) for pair in codes]]} if codes else {})


class _Stored:
    """The facts and codes that parties have now."""

    def __init__(self, keys: set[UUID]) -> None:
        self.facts: dict[UUID, dict[str, Any]] = {}
        self.codes: dict[UUID, set[tuple[str, str]]] = {}
        self.read(keys)

    def read(self, keys: set[UUID]) -> None:
        """Read these (anew)."""
        self.facts |= facts_in_store(keys)
        self.codes |= {key: set() for key in keys}
        rows = ExternalIdentity.objects.filter(party__in=keys) if keys else ExternalIdentity.objects.none()
        for key, system, code in rows.values_list("party_id", "system", "key"):
            self.codes[key].add((system, code))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _plain(part) for name, part in row.items()} for row in value]
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def _tie(principal: Principal, steps: Sequence[Step], firms: Firms, journals: dict[int, dict[str, Any]]) -> None:
    """People become contacts of the firms that their rows name."""
    wanted: dict[Tie, Step] = {}
    for step in steps:
        firm = firms.of(step.facts) if step.outcome in (CREATED, UPDATED, UNCHANGED) else None
        person = step.known.party_id if step.known else None
        if firm is None or person is None or person == firm or (person, firm) in firms.ties:
            continue
        firms.ties.add((person, firm))
        wanted[Tie(person, firm, "contact", step.facts.job_title[:120])] = step
    made = relate_many(principal, wanted) if wanted else {}
    for tie, step in wanted.items():
        if tie not in made:
            step.facts.warn(step.facts.columns.get("company", ""), Forbidden.sentence)
            continue
        journals.setdefault(step.facts.number, {})["relation"] = [None, str(made[tie])]
        step.outcome = UPDATED if step.outcome == UNCHANGED else step.outcome
