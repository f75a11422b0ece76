"""Without a mail server every mail becomes a file, whole and for its owner only."""

from __future__ import annotations

import email
import email.policy
import re
import stat
from pathlib import Path

import pytest

from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.mail.services import queue_mail

pytestmark = pytest.mark.django_db


def send_all() -> None:
    while found := claim("tester", ["mail"]):
        assert run_claimed(found) == JobState.DONE


def test_a_mail_is_kept_as_a_file_that_mail_programs_read(outbox: Path) -> None:
    queue_mail(to="mario@example.it", subject="Perché no? €", text="Però sì\n.\nfine", html="<p>Però</p>")
    send_all()
    [path] = outbox.iterdir()
    assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f-]{36}\.eml", path.name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700
    content = path.read_bytes()
    assert b"\n" not in content.replace(b"\r\n", b"")
    found = email.message_from_bytes(content, policy=email.policy.SMTP)
    assert (found["Subject"], found["To"]) == ("Perché no? €", "mario@example.it")
    assert found.get_body(("plain",)).get_content().splitlines() == ["Però sì", ".", "fine"]  # type: ignore[union-attr]
    assert found.get_body(("html",)).get_content().strip() == "<p>Però</p>"  # type: ignore[union-attr]
    sent = OutgoingMail.objects.get()
    assert (sent.state, sent.attempts) == (MailState.SENT, 1)
    assert sent.sent_at is not None


def test_mails_sort_in_the_order_in_which_they_left(outbox: Path) -> None:
    for number in range(5):
        queue_mail(to="mario@example.it", subject=str(number), text="x")
        send_all()
    names = sorted(path.name for path in outbox.iterdir())
    subjects = [email.message_from_bytes((outbox / name).read_bytes())["Subject"] for name in names]
    assert len(set(subjects)) == 5


def test_a_full_or_missing_place_is_tried_again(outbox: Path) -> None:
    outbox.write_text("in the way", encoding="ascii")
    mail = queue_mail(to="mario@example.it", subject="x", text="x")
    found = claim("tester", ["mail"])
    assert found is not None
    assert run_claimed(found) == JobState.READY
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
