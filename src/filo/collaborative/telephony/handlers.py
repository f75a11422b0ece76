"""What follows for calls when one is written up, and when a number gets a card."""

from __future__ import annotations

from uuid import UUID

from filo.collaborative.telephony.services.placing import know_callers
from filo.collaborative.telephony.services.telling import is_written_up
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.operational.interactions.events import CallWrappedUp
from filo.operational.parties.events import PartyCreated, PartyEdited
from filo.operational.parties.models import Party


@on(CallWrappedUp)
def stand_once_on_the_card(event: CallWrappedUp, meta: EventMeta) -> None:
    """What was written tells more than that there was a call."""
    is_written_up(event.call)


@on(PartyCreated)
def know_who_called(event: PartyCreated, meta: EventMeta) -> None:
    """Whoever rang as a mere number has a card now: the call, and its note, are his."""
    _know(event.party)


@on(PartyEdited)
def know_who_called_by_a_new_number(event: PartyEdited, meta: EventMeta) -> None:
    """The same where the number was added to a card."""
    if "contact_points" in event.fields:
        _know(event.party)


def _know(party_id: UUID) -> None:
    party = Party.objects.filter(pk=party_id, deleted_at=None).first()
    if party is not None:
        know_callers(party)
