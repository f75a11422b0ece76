"""A sequence ends before its last mail: by hand, by itself, or because the customer says so."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.collaborative.inbox.queries.writing import addresses_of
from filo.collaborative.sequences.events import SequenceStopped
from filo.collaborative.sequences.models import Enrolment, Refusal
from filo.collaborative.sequences.queries.limits import reason_to_stop
from filo.collaborative.sequences.queries.running import may_stop
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import announce
from filo.operational.parties.services.timeline import page_changed


def stop_sequence(principal: Principal, enrolment: Enrolment) -> None:
    """No further mail leaves; one that has ended stays as it is. Raises `Forbidden`."""
    if not may_stop(principal, enrolment):
        raise Forbidden
    with transaction.atomic():
        for locked in _running(Q(pk=enrolment.pk)):
            end(principal, locked, "hand")


def look_again(principal: Principal, which: Q) -> int:
    """Stop those of the running ones that something speaks against now; gives how many."""
    stopped = 0
    with transaction.atomic():
        for locked in _running(which):
            reason = reason_to_stop(locked)
            if reason:
                end(principal, locked, reason)
                stopped += 1
    return stopped


def refuse_more(principal: Principal, enrolment: Enrolment) -> None:
    """The customer wants no mails of this kind: none runs for him any more, and none is started again."""
    party, talk = enrolment.party, enrolment.conversation
    address = talk.contact_address if talk else next((point.normalised for point in addresses_of(party)), "")
    with transaction.atomic():
        if not Refusal.objects.filter(party=party, address=address).exists():
            Refusal.objects.create(party=party, address=address, at=clock.now())
            changes = {"party": (None, str(party.pk))}
            record(principal, "sequence.refuse", kind="sequence-run", object_id=enrolment.pk, changes=changes)
        same = Q(conversation__contact_address=address) if address else Q(pk=None)
        look_again(principal, Q(party=party) | same)


def end(principal: Principal, enrolment: Enrolment, reason: str, *, detail: str = "") -> None:
    """Write down, in the caller's transaction, that a locked run has ended: all has left (no reason), or why not."""
    enrolment.state, enrolment.reason, enrolment.detail = ("stopped" if reason else "done"), reason, detail[:200]
    enrolment.due_at, enrolment.ended_at = None, clock.now()
    enrolment.save(update_fields=["state", "reason", "detail", "due_at", "ended_at"])
    if reason:
        changes = {"reason": (None, reason)}
        record(principal, "sequence.stop", kind="sequence-run", object_id=enrolment.pk, changes=changes)
        announce(principal, SequenceStopped(enrolment=enrolment.pk, party=enrolment.party_id, reason=reason))
    page_changed(principal, [enrolment.party_id], "timeline")


def _running(which: Q) -> Iterable[Enrolment]:
    ids: list[UUID] = list(Enrolment.objects.filter(which, state="running").values_list("pk", flat=True))
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("party", "conversation__ticket", "sequence")
    return list(rows.filter(pk__in=ids, state="running").order_by("pk"))
