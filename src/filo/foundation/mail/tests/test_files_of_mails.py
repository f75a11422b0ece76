"""Mails with files, threads and senders of their own; and the files that nothing holds any more."""

from __future__ import annotations

import email
import time
from datetime import timedelta
from email.message import Message
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from filo.foundation import clock
from filo.foundation.errors import InvalidFields
from filo.foundation.files import places
from filo.foundation.files.models import StoredFile
from filo.foundation.files.services import store_file, sweep_contents, sweep_rows
from filo.foundation.mail.composing import envelope_of, message_of
from filo.foundation.mail.headers import checked_address
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.mail.services import Sender, new_message_id, queue_mail

TO = "mario.rossi@example.it"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path, outbox: Path) -> Path:
    """Where the files of a test lie."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def written(mail: OutgoingMail) -> Message:
    return email.message_from_bytes(message_of(mail).message().as_bytes(), policy=default)


@pytest.mark.django_db
def test_an_answer_of_a_person_comes_from_its_mailbox_and_stands_in_its_thread() -> None:
    file = store_file("perché no".encode(), name="città.txt", media_type="text/plain")
    id_ = new_message_id()
    mail = queue_mail(
        to=TO,
        cc=["anna@example.it"],
        subject="Re: richiesta di informazioni",
        text="Gentile Sig. Rossi",
        sender=Sender("info@aurora.example", "Aurora, Assistenza"),
        reply_to="info+t.1@aurora.example",
        envelope_sender="info+b.1@aurora.example",
        message_id=id_,
        in_reply_to="<1@example.it>",
        references=["<0@example.it>", "<1@example.it>"],
        attachments=[file.id],
        auto_submitted="",
    )
    found = written(mail)
    assert (found["From"], found["Reply-To"]) == (
        '"Aurora, Assistenza" <info@aurora.example>',
        "info+t.1@aurora.example",
    )
    assert (found["Cc"], found["Message-ID"], found["In-Reply-To"]) == ("anna@example.it", id_, "<1@example.it>")
    assert found["References"] == "<0@example.it> <1@example.it>"
    assert (found["Auto-Submitted"], found["X-Loop"]) == (None, "crm.example.it")
    assert envelope_of(mail) == "info+b.1@aurora.example"
    attached = next(part for part in found.walk() if part.get_filename())
    assert (attached.get_filename(), attached.get_payload(decode=True)) == ("città.txt", "perché no".encode())


@pytest.mark.django_db
def test_an_automatic_answer_says_so_and_is_not_to_be_answered() -> None:
    found = written(queue_mail(to=TO, subject="Re", text="x", auto_submitted="auto-replied"))
    assert (found["Auto-Submitted"], found["X-Auto-Response-Suppress"]) == ("auto-replied", "All")


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["cc", "reply_to", "envelope_sender", "message_id", "in_reply_to", "references"])
def test_no_field_of_it_breaks_a_head(field: str) -> None:
    wrong = "a@example.it\r\nBcc: b@example.it"
    value = [wrong] if field in ("cc", "references") else wrong
    with pytest.raises(InvalidFields):
        queue_mail(to=TO, subject="x", text="x", **{field: value})  # type: ignore[arg-type]
    with pytest.raises(InvalidFields):
        queue_mail(to=TO, subject="x", text="x", sender=Sender("a@example.it", "A\r\nBcc: b@example.it"))
    assert not OutgoingMail.objects.exists()


@given(st.text(max_size=60))
def test_what_is_taken_for_an_address_names_one_receiver(text: str) -> None:
    try:
        found = checked_address(f"{text}@example.it")
    except InvalidFields:
        return
    assert not set(found) & set("\r\n\x00,")


@pytest.mark.django_db(transaction=True)
def test_the_night_takes_what_nothing_hangs_on(files: Path) -> None:
    loose, held = store_file(b"loose", name="a"), store_file(b"held", name="b")
    queue_mail(to=TO, subject="x", text="x", attachments=[held.id])
    places.put(b"of a transaction that fell")
    assert (sweep_rows(), sweep_contents()) == (0, 0)
    with clock.at(clock.now() + timedelta(days=2)):
        assert sweep_rows() == 1
    assert not StoredFile.objects.filter(pk=loose.pk).exists()
    assert sweep_contents(time.time() + 2 * 24 * 3600) == 2
    assert [path.name for path in files.rglob("*") if path.is_file()] == [held.sha256]
