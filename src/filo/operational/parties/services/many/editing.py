"""Facts of many parties change, of each its own, in a number of statements that does not grow with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import update_values
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.events.services import announce
from filo.foundation.search import services as search
from filo.operational.parties.drafts import EDITABLE, REACHING, PartyDraft, clean_party
from filo.operational.parties.events import PartyEdited
from filo.operational.parties.models import Address, ContactPoint, Party, Relationship
from filo.operational.parties.own_fields import among_facts
from filo.operational.parties.policies import PARTY_EDITED
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import refuse_masked, words_of
from filo.operational.parties.services.editing import changes_between, edit_party, facts_of, kept_changes
from filo.operational.parties.services.many.storing import tell_pages
from filo.operational.parties.services.newcomers import write_addresses, write_points
from filo.operational.parties.services.stages import made_reachable

NAMED_BY = {"given_name", "family_name", "legal_name"}


@dataclass(frozen=True)
class _Edit:
    """A party, locked, as it was and is to be."""

    party: Party
    was: Mapping[str, Any]
    draft: PartyDraft
    changes: Mapping[str, tuple[Any, Any]]


def edit_many(principal: Principal, wanted: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, DomainError]:
    """Change of each party the facts that are named for it, as `edit_party` does, in the caller's transaction.

    Gives the refusals; who is refused is as before. Fields of the firm's own go one by one.
    """
    principal.require("party", "edit")
    seen = Party.objects.filter(PARTY_EDITED.rows(principal), pk__in=list(wanted), deleted_at=None)
    held = Party.objects.filter(pk__in=list(seen.values_list("pk", flat=True)))
    rows = held.order_by("pk").select_for_update(no_key=True).prefetch_related("contact_points", "addresses")
    parties = {party.pk: party for party in rows}
    refused: dict[UUID, DomainError] = {key: Forbidden() for key in wanted.keys() - parties.keys()}
    edits: list[_Edit] = []
    for key, party in parties.items():
        try:
            refuse_masked(principal, wanted[key])
            if among_facts(wanted[key]):
                edit_party(principal, party, wanted[key], version=None)
            else:
                edits += _edits(party, wanted[key])
        except DomainError as refusal:
            refused[key] = refusal
    if edits:
        _store(principal, edits)
    return refused


def _edits(party: Party, wanted: Mapping[str, Any]) -> list[_Edit]:
    was = facts_of(party)
    draft = clean_party({**was, **wanted, "kind": party.kind})
    changes = changes_between(was, draft)
    return [_Edit(party, was, draft, changes)] if changes else []


def _store(principal: Principal, edits: Sequence[_Edit]) -> None:
    keys = [edit.party.pk for edit in edits]
    _write_facts(edits)
    Party.objects.filter(pk__in=keys).update(version=F("version") + 1, updated_at=clock.now())
    _write_points([edit for edit in edits if "contact_points" in edit.changes])
    moved = [edit for edit in edits if "addresses" in edit.changes]
    Address.objects.filter(party__in=[edit.party.pk for edit in moved]).delete()
    write_addresses([(edit.party.pk, edit.draft.addresses) for edit in moved])
    search.index("party", {edit.party.pk: words_of(edit.party, edit.draft) for edit in edits})
    search.note("party", {edit.party.pk: edit.draft.facts["notes"] for edit in edits if "notes" in edit.changes})
    record_many(principal, "party.edit", [Change("party", edit.party.pk, kept_changes(edit.changes)) for edit in edits])
    announce(principal, *(PartyEdited(party=edit.party.pk, fields=sorted(edit.changes)) for edit in edits))
    _advance(principal, [edit for edit in edits if edit.draft.reachable and not _was_reachable(edit)])
    tell_pages(keys, "facts")


def _write_facts(edits: Sequence[_Edit]) -> None:
    """Those that change the same columns together; a name changes those that are made of it."""
    groups: dict[tuple[str, ...], list[_Edit]] = {}
    for edit in edits:
        draft, party = edit.draft, edit.party
        party.display_name, party.sort_name = draft.display_name[:260], draft.sort_name
        for name, value in draft.facts.items():
            setattr(party, name, value)
        names = {name for name in edit.changes if name in EDITABLE}
        if names & NAMED_BY:
            names |= {"display_name", "sort_name", "legal_form"}
        groups.setdefault(tuple(sorted(names)), []).append(edit)
    for names_of_group, same in groups.items():
        if names_of_group:
            rows = [(edit.party.pk, *(getattr(edit.party, name) for name in names_of_group)) for edit in same]
            update_values(Party, names_of_group, rows)
        if "sort_name" in names_of_group:
            for edit in same:
                reach.named(edit.party)


def _write_points(edits: Sequence[_Edit]) -> None:
    """Points that stay keep their row, so that what is known of them stays too."""
    gone, stay, new = [], [], []
    for edit in edits:
        kept = {(point.type, point.normalised): point.pk for point in edit.party.contact_points.all()}
        wanted = {(point.type, point.normalised) for point in edit.draft.points}
        gone += [key for named, key in kept.items() if named not in wanted]
        for place, point in enumerate(edit.draft.points):
            key = kept.get((point.type, point.normalised))
            if key is None:
                new.append((edit.party.pk, place, point))
            else:
                stay.append((key, point.value, point.extension, point.label, point.preferred, place))
    ContactPoint.objects.filter(pk__in=gone).delete()
    # No two of a type are preferred, not even for a moment.
    ContactPoint.objects.filter(party__in=[edit.party.pk for edit in edits], preferred=True).update(preferred=False)
    update_values(ContactPoint, ("value", "extension", "label", "preferred", "position"), stay)
    write_points(new)


def _was_reachable(edit: _Edit) -> bool:
    return any(point["type"] in REACHING for point in edit.was["contact_points"])


def _advance(principal: Principal, edits: Collection[_Edit]) -> None:
    """Rule *reachable*, for those that are not as far along yet."""
    behind = Relationship.objects.filter(party__in=[edit.party.pk for edit in edits], stage="suspect", ended_at=None)
    keys = set(behind.values_list("party_id", flat=True)) if edits else set()
    for edit in edits:
        if edit.party.pk in keys:
            made_reachable(principal, edit.party)
