"""Steps leave when they are due: on working days, once each, and not too many to one customer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.sequences.due import after_days
from filo.collaborative.sequences.models import Enrolment, SequenceMail
from filo.collaborative.sequences.services.starting import CannotStart, start_sequence
from filo.collaborative.sequences.tests.writing import (
    ROME,
    TUESDAY,
    heard,
    sends,
    sequence,
    started,
    talk_with,
    with_address,
)
from filo.foundation import clock
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.hours.services import default_calendar, hours_of
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.notices.models import Notice
from filo.foundation.placeholders import MissingValue
from filo.operational.parties.models import TimelineEntry
from filo.testing.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_mail_stands_in_the_talk_and_on_the_card_and_says_how_to_stop_it(world: World) -> None:
    talk = talk_with(world)
    run = started(world, talk)
    assert sends(TUESDAY) == 1
    mail, said = OutgoingMail.objects.get(), Message.objects.get(direction="out")
    assert (mail.to, mail.subject, mail.auto_submitted) == ("own@example.it", "Mail 1", "auto-replied")
    assert f"Buongiorno {world.parties['own'].display_name}" in mail.text
    assert (said.conversation, said.kind) == (talk, "automatic")
    assert TimelineEntry.objects.filter(reference_id=said.id, party=world.parties["own"]).exists()
    link = mail.headers["List-Unsubscribe"].strip("<>")
    assert (mail.headers["List-Unsubscribe-Post"], link in mail.text) == ("List-Unsubscribe=One-Click", True)
    run.refresh_from_db()
    assert (run.sent, run.due_at) == (1, TUESDAY + 2 * DAY)
    assert sends(TUESDAY + DAY) == 0
    assert sends(TUESDAY + 2 * DAY) == 1
    run.refresh_from_db()
    assert (run.state, run.reason, run.sent) == ("done", "", 2)


def test_from_the_card_the_first_mail_begins_a_talk_and_the_second_goes_on_with_it(world: World) -> None:
    talk_with(world)
    Conversation.objects.all().delete()
    with clock.at(TUESDAY):
        run = start_sequence(world.principal("inside"), sequence(), world.parties["own"])
    assert sends(TUESDAY) == 1
    assert sends(TUESDAY + 2 * DAY) == 1
    talk = Conversation.objects.get()
    run.refresh_from_db()
    assert (run.conversation, talk.messages_count, talk.state) == (talk, 2, "waiting")
    assert [mail.auto_submitted for mail in OutgoingMail.objects.all()] == ["auto-generated", "auto-generated"]


def test_an_english_customer_reads_english(world: World) -> None:
    talk = talk_with(world)
    Conversation.objects.update(language="en")
    talk.refresh_from_db()
    started(world, talk)
    sends(TUESDAY)
    text = OutgoingMail.objects.get().text
    assert ("Hello" in text, "If you do not want mails of this kind" in text) == (True, True)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ((2026, 3, 10, 10), 0, (2026, 3, 10, 10)),
        ((2026, 3, 10, 13, 30), 0, (2026, 3, 10, 14)),  # the house rests at noon
        ((2026, 3, 13, 16), 1, (2026, 3, 16, 16)),  # a Friday
        ((2026, 3, 14, 11), 0, (2026, 3, 16, 9)),  # a Saturday
        ((2026, 4, 2, 10), 2, (2026, 4, 7, 10)),  # Easter Monday is no day of work
        ((2026, 12, 24, 10), 1, (2026, 12, 28, 10)),
    ],
)
def test_days_are_those_on_which_the_house_works(
    world: World, start: tuple[int, ...], days: int, due: tuple[int, ...]
) -> None:
    hours = hours_of(default_calendar())
    assert after_days(hours, datetime(*start, tzinfo=ROME), days) == datetime(*due, tzinfo=ROME)  # type: ignore[misc, arg-type]


def test_nothing_leaves_while_the_house_is_closed(world: World) -> None:
    run = started(world, talk_with(world))
    assert sends(datetime(2026, 3, 10, 20, 0, tzinfo=ROME)) == 0
    run.refresh_from_db()
    assert run.due_at == datetime(2026, 3, 11, 9, 0, tzinfo=ROME)


def test_each_step_leaves_once_though_the_process_dies_in_the_middle(world: World) -> None:
    """The row that is in the way breaks the sending after the mail was queued, as the end of the process would."""
    run = started(world, talk_with(world))
    in_the_way = SequenceMail.objects.create(enrolment=run, number=1, at=TUESDAY - 30 * DAY)
    with pytest.raises(IntegrityError):
        sends(TUESDAY)
    assert (OutgoingMail.objects.count(), Message.objects.filter(direction="out").count()) == (0, 0)
    in_the_way.delete()
    assert [sends(TUESDAY), sends(TUESDAY), sends(TUESDAY + timedelta(minutes=1))] == [1, 0, 0]
    assert OutgoingMail.objects.count() == 1


def test_one_mail_a_day_and_three_in_seven_days_over_all_sequences(world: World) -> None:
    talk = talk_with(world)
    for name in ("a", "b", "c", "d", "e"):
        started(world, talk, sequence(name, days=(0,)))
    assert sends(TUESDAY) == 1
    assert sends(TUESDAY + timedelta(hours=5)) == 0
    assert [sends(TUESDAY + DAY), sends(TUESDAY + 2 * DAY), sends(TUESDAY + 3 * DAY)] == [1, 1, 0]
    waiting = Enrolment.objects.filter(state="running").values_list("due_at", flat=True)
    assert set(waiting) == {TUESDAY + 7 * DAY}
    assert sends(TUESDAY + 7 * DAY) == 1


def test_a_place_without_value_stops_it_and_who_started_it_is_told(world: World) -> None:
    talk = talk_with(world)
    numbered = sequence(text="La richiesta {{ request.number }} di {{ customer.name }}")
    run = started(world, talk, numbered)
    Conversation.objects.update(ticket=None)
    with heard(TUESDAY):
        sends(TUESDAY)
    run.refresh_from_db()
    assert (run.state, run.reason, run.detail, "request.number" in run.why) == (
        "stopped",
        "missing",
        "request.number",
        True,
    )
    assert not OutgoingMail.objects.exists()
    notice = Notice.objects.get(kind="sequence.stopped")
    assert (notice.person, notice.data["detail"]) == (world.people["inside"], "request.number")


def test_it_is_said_at_once_when_a_text_cannot_be_filled_in(world: World) -> None:
    talk_with(world)
    with pytest.raises(MissingValue):
        start_sequence(world.principal("inside"), sequence(text="{{ request.number }}"), world.parties["own"])
    assert not Enrolment.objects.exists()


def test_who_may_not_write_there_starts_nothing(world: World) -> None:
    talk, which = talk_with(world), sequence()
    with pytest.raises(Forbidden):
        start_sequence(world.principal("stranger"), which, world.parties["own"], talk)
    with pytest.raises(NotFound):
        start_sequence(world.principal("stranger"), which, world.parties["own"])
    started(world, talk, which)
    with pytest.raises(CannotStart):
        started(world, talk, which)
    with clock.at(TUESDAY), pytest.raises(CannotStart):
        start_sequence(world.principal("admin"), which, world.parties["southern"])


def test_it_stops_when_who_started_it_works_here_no_more(world: World) -> None:
    run = started(world, talk_with(world))
    world.people["inside"].is_active = False
    world.people["inside"].save()
    assert sends(TUESDAY) == 0
    run.refresh_from_db()
    assert (run.state, run.reason) == ("stopped", "right")


def test_one_that_rests_sends_nothing(world: World) -> None:
    run = started(world, talk_with(world))
    run.sequence.active = False
    run.sequence.save()
    assert sends(TUESDAY) == 0
    run.sequence.active = True
    run.sequence.save()
    assert sends(TUESDAY + DAY) == 1


def test_somebody_without_an_address_is_not_started(world: World) -> None:
    talk_with(world)
    with pytest.raises(CannotStart):
        start_sequence(world.principal("inside"), sequence(), world.parties["southern"])
    with_address(world.parties["southern"], "south@example.it")
    assert start_sequence(world.principal("inside"), sequence("b"), world.parties["southern"]).state == "running"
