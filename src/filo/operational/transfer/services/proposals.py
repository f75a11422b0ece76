"""What a file says otherwise than the cards is kept aside, and taken or left: one value, or all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import plain, record
from filo.foundation.bulk import insert_values
from filo.foundation.errors import DomainError
from filo.foundation.ids import uuid7s
from filo.operational.parties.models import Party
from filo.operational.parties.services.many.editing import edit_many
from filo.operational.transfer.comparing import facts_in_store
from filo.operational.transfer.models import OVER, ImportBatch, ImportProposal
from filo.operational.transfer.models.proposal import LEFT, TAKEN
from filo.operational.transfer.planning import Step
from filo.operational.transfer.proposed import as_change, open_proposals, value_now
from filo.operational.transfer.services.rights import require_edit

AT_ONCE = 500


@dataclass(frozen=True)
class Decided:
    """How many values were taken or left; `waiting` are those that could not be taken, as they are not what they were
    any more, or not this principal's to change; `more` were not asked for yet.
    """

    done: int = 0
    waiting: int = 0
    more: int = 0


def propose(batch: ImportBatch, steps: Sequence[Step]) -> None:
    """Keep aside what these rows say otherwise, in the transaction of their chunk."""
    rows = [
        (step.facts.number, step.known.party_id, name, plain(now), plain(said))
        for step in steps
        if step.known and step.known.party_id
        for name, (now, said) in step.kept.items()
    ]
    keyed = [(key, *row) for key, row in zip(uuid7s(len(rows)), rows, strict=True)]
    insert_values(ImportProposal, ("id", "number", "party_id", "name", "now", "said"), keyed, batch_id=batch.pk)


def decide(principal: Principal, batch: ImportBatch, *, take: bool, chosen: Collection[UUID] | None = None) -> Decided:
    """Take, or leave, these values of an import that is over; all that wait (the first 500) where none is named, but
    for those that are hidden from this principal.

    A value that was changed since is not overwritten: it waits, with what is there now. Raises `Forbidden`,
    `DomainError`.
    """
    require_edit(principal, batch)
    with transaction.atomic(), one_operation():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state not in OVER:
            raise DomainError(_("This can be chosen when the rows are in."), code="import-not-over")
        found = open_proposals(principal, locked).order_by("number", "id")
        asked = list((found if chosen is None else found.filter(pk__in=chosen))[:AT_ONCE])
        done = _take(principal, asked) if take else [proposal.pk for proposal in asked]
        state = TAKEN if take else LEFT
        ImportProposal.objects.filter(pk__in=done).update(
            state=state, decided_by=principal.user_id, decided_at=clock.now()
        )
        if done:
            action = "import.take-values" if take else "import.leave-values"
            record(principal, action, kind="import", object_id=batch.pk, changes={"values": (None, len(done))})
        waiting = len(asked) - len(done)
        return Decided(len(done), waiting, 0 if chosen is not None else found.count() - waiting)


def _take(principal: Principal, asked: Sequence[ImportProposal]) -> list[UUID]:
    """Write what still is as it was; of two rows about one value the later is taken. Gives which were written."""
    keys = {proposal.party_id for proposal in asked}
    list(Party.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    now = facts_in_store(keys)
    wanted: dict[UUID, dict[str, object]] = {}
    free: list[ImportProposal] = []
    for proposal in asked:
        facts = now[proposal.party_id]
        present = plain(value_now(facts, proposal.name))
        if present != proposal.now:
            proposal.now = present
            proposal.save(update_fields=["now"])
            continue
        changes = wanted.setdefault(proposal.party_id, {})
        changes |= as_change(facts | changes, proposal.name, proposal.said)
        free.append(proposal)
    refused = edit_many(principal, wanted) if wanted else {}
    return [proposal.pk for proposal in free if proposal.party_id not in refused]
