"""From the raw mail to who takes it further: once each, whatever goes wrong, and none keeps others waiting."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest

from filo.collaborative.mailroom import takers
from filo.collaborative.mailroom.apart import Reader
from filo.collaborative.mailroom.models import IncomingMail, Mailbox, State
from filo.collaborative.mailroom.services.receiving import Delivery, receive
from filo.collaborative.mailroom.services.taking import claimed, take_in, take_in_waiting
from filo.collaborative.mailroom.tests.conftest import Taken
from filo.collaborative.mailroom.tests.mails import mail, nested, of_parts, with_file
from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent
from filo.foundation.files.models import StoredFile
from filo.foundation.files.queries import path_of, read_file
from filo.foundation.jobs.models import Job


def arrive(
    box: Mailbox | None, *raw: bytes, envelope_from: str = "mario.rossi@example.it"
) -> list[IncomingMail | None]:
    return receive([Delivery(one, box, envelope_from, "info@aurora.example") for one in raw])


def states() -> list[tuple[str, str]]:
    return list(IncomingMail.objects.order_by("id").values_list("state", "reason"))


def test_a_mail_is_kept_whole_and_taken_in_once(info: Mailbox, reader: Reader, taken: Taken) -> None:
    raw = mail()
    row = arrive(info, raw)[0]
    assert row is not None
    assert read_file(row.raw) == raw
    assert [job.name for job in Job.objects.all()] == ["mailroom.take_in_waiting"]
    assert take_in_waiting(reader) == 1
    assert take_in_waiting(reader) == 0
    [(incoming, read)] = taken
    assert (incoming.id, incoming.state, incoming.kind) == (row.id, State.TAKEN, "message")
    assert (read.sender.address, read.sender.name) == ("mario.rossi@example.it", "Mario Rossi")
    assert (read.subject, read.language) == ("richiesta di informazioni", "it")
    assert OutboxEvent.objects.filter(type="incoming-mail.taken-in").count() == 1


def test_the_same_mail_again_is_the_same(info: Mailbox) -> None:
    first, second = mail(), mail(Received="from another.way by mx; Sat, 16 May 2026 10:05:00 +0200")
    assert [bool(row) for row in arrive(info, first, first)] == [True, False]
    assert arrive(info, second) == [None]
    other_text = mail("Un altro testo con lo stesso numero.")
    assert [bool(row) for row in arrive(info, other_text)] == [True]
    assert IncomingMail.objects.count() == 2


def test_one_mail_to_two_mailboxes_is_kept_for_both_and_lies_there_once(info: Mailbox) -> None:
    help_ = Mailbox.objects.create(address="assistenza@aurora.example", name="Assistenza", created_at=clock.now())
    arrive(info, mail())
    arrive(help_, mail())
    assert IncomingMail.objects.count() == 2
    assert len(set(StoredFile.objects.values_list("sha256", flat=True))) == 1


def test_its_files_are_stored_under_harmless_names(info: Mailbox, reader: Reader, taken: Taken) -> None:
    arrive(info, with_file("../../etc/\u200bcron.d/fattura.pdf", b"%PDF-1.4 prova"))
    take_in_waiting(reader)
    [file] = taken[0][1].attachments
    stored = StoredFile.objects.get(pk=file.file)
    assert (file.name, stored.name, stored.media_type) == ("fattura.pdf", "fattura.pdf", "application/pdf")
    assert read_file(stored) == b"%PDF-1.4 prova"


def test_what_a_taker_refuses_is_tried_three_times_and_put_aside_with_its_raw_text(
    info: Mailbox, reader: Reader, no_takers: None
) -> None:
    def refuses(incoming: IncomingMail, _read: object) -> None:
        StoredFile.objects.filter(pk=incoming.raw_id).update(name="written before the fall")
        raise LookupError("the taker's own fault")

    takers.take("message", by=refuses)
    arrive(info, mail())
    take_in_waiting(reader)
    assert states() == [("received", "not-taken")]
    assert take_in_waiting(reader) == 0  # the others are not kept waiting by it
    for seconds in (1, 60):
        with clock.at(clock.now() + timedelta(seconds=seconds)):
            take_in_waiting(reader, again=True)
    assert states() == [("quarantined", "not-taken")]
    found = IncomingMail.objects.get()
    assert found.attempts == 3
    assert "LookupError" in found.error
    assert found.raw.name != "written before the fall"
    assert read_file(found.raw) == mail()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(of_parts(10_000), "too-many-parts"), (nested(30), "too-deep"), (b"", "empty"), (mail(From=None), "no-sender")],
)
def test_what_cannot_be_read_is_put_aside_with_the_reason(
    info: Mailbox, reader: Reader, taken: Taken, raw: bytes, reason: str
) -> None:
    arrive(info, raw, mail(), envelope_from="")
    take_in_waiting(reader)
    assert states() == [("quarantined", reason), ("taken", "")]
    assert OutboxEvent.objects.filter(type="incoming-mail.quarantined").count() == 1


def test_a_reader_that_is_killed_is_replaced(info: Mailbox, reader: Reader, taken: Taken) -> None:
    arrive(info, mail())
    take_in_waiting(reader)
    assert reader._child is not None
    os.kill(reader._child.pid, signal.SIGKILL)
    reader._child.wait()
    arrive(info, mail(Message_ID="<2@example.it>"))
    take_in_waiting(reader)
    assert [state for state, _reason in states()] == ["taken", "taken"]


def test_a_mail_over_which_the_reader_takes_too_long_is_put_aside_and_the_next_one_read(
    info: Mailbox, reader: Reader, taken: Taken
) -> None:
    reader.seconds = reader.first_seconds = 0.0
    arrive(info, mail())
    take_in_waiting(reader)
    assert states() == [("received", "too-long")]
    take_in_waiting(reader, again=True)
    assert states() == [("quarantined", "too-long")]
    reader.first_seconds = 20.0
    arrive(info, mail(Message_ID="<2@example.it>"))
    take_in_waiting(reader)
    assert states()[1] == ("taken", "")


def test_whose_claim_ran_out_is_taken_by_another(info: Mailbox, reader: Reader, taken: Taken) -> None:
    arrive(info, mail())
    [lost] = claimed()
    assert claimed() == claimed(again=True) == []
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert take_in_waiting(reader, again=True) == 1
    take_in(lost, reader)  # the first one comes back late
    assert len(taken) == 1


def test_a_mail_whose_content_is_gone_is_put_aside(info: Mailbox, reader: Reader, taken: Taken) -> None:
    row = arrive(info, mail())[0]
    assert row is not None
    path_of(row.raw).unlink()
    take_in_waiting(reader)
    assert states() == [("quarantined", "content-gone")]
