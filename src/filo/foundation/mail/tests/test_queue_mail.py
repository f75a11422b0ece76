"""Queueing: with the change or not at all, once for a key, and nothing that breaks a header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.errors import InvalidFields
from filo.foundation.jobs.models import Job
from filo.foundation.mail.composing import message_of
from filo.foundation.mail.headers import checked_address, checked_headers, checked_line
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.mail.services import queue_mail

TO = "mario.rossi@example.it"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_sends_no_mail() -> None:
    with transaction.atomic():
        queue_mail(to=TO, subject="Benvenuto", text="Ciao")
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_mail_is_queued_with_one_job_on_the_queue_of_mail() -> None:
    mail = queue_mail(to=TO, subject="Benvenuto", text="Ciao")
    assert mail.state == MailState.QUEUED
    job = Job.objects.get()
    assert (job.name, job.queue, job.args) == ("mail.send_mail", "mail", {"mail": str(mail.id)})


@pytest.mark.django_db
def test_the_same_key_is_one_mail() -> None:
    first = queue_mail(to=TO, subject="Sollecito", text="1", key="invoice 7 day 30")
    second = queue_mail(to=TO, subject="Sollecito", text="2", key="invoice 7 day 30")
    assert first == second
    assert (OutgoingMail.objects.get().text, Job.objects.count()) == ("1", 1)


@pytest.mark.django_db
def test_a_mail_says_that_it_is_automatic_and_is_named_after_the_site(outbox: Path) -> None:
    mail = queue_mail(to=TO, subject="Benvenuto", text="Ciao", headers={"Reply-To": "info@aurora.example"})
    message = message_of(mail).message()
    assert message["Message-ID"] == f"<{mail.id}@crm.example.it>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "info@aurora.example"
    assert (message["From"], message["To"]) == ("Aurora <info@aurora.example>", TO)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("to", {"to": "mario"}),
        ("to", {"to": ""}),
        ("to", {"to": "a@example.it, b@example.it"}),
        ("to", {"to": "a@example.it\r\nBcc: b@example.it"}),
        ("to", {"to": '"a\r\nb" <a@example.it>'}),
        ("to", {"to": '"x\r\n"@example.it'}),
        ("subject", {"subject": "Ciao\r\nBcc: b@example.it"}),
        ("subject", {"subject": "Ciao\nBcc: b@example.it"}),
        ("subject", {"subject": "Ciao\0"}),
        ("headers", {"headers": {"X-Note": "a\r\nBcc: b@example.it"}}),
        ("headers", {"headers": {"X-Note: a\r\nBcc": "b@example.it"}}),
        ("headers", {"headers": {"Bcc": "b@example.it"}}),
        ("headers", {"headers": {"content-type": "text/html"}}),
        ("headers", {"headers": {"": "x"}}),
    ],
)
def test_what_would_break_or_add_a_header_is_refused(field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidFields) as refused:
        queue_mail(**{"to": TO, "subject": "Ciao", "text": "x", **wrong})
    assert list(refused.value.fields) == [field]
    assert OutgoingMail.objects.count() == 0


@given(st.text(max_size=60))
def test_no_accepted_text_holds_a_line_end(value: str) -> None:
    checks: list[Callable[[], str]] = [
        lambda: checked_line("subject", value),
        lambda: checked_address(f"{value} <a@example.it>"),
        lambda: checked_headers({"X-Note": value})["X-Note"],
    ]
    for check in checks:
        try:
            accepted = check()
        except InvalidFields:
            continue
        assert len(accepted.splitlines()) <= 1
        assert "\0" not in accepted
