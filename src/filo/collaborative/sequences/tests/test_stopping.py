"""A sequence stops by itself: on an answer, a failure, a no, a solved request, a card in the bin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.failing import not_delivered
from filo.collaborative.inbox.services.working import set_state
from filo.collaborative.inbox.tests.letters import comes_in
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.sequences.models import Enrolment, Refusal
from filo.collaborative.sequences.queries.running import stop_token
from filo.collaborative.sequences.services.starting import CannotStart
from filo.collaborative.sequences.services.stopping import stop_sequence
from filo.collaborative.sequences.tests.writing import TUESDAY, heard, sends, sequence, started, talk_with
from filo.foundation.access.principal import system
from filo.foundation.errors import Forbidden
from filo.foundation.notices.models import Notice
from filo.operational.consents.services import answer_consent
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import delete_party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.service.services import set_ticket_state
from filo.testing.world import World

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def run(world: World) -> Enrolment:
    found = started(world, talk_with(world))
    sends(TUESDAY)
    return found


def state(run: Enrolment) -> tuple[str, str]:
    run.refresh_from_db()
    return run.state, run.reason


def test_it_stops_when_the_customer_answers(run: Enrolment) -> None:
    with heard(TUESDAY + HOUR):
        comes_in(Mailbox.objects.get(), "Lo prendo", address="own@example.it", subject="Re: Informazioni")
    assert state(run) == ("stopped", "answered")
    assert sends(TUESDAY + 48 * HOUR) == 0
    assert not Notice.objects.filter(kind="sequence.stopped").exists()


def test_an_answer_that_nobody_has_heard_of_yet_stops_it_too(run: Enrolment) -> None:
    comes_in(Mailbox.objects.get(), "Altro", address="own@example.it", subject="Un’altra cosa")
    assert sends(TUESDAY + 48 * HOUR) == 0
    assert state(run) == ("stopped", "answered")


def test_an_absence_note_does_not_stop_it(run: Enrolment) -> None:
    with heard(TUESDAY + HOUR):
        comes_in(Mailbox.objects.get(), "Sono in ferie", address="own@example.it", kind="automatic")
    assert state(run) == ("running", "")
    assert sends(TUESDAY + 48 * HOUR) == 1


def test_it_stops_when_a_mail_comes_back_for_good(world: World, run: Enrolment) -> None:
    sent = Message.objects.get(direction="out")
    with heard(TUESDAY + HOUR):
        not_delivered(system("mail"), sent.message_id, permanent=True, reason="5.1.1", at=TUESDAY)
    assert state(run) == ("stopped", "bounced")
    assert Notice.objects.get(kind="sequence.stopped").person == world.people["inside"]


def test_a_mail_that_is_only_late_does_not_stop_it(run: Enrolment) -> None:
    sent = Message.objects.get(direction="out")
    with heard(TUESDAY + HOUR):
        not_delivered(system("mail"), sent.message_id, permanent=False, reason="4.4.1", at=TUESDAY)
    assert state(run) == ("running", "")


def test_it_stops_when_the_request_is_solved_or_the_talk_is_done(world: World, run: Enrolment) -> None:
    assert run.conversation is not None
    ticket = run.conversation.ticket
    assert ticket is not None
    with heard(TUESDAY + HOUR):
        set_ticket_state(world.principal("inside"), ticket, "solved")
    assert state(run) == ("stopped", "closed")


def test_it_stops_when_the_talk_is_done(world: World, run: Enrolment) -> None:
    with heard(TUESDAY + HOUR):
        set_state(world.principal("inside"), Conversation.objects.get(), "done")
    assert state(run) == ("stopped", "closed")


def test_it_stops_when_the_card_is_thrown_away(world: World, run: Enrolment) -> None:
    with heard(TUESDAY + HOUR):
        delete_party(world.principal("admin"), world.parties["own"])
    assert state(run) == ("stopped", "gone")


def test_it_moves_over_when_the_card_becomes_part_of_another(world: World, run: Enrolment) -> None:
    kept = world.parties["shared"]
    with heard(TUESDAY + HOUR):
        merge_parties(world.principal("admin"), kept, world.parties["own"])
    assert state(run) == ("running", "")
    assert run.party == kept
    assert sends(TUESDAY + 48 * HOUR) == 1


def test_a_person_stops_it_with_one_press(world: World, run: Enrolment) -> None:
    with pytest.raises(Forbidden):
        stop_sequence(world.principal("stranger"), run)
    stop_sequence(world.principal("agent"), run)
    stop_sequence(world.principal("agent"), run)
    assert state(run) == ("stopped", "hand")


def test_looking_at_the_link_changes_nothing_and_one_press_stops_all(world: World, run: Enrolment) -> None:
    address, anybody = f"/p/sequences/{stop_token(run)}/stop", Client(enforce_csrf_checks=True)
    assert anybody.get(address).status_code == 200
    assert state(run) == ("running", "")
    with heard(TUESDAY + HOUR):
        answer = anybody.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert state(run) == ("stopped", "refused")
    anybody.post(address)
    assert Refusal.objects.get().address == "own@example.it"
    with pytest.raises(CannotStart):
        started(world, Conversation.objects.get(), sequence("Un’altra"))


def test_the_address_that_said_no_is_left_alone_on_another_card_too(world: World, run: Enrolment) -> None:
    Client().post(f"/p/sequences/{stop_token(run)}/stop")
    Conversation.objects.update(party=world.parties["shared"])
    with pytest.raises(CannotStart):
        started(world, Conversation.objects.get(), sequence("Un’altra"))


def test_a_link_with_changed_letters_leads_nowhere(run: Enrolment) -> None:
    token = stop_token(run)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token[1:], "x"):
        assert Client().get(f"/p/sequences/{wrong}/stop").status_code == 404
        assert Client().post(f"/p/sequences/{wrong}/stop").status_code == 404
    assert state(run) == ("running", "")
    assert Party.objects.filter(pk=run.party_id).exists()


def test_who_refuses_news_and_offers_by_mail_gets_no_more_of_it(world: World, run: Enrolment) -> None:
    agent, party = world.principal("agent"), run.party
    with heard(TUESDAY):
        answer_consent(agent, party, "marketing_phone", given=False, source="phone")
        answer_consent(agent, party, "marketing_mail", given=True, source="phone")
    assert state(run) == ("running", "")
    with heard(TUESDAY + HOUR):
        answer_consent(agent, party, "marketing_mail", given=False, source="phone")
    assert state(run) == ("stopped", "marketing")

    assert sends(TUESDAY + 48 * HOUR) == 0
    assert run.conversation is not None
    with pytest.raises(CannotStart):
        started(world, run.conversation)


def test_a_refusal_that_nobody_has_heard_of_yet_holds_too(world: World, run: Enrolment) -> None:
    answer_consent(world.principal("agent"), run.party, "marketing_mail", given=False, source="phone")
    assert sends(TUESDAY + 48 * HOUR) == 0
    assert state(run) == ("stopped", "marketing")
