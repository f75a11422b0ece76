"""They were two after all: both cards stand again as they were, with what came since where a person says."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import plain, record
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.events.services import announce
from filo.foundation.fields.services.values import store_values
from filo.foundation.privacy.services.holds import hand_holds_back
from filo.operational.parties.drafts import clean_party
from filo.operational.parties.events import PartiesUnmerged
from filo.operational.parties.models import ContactPoint, Merge, Party, TimelineEntry
from filo.operational.parties.own_fields import ENTITY, PREFIX, with_facts
from filo.operational.parties.policies import PARTY_MERGED
from filo.operational.parties.services.editing import facts_of
from filo.operational.parties.services.merging.merging import locked_pair, refresh_reading
from filo.operational.parties.services.merging.moving import move_back, rows_since
from filo.operational.parties.services.merging.ties import part_ties
from filo.operational.parties.services.timeline import page_changed


def unmerge_parties(principal: Principal, merge: Merge, *, to_absorbed: Collection[UUID] = ()) -> Merge:
    """Take a merge back: rows return to their card, facts that nobody changed since become what they were.

    `to_absorbed` names what came since and belongs to the card that stands up again: lines of the timeline (with
    what they tell of), contact points and addresses; the rest stays. Doing it twice changes nothing. Raises
    `Forbidden`, and `DomainError` while the kept card is itself part of another.
    """
    principal.require("party", "edit")
    if not PARTY_MERGED.allows(principal, merge.kept):
        raise Forbidden
    with one_operation(), transaction.atomic():
        kept, absorbed = locked_pair(merge.kept_id, merge.absorbed_id)
        locked = Merge.objects.select_for_update().get(pk=merge.pk)
        if locked.undone_at:
            return locked
        if kept.merged_into_id:
            raise DomainError(_("This card became part of another: first part these two."), code="merged-further")
        absorbed.deleted_at = absorbed.merged_into = None
        absorbed.version += 1
        absorbed.updated_at = clock.now()
        absorbed.save(update_fields=["deleted_at", "merged_into", "version", "updated_at"])
        ties = [UUID(tie["id"]) for tie in locked.journal["ties"]]
        move_back(locked.id, now=[kept.pk, *ties])
        _hand_over(locked, kept, to_absorbed)
        part_ties(locked)
        ContactPoint.objects.filter(pk__in=locked.journal["preferred"], party=absorbed).update(preferred=True)
        hand_holds_back(locked.journal["holds"], absorbed.pk)
        left = _put_facts_back(kept, locked)
        locked.undone_at = clock.now()
        locked.save(update_fields=["undone_at"])
        TimelineEntry.objects.filter(reference_kind="merge", reference_id=locked.id).delete()
        refresh_reading([kept, absorbed])
        _tell(principal, locked, kept, absorbed, left)
    return locked


def _put_facts_back(kept: Party, merge: Merge) -> dict[str, tuple[Any, Any]]:
    """Facts that are still as the merge left them become what they were; gives what changed."""
    now, back = facts_of(kept), {}
    for name, (before, after) in merge.journal["facts"].items():
        if plain(now.get(name)) == after:
            back[name] = before
    draft = clean_party({**now, **back, "kind": kept.kind, "contact_points": [], "addresses": []})
    for name, value in draft.facts.items():
        setattr(kept, name, value)
    kept.display_name, kept.sort_name = draft.display_name[:260], draft.sort_name
    if any(name.startswith(PREFIX) for name in back):
        kept.fields = with_facts(kept.fields, back)
        store_values(ENTITY, kept.pk, kept.fields)
    kept.version += 1
    kept.updated_at = clock.now()
    kept.save()
    return {name: (now.get(name), before) for name, before in back.items()}


def _hand_over(merge: Merge, kept: Party, chosen: Collection[UUID]) -> None:
    """What came since and was chosen goes to the other card, with all lines that tell of the same thing."""
    if not chosen:
        return
    lines = TimelineEntry.objects.filter(party=kept, pk__in=list(chosen), pk__gt=merge.pk)
    told = set(lines.exclude(reference_id=None).values_list("reference_id", flat=True))
    lines.update(party=merge.absorbed_id)
    for model, field, rows in rows_since(Party, origin=kept.pk, to=merge.absorbed_id, since=merge.pk):
        if model is ContactPoint:  # what is preferred stays to be said
            rows.filter(pk__in=list(chosen)).update(party=merge.absorbed_id, preferred=False)
            continue
        wanted = {"reference_id__in": told} if model is TimelineEntry else {"pk__in": {*told, *chosen}}
        rows.filter(**wanted).update(**{field.name: merge.absorbed_id})


def _tell(principal: Principal, merge: Merge, kept: Party, absorbed: Party, facts: dict[str, tuple[Any, Any]]) -> None:
    changes = {**facts, "merged": (absorbed.display_name, None)}
    record(principal, "party.unmerge", kind="party", object_id=kept.id, changes=changes)
    alone = {"merged_into": (kept.display_name, None)}
    record(principal, "party.stand-alone", kind="party", object_id=absorbed.id, changes=alone)
    announce(principal, PartiesUnmerged(party=kept.id, absorbed=absorbed.id, merge=merge.id))
    page_changed(principal, [kept.id, absorbed.id], "facts")
