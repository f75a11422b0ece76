"""A call about a matter stands in its conversation: the clock of answering stops when somebody was spoken to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.phoning import note_call
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.foundation.errors import Forbidden
from filo.operational.parties.models import TimelineEntry
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
Clients = Callable[[str], CheckedClient]


@pytest.fixture
def talk(world: World) -> Conversation:
    return comes_in(mailbox(), "Il divano è arrivato rotto.").conversation


def test_who_was_spoken_to_has_had_his_answer(world: World, talk: Conversation, client_of: Clients) -> None:
    sent = client_of("admin").post(f"/inbox/{talk.pk}/call", {"text": "Gli mandiamo un tecnico.", "direction": "out"})
    assert sent.status_code == 302
    talk.refresh_from_db()
    assert talk.ticket is not None
    assert (talk.state, talk.waiting_since, talk.last_direction) == ("waiting", None, "out")
    assert talk.ticket.responded_at is not None
    page = client_of("admin").get(f"/inbox/{talk.pk}").content.decode()
    assert ("Gli mandiamo un tecnico." in page, "ha chiamato il cliente" in page) == (True, True)
    assert TimelineEntry.objects.filter(party=talk.party_id, channel="phone").exists()


def test_who_was_not_reached_goes_on_waiting(world: World, talk: Conversation) -> None:
    note_call(world.principal("admin"), talk, "Segreteria.", direction="out", reached=False)
    talk.refresh_from_db()
    assert talk.ticket is not None
    assert (talk.state, talk.ticket.responded_at) == ("open", None)
    assert talk.waiting_since is not None


def test_an_empty_call_is_refused_and_the_choice_stays(talk: Conversation, client_of: Clients) -> None:
    answer = client_of("admin").post(f"/inbox/{talk.pk}/call", {"text": " ", "direction": "in"})
    assert answer.status_code == 422
    assert not Message.objects.filter(channel="phone").exists()


def test_who_may_not_write_in_it_notes_no_call(world: World, talk: Conversation) -> None:
    with pytest.raises(Forbidden):
        note_call(world.principal("researcher"), talk, "Ciao", direction="in")
