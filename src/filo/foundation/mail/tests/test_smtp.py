"""Sending to a mail server: later when it asks for patience, never twice in silence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.models import OutboxEvent
from filo.foundation.jobs.leases import LEASE, claim
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.mail.errors import MailNotStopped
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.mail.services import queue_mail, send_again
from filo.foundation.mail.smtp import SmtpServer, smtp_server
from filo.foundation.mail.tests.sink import Sink, listening

TESTER = system("tester")


def queued() -> OutgoingMail:
    return queue_mail(to="Mario Rossi <mario@example.it>", subject="Benvenuto", text="Ciao")


def work() -> list[JobState]:
    states = []
    while found := claim("tester", ["mail"]):
        states.append(run_claimed(found))
    return states


def send_through(sink: Sink, settings: Settings) -> list[JobState]:
    settings.SMTP_SERVER = smtp_server(sink.url)
    return work()


def state_of(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.state


@pytest.mark.django_db
def test_a_mail_reaches_the_server_once(outbox: Path, settings: Settings) -> None:
    mail = queued()
    with listening() as sink:
        assert send_through(sink, settings) == [JobState.DONE]
        assert work() == []
    assert sink.recipients == ["mario@example.it"]
    assert len(sink.mails) == 1
    assert mail.message_id.encode() in sink.mails[0]
    assert state_of(mail) == MailState.SENT
    assert not outbox.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer", [{"rcpt": "451 come back"}, {"mail": "421 busy"}, {"end": "452 full"}, {"mail": "drop"}]
)
def test_a_server_that_asks_for_patience_gets_the_mail_later(
    outbox: Path, settings: Settings, answer: dict[str, str]
) -> None:
    mail = queued()
    with listening(**answer) as sink:
        assert send_through(sink, settings) == [JobState.READY]
        assert state_of(mail) == MailState.QUEUED
        sink.answers.clear()
        with clock.at(clock.now() + timedelta(minutes=1)):
            assert work() == [JobState.DONE]
    assert (state_of(mail), mail.attempts) == (MailState.SENT, 2)


@pytest.mark.django_db
def test_a_greylisted_mail_is_through_within_a_quarter_of_an_hour(outbox: Path, settings: Settings) -> None:
    mail = queued()
    began = moment = clock.now()
    with listening(rcpt="451 greylisted") as sink:
        settings.SMTP_SERVER = smtp_server(sink.url)
        while state_of(mail) != MailState.SENT:
            if moment - began >= timedelta(minutes=5):
                sink.answers.clear()
            with clock.at(moment):
                work()
            moment += timedelta(seconds=10)
    assert moment - began <= timedelta(minutes=15)


@pytest.mark.django_db
def test_a_refused_mail_is_not_tried_again(outbox: Path, settings: Settings) -> None:
    mail = queued()
    with listening(rcpt="550 mario@example.it is unknown") as sink:
        assert send_through(sink, settings) == [JobState.DONE]
    assert (state_of(mail), mail.error) == (MailState.FAILED, "550")
    assert Job.objects.get().result == "failed"


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["drop"])
def test_a_line_that_breaks_after_the_last_dot_leaves_the_mail_unknown(
    outbox: Path, settings: Settings, answer: str
) -> None:
    mail = queued()
    with listening(end=answer) as sink:
        assert send_through(sink, settings) == [JobState.DONE]
        with clock.at(clock.now() + timedelta(days=1)):
            assert work() == []
    assert state_of(mail) == MailState.UNKNOWN
    assert len(sink.mails) == 1


@pytest.mark.django_db
def test_a_farewell_that_goes_wrong_does_not_send_twice(outbox: Path, settings: Settings) -> None:
    mail = queued()
    with listening(quit="drop") as sink:
        assert send_through(sink, settings) == [JobState.DONE]
    assert state_of(mail) == MailState.SENT
    assert len(sink.mails) == 1


@pytest.mark.django_db
def test_a_server_that_is_away_is_waited_for_and_then_given_up(outbox: Path, settings: Settings) -> None:
    mail = queued()
    with listening() as gone:
        pass
    settings.SMTP_SERVER = smtp_server(gone.url)
    moment = clock.now()
    for _ in range(12):
        with clock.at(moment):
            work()
        moment += timedelta(hours=2)
    assert (state_of(mail), mail.attempts) == (MailState.FAILED, 10)
    assert mail.error.startswith("ConnectionRefusedError")


@pytest.mark.django_db
def test_a_worker_that_dies_while_sending_leaves_the_mail_unknown(outbox: Path, settings: Settings) -> None:
    mail = queued()
    assert claim("mortal", ["mail"]) is not None
    OutgoingMail.objects.update(state=MailState.SENDING, attempts=1)  # as far as it came
    with listening() as sink, clock.at(clock.now() + LEASE * 2):
        assert send_through(sink, settings) == [JobState.DONE]
    assert state_of(mail) == MailState.UNKNOWN
    assert sink.mails == []


@pytest.mark.django_db
def test_a_person_may_send_again_what_is_unknown_but_not_what_was_sent(outbox: Path, settings: Settings) -> None:
    mail = queued()
    OutgoingMail.objects.update(state=MailState.UNKNOWN)
    send_again(TESTER, mail)
    with listening() as sink:
        send_through(sink, settings)
    assert state_of(mail) == MailState.SENT
    with pytest.raises(MailNotStopped):
        send_again(TESTER, mail)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.it", SmtpServer("mail.example.it", 25, "", "", starttls=False, tls=False)),
        ("smtp://u:p%40ss@m.it:587?starttls", SmtpServer("m.it", 587, "u", "p@ss", starttls=True, tls=False)),
        ("smtp://m.it?starttls", SmtpServer("m.it", 587, "", "", starttls=True, tls=False)),
        ("smtps://u:p@m.it", SmtpServer("m.it", 465, "u", "p", starttls=False, tls=True)),
    ],
)
def test_the_address_of_a_server_is_read(url: str, server: SmtpServer) -> None:
    assert smtp_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.it",
        "http://m.it",
        "smtp://",
        "smtp://m.it?tls",
        "smtps://m.it?starttls",
        "smtp://m.it:x",
    ],
)
def test_what_is_no_address_of_a_server_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        smtp_server(url)
    assert "secret" not in str(refused.value)


def test_a_server_does_not_show_its_password() -> None:
    assert "hidden" not in repr(smtp_server("smtp://user:hidden@m.it"))


@pytest.mark.django_db
def test_whom_the_server_refuses_among_several_is_said_and_the_others_get_it_once(
    outbox: Path, settings: Settings
) -> None:
    mail = queue_mail(to="mario@example.it", cc=["nobody@example.it"], subject="Benvenuto", text="Ciao")
    with listening() as sink:
        sink.refused = {"nobody@example.it"}
        assert send_through(sink, settings) == [JobState.DONE]
        assert work() == []
    assert (len(sink.mails), state_of(mail), mail.error) == (1, MailState.SENT, "nobody@example.it: 550")


@pytest.mark.django_db
def test_who_wants_to_know_is_told_what_became_of_a_mail(outbox: Path, settings: Settings) -> None:
    queue_mail(to="mario@example.it", subject="Benvenuto", text="Ciao", tells=True)
    queued()
    with listening() as sink:
        send_through(sink, settings)
    lost = queue_mail(to="mario@example.it", subject="Benvenuto", text="Ciao", tells=True)
    with listening(rcpt="550 no such box") as sink:
        send_through(sink, settings)
    told = OutboxEvent.objects.filter(type__startswith="mail.").order_by("id")
    assert [(row.type, row.data.get("state")) for row in told] == [("mail.sent", None), ("mail.not-sent", "failed")]
    assert told[1].data["mail"] == str(lost.id)
