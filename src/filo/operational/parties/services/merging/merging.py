"""One customer who had two cards has one: everything that pointed at the other follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import plain, record
from filo.foundation.errors import NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_values
from filo.foundation.folding import fold
from filo.foundation.privacy.services.holds import hand_over_holds
from filo.foundation.search import services as search
from filo.operational.parties.drafts import PartyDraft, clean_party
from filo.operational.parties.events import PartiesMerged
from filo.operational.parties.models import Address, ContactPoint, Merge, Party, TimelineEntry
from filo.operational.parties.own_fields import ENTITY, PREFIX, among_facts
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import words_of
from filo.operational.parties.services.editing import facts_of
from filo.operational.parties.services.merging.moving import move_rows
from filo.operational.parties.services.merging.planning import Plan, plan_merge
from filo.operational.parties.services.merging.ties import join_ties
from filo.operational.parties.services.timeline import page_changed

PLACE = ("street", "locality", "postal_code", "city", "country")


def merge_parties(
    principal: Principal,
    kept: Party,
    absorbed: Party,
    *,
    chosen: Mapping[str, str] | None = None,
    versions: tuple[int, int] | None = None,
) -> Merge:
    """Make `absorbed` part of `kept`; `chosen` as in `plan_merge`, `versions` of both as the person saw them.

    Both are locked, so that what arrives for either meanwhile waits and follows. Raises `Forbidden`,
    `NotFound` when one is gone, `NotTheSame`, `InvalidFields`, `Stale` when one was changed since.
    """
    with one_operation(), transaction.atomic():
        kept, absorbed = locked_pair(kept.pk, absorbed.pk)
        if kept.deleted_at or absorbed.deleted_at:
            raise NotFound
        if versions and versions != (kept.version, absorbed.version):
            raise Stale({}, version=kept.version)
        plan = plan_merge(principal, kept, absorbed, chosen=chosen)
        merge = Merge.objects.create(
            kept=kept,
            absorbed=absorbed,
            at=clock.now(),
            actor_id=principal.user_id,
            actor_name=principal.name,
            journal={
                "facts": _told(plan.facts),
                "ties": [],
                "made": [],
                "preferred": _step_back(kept, absorbed),
                "holds": [str(pk) for pk in hand_over_holds("party", absorbed.pk, kept.pk)],
            },
        )
        same = same_places(kept, absorbed)
        _place_behind(kept, absorbed)
        move_rows(merge.id, Party, origin=absorbed.pk, to=kept.pk, but=same)
        join_ties(principal, merge, kept)
        merge.save(update_fields=["journal"])
        _store(kept, plan)
        _take_away(absorbed, kept)
        refresh_reading([kept, absorbed])
        _tell(principal, merge, plan)
    return merge


def locked_pair(first: UUID, second: UUID) -> tuple[Party, Party]:
    """Both parties, locked against every row that would point at them. Raises `NotFound`."""
    rows = Party.objects.select_for_update().filter(pk__in=[first, second]).order_by("pk")
    found = {party.pk: party for party in rows}
    if first not in found or second not in found:
        raise NotFound
    return found[first], found[second]


def _told(facts: Mapping[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    return {name: [plain(before), plain(after)] for name, (before, after) in facts.items()}


def _step_back(kept: Party, absorbed: Party) -> list[str]:
    """Where the kept card prefers a point of a sort, the other's steps back; gives which did."""
    sorts = ContactPoint.objects.filter(party=kept, preferred=True).values_list("type", flat=True)
    rows = ContactPoint.objects.filter(party=absorbed, preferred=True, type__in=list(sorts))
    ids = list(rows.values_list("pk", flat=True))
    ContactPoint.objects.filter(pk__in=ids).update(preferred=False)
    return [str(pk) for pk in ids]


def same_places(kept: Party, absorbed: Party) -> set[UUID]:
    """The other's addresses that the kept card has already."""
    known = {_place(address) for address in kept.addresses.all()}
    return {address.pk for address in absorbed.addresses.all() if _place(address) in known}


def _place(address: Address) -> tuple[str, ...]:
    return tuple(fold(str(getattr(address, name))) for name in PLACE)


def _place_behind(kept: Party, absorbed: Party) -> None:
    """The other's points and addresses stand after the kept ones."""
    for points in (kept.contact_points, kept.addresses):
        points.model._default_manager.filter(party=absorbed).update(position=F("position") + points.count())


def _store(kept: Party, plan: Plan) -> None:
    assert plan.draft is not None  # noqa: S101
    for name, value in plan.draft.facts.items():
        setattr(kept, name, value)
    kept.display_name, kept.sort_name = plan.draft.display_name[:260], plan.draft.sort_name
    own = {name.removeprefix(PREFIX): after for name, (_before, after) in plan.facts.items() if name.startswith(PREFIX)}
    kept.fields = {**kept.fields, **own}
    contacts = [moment for moment in (kept.last_contact_at, plan.absorbed.last_contact_at) if moment]
    kept.last_contact_at = max(contacts) if contacts else None
    kept.version += 1
    kept.updated_at = clock.now()
    kept.save()
    if among_facts(plan.facts):
        store_values(ENTITY, kept.pk, kept.fields)


def _take_away(absorbed: Party, kept: Party) -> None:
    absorbed.deleted_at = clock.now()
    absorbed.merged_into = kept
    absorbed.version += 1
    absorbed.save(update_fields=["deleted_at", "merged_into", "version"])


def refresh_reading(parties: Iterable[Party]) -> None:
    """What is kept for reading about these: who sees them, and the words that find them."""
    for party in parties:
        reach.named(party)
        if party.deleted_at:
            search.forget("party", [party.id])
        else:
            search.index("party", {party.id: words_of(party, draft_of(party))})
            search.note("party", {party.id: party.notes})
    reach.refresh([party.id for party in parties])


def draft_of(party: Party) -> PartyDraft:
    """A stored party as a clean draft."""
    fresh = Party.objects.get(pk=party.pk)
    return clean_party(facts_of(fresh))


def _tell(principal: Principal, merge: Merge, plan: Plan) -> None:
    kept, absorbed = plan.kept, plan.absorbed
    changes = {**plan.facts, "merged": (None, absorbed.display_name)}
    record(principal, "party.merge", kind="party", object_id=kept.id, changes=changes)
    into = {"merged_into": (None, kept.display_name)}
    record(principal, "party.become-part", kind="party", object_id=absorbed.id, changes=into)
    TimelineEntry.objects.create(
        party=kept,
        at=merge.at,
        kind="party.merged",
        object="party",
        summary=absorbed.display_name[:300],
        reference_kind="merge",
        reference_id=merge.id,
        actor_id=principal.user_id,
        actor_name=principal.name,
    )
    announce(principal, PartiesMerged(party=kept.id, absorbed=absorbed.id, merge=merge.id))
    page_changed(principal, [kept.id, absorbed.id], "facts")
