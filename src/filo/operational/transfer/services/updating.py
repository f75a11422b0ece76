"""Parties that are there change as the rows say, and people are tied to their firms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party
from filo.operational.parties.services.identities import identify_party
from filo.operational.parties.services.relations import relate
from filo.operational.transfer.comparing import changes_for, facts_now
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


def update_known(principal: Principal, batch: ImportBatch, steps: Sequence[Step]) -> dict[int, dict[str, Any]]:
    """Change the parties that are there, tie people to their firms; gives the journal of each changed row."""
    there = {step.known.party_id for step in steps if step.outcome == THERE and step.known and step.known.party_id}
    parties = _parties(there)
    earlier = (
        set(ImportRow.objects.filter(batch=batch, party__in=there).values_list("party_id", flat=True))
        if there
        else set()
    )
    firms = firms_of(principal, steps)
    journals: dict[int, dict[str, Any]] = {}
    for step in steps:
        if step.known is None or step.known.party_id is None:
            continue
        party_id = step.known.party_id
        step.again = step.again or party_id in earlier
        if step.outcome == THERE:
            journal = _update_one(principal, step, parties[party_id])
            if journal:
                journals[step.facts.number] = journal
                parties |= _parties({party_id})
        _tie(principal, step, firms, journals)
    return journals


def _parties(ids: set[UUID]) -> dict[UUID, Party]:
    if not ids:
        return {}
    found = Party.objects.filter(pk__in=ids).for_card()
    return {party.id: party for party in found}


def _update_one(principal: Principal, step: Step, party: Party) -> dict[str, Any]:
    """Change one party as its row says; a refusal rejects the row."""
    now = facts_now(party)
    changes = changes_for(now, step.facts)
    stored = {(row.system, row.key) for row in party.external_identities.all()}
    codes = [pair for pair in step.facts.identities.items() if pair not in stored]
    step.outcome = UPDATED if changes or codes else UNCHANGED
    if step.outcome == UNCHANGED:
        return {}
    try:
        with transaction.atomic():
            if changes:
                edit_party(principal, party, changes, version=None)
            if codes:
                identify_party(principal, party, codes)
    except DomainError as refusal:
        step.outcome = REJECTED
        step.facts.refuse("", sentence_of(refusal))
        return {}
    journal = {name: [_plain(now.get(name)), _plain(value)] for name, value in changes.items()}
    return journal | ({"external_identities": [None, [list(pair) for pair in codes]]} if codes else {})


def sentence_of(error: Exception) -> str:
    """A refusal in one line."""
    if isinstance(error, InvalidFields):
        return " ".join(str(sentence) for told in error.fields.values() for sentence in told)
    if isinstance(error, OSError):
        return _("The file cannot be read any more: hand it in again.")
    return (
        str(error)
        if isinstance(error, DomainError)
        else _("Something broke: %(name)s.") % {"name": type(error).__name__}
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _plain(part) for name, part in row.items()} for row in value]
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def _tie(principal: Principal, step: Step, firms: Firms, journals: dict[int, dict[str, Any]]) -> None:
    """A person becomes a contact of the firm that the row names."""
    firm = firms.of(step.facts) if step.outcome in (CREATED, UPDATED, UNCHANGED) else None
    if firm is None or step.known is None or step.known.party_id is None:
        return
    person = step.known.party_id
    if (person, firm) in firms.ties or person == firm:
        return
    try:
        ends = Party.objects.in_bulk([person, firm])
        found = relate(principal, ends[person], to=ends[firm], role="contact", job_title=step.facts.job_title)
    except DomainError as refusal:
        step.facts.warn(step.facts.columns.get("company", ""), sentence_of(refusal))
        return
    firms.ties.add((person, firm))
    journals.setdefault(step.facts.number, {})["relation"] = [None, str(found.id)]
    step.outcome = UPDATED if step.outcome == UNCHANGED else step.outcome
