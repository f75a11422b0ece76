"""Sequences and who gets them, for tests: a follow-up of two mails, on a Tuesday in March at ten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.collaborative.sequences.models import Enrolment, Sequence, SequenceStep
from filo.collaborative.sequences.services.sending import send_due
from filo.collaborative.sequences.services.starting import start_sequence
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.services import relay_batch
from filo.operational.parties.models import ContactPoint, Party
from filo.testing.world import World

ROME = ZoneInfo("Europe/Rome")
TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ROME)
TEXT_IT, TEXT_EN = (
    "Buongiorno {{ customer.name }}, sono {{ me.name }}.",
    "Hello {{ customer.name }}, {{ me.name }} here.",
)


def sequence(name: str = "Dopo il preventivo", days: tuple[int, ...] = (0, 2), text: str = TEXT_IT) -> Sequence:
    """One of the firm, with a mail for each of the days."""
    found = Sequence.objects.create(name=name)
    for place, after in enumerate(days):
        words = {"subject_it": f"Mail {place + 1}", "text_it": text, "subject_en": "Mail", "text_en": TEXT_EN}
        SequenceStep.objects.create(sequence=found, position=place, after_days=after, **words)
    return found


def with_address(party: Party, address: str = "own@example.it") -> Party:
    """The customer, with an address."""
    ContactPoint.objects.create(party=party, type="email", value=address, normalised=address)
    return party


def talk_with(world: World) -> Conversation:
    """A conversation that a customer of the agent began an hour before."""
    party = with_address(world.parties["own"])
    with clock.at(TUESDAY - timedelta(hours=1)):
        talk = comes_in(mailbox(), address="own@example.it").conversation
    assert talk.party == party
    return talk


def started(world: World, talk: Conversation, which: Sequence | None = None, who: str = "inside") -> Enrolment:
    """Begun on Tuesday at ten by the inside sales."""
    assert talk.party is not None
    with clock.at(TUESDAY):
        return start_sequence(world.principal(who), which or sequence(), talk.party, talk)


def sends(moment: datetime) -> int:
    """How many mails leave at a moment."""
    with clock.at(moment):
        return send_due(system("sequences"))


@contextmanager
def heard(moment: datetime) -> Iterator[None]:
    """What happens in the block happens at a moment, and everybody hears of it."""
    with clock.at(moment):
        yield
        while relay_batch():
            pass
