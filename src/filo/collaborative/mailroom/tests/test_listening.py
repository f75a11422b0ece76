"""The door for mail: it answers 250 for what is kept and for nothing else."""

from __future__ import annotations

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import connections

from filo.collaborative.mailroom.listening import LARGEST, listen
from filo.collaborative.mailroom.models import IncomingMail, Mailbox, MailboxState
from filo.collaborative.mailroom.tests.mails import mail
from filo.foundation.files import places
from filo.foundation.files.queries import read_file

pytestmark = pytest.mark.django_db(transaction=True)
TO, FROM = "info@aurora.example", "mario.rossi@example.it"


@dataclass
class Listening:
    """A door that stands open in a thread."""

    port: int = 0
    opened: threading.Event = field(default_factory=threading.Event)


@contextmanager
def door() -> Iterator[Listening]:
    """Open within the block, on a free port."""
    found, loop = Listening(), asyncio.new_event_loop()

    def ready(_host: str, port: int) -> None:
        found.port = port
        found.opened.set()

    task = loop.create_task(listen("127.0.0.1", 0, ready=ready))

    def run() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert found.opened.wait(10)
    yield found
    loop.call_soon_threadsafe(task.cancel)
    thread.join()
    connections.close_all()


def send(port: int, raw: bytes, *to: str, kind: type[smtplib.SMTP] = smtplib.SMTP) -> dict[str, tuple[int, bytes]]:
    with kind("127.0.0.1", port) as line:
        return line.sendmail(FROM, list(to or (TO,)), raw)


def test_a_mail_is_there_when_it_is_acknowledged(info: Mailbox) -> None:
    with door() as found:
        assert send(found.port, mail()) == {}
        row = IncomingMail.objects.get()
    assert (row.mailbox_id, row.envelope_from, row.envelope_to) == (info.id, FROM, TO)
    assert read_file(row.raw).replace(b"\r\n", b"\n") == mail().replace(b"\r\n", b"\n") + b"\n"


@pytest.mark.parametrize(
    "to", ["nobody@aurora.example", "info@other.example", "info", "info@aurora.example.evil.example"]
)
def test_only_for_mailboxes_in_use(info: Mailbox, to: str) -> None:
    with door() as found, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(found.port, mail(), to)
    assert refused.value.recipients[to][0] == 550
    assert not IncomingMail.objects.exists()


def test_a_mailbox_that_is_switched_off_takes_nothing(info: Mailbox) -> None:
    Mailbox.objects.update(state=MailboxState.OFF)
    with door() as found, pytest.raises(smtplib.SMTPRecipientsRefused):
        send(found.port, mail())


def test_capitals_and_what_follows_a_plus_mean_the_same_mailbox(info: Mailbox) -> None:
    with door() as found:
        send(found.port, mail(), "Info+t.100234-7@Aurora.Example")
    assert IncomingMail.objects.get().envelope_to == "Info+t.100234-7@Aurora.Example"


def test_one_of_two_recipients_is_unknown(info: Mailbox) -> None:
    with door() as found:
        assert set(send(found.port, mail(), TO, "nobody@aurora.example")) == {"nobody@aurora.example"}
    assert IncomingMail.objects.count() == 1


def test_what_is_too_large_is_refused_before_it_is_sent(info: Mailbox) -> None:
    with door() as found, smtplib.SMTP("127.0.0.1", found.port) as line:
        line.ehlo()
        assert line.esmtp_features["size"] == str(LARGEST)
        code, _words = line.mail(FROM, [f"size={LARGEST + 1}"])
    assert code == 552


def test_a_mail_that_cannot_be_kept_is_to_be_sent_again(info: Mailbox, files: object) -> None:
    places.folder().parent.mkdir(parents=True)
    places.folder().write_text("no folder can be made here")
    with door() as found:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            send(found.port, mail())
        assert refused.value.smtp_code == 451
        places.folder().unlink()
        send(found.port, mail())
    assert IncomingMail.objects.count() == 1


def test_a_mail_with_very_long_lines_is_taken(info: Mailbox) -> None:
    with door() as found:
        send(found.port, mail("parola " * 5000))
    assert len(read_file(IncomingMail.objects.get().raw)) > 35_000


def test_lmtp_answers_for_each_recipient(info: Mailbox) -> None:
    with door() as found, smtplib.LMTP("127.0.0.1", found.port) as line:
        line.ehlo_or_helo_if_needed()
        line.mail(FROM)
        assert line.rcpt(TO)[0] == line.rcpt("info+a@aurora.example")[0] == 250
        assert line.data(mail())[0] == 250
        assert line.getreply()[0] == 250
        assert line.noop()[0] == 250
    assert IncomingMail.objects.count() == 1  # the same mail for the same mailbox


def test_many_callers_at_once_lose_nothing(info: Mailbox) -> None:
    def call(caller: int) -> None:
        for number in range(10):
            send(found.port, mail(Message_ID=f"<{caller}.{number}@example.it>"))

    with door() as found:
        callers = [threading.Thread(target=call, args=(caller,)) for caller in range(8)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
    ids = set(IncomingMail.objects.values_list("message_id", flat=True))
    assert ids == {f"<{caller}.{number}@example.it>" for caller in range(8) for number in range(10)}
