"""Mails of ours that come back: found by what nobody can guess, noted, told once."""

from __future__ import annotations

import pytest

from filo.collaborative.mailroom import takers
from filo.collaborative.mailroom.apart import Reader
from filo.collaborative.mailroom.models import IncomingMail, Mailbox
from filo.collaborative.mailroom.reading.parsed import Bounce
from filo.collaborative.mailroom.services.receiving import Delivery, receive
from filo.collaborative.mailroom.services.taking import take_in_waiting
from filo.collaborative.mailroom.tests.conftest import Taken
from filo.collaborative.mailroom.tests.mails import mail
from filo.foundation.events.models import OutboxEvent
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.mail.services import queue_mail

REPORT = """--xx
Content-Type: text/plain

The mail could not be delivered.
--xx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; mario@example.it
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--xx
Content-Type: message/rfc822

Message-ID: {original}
Subject: Re: richiesta

ciao
--xx--
"""
RECEIPT = """--xx
Content-Type: application/xml; name="daticert.xml"

<postacert tipo="errore-consegna" errore="altro"><intestazione><mittente>info@aurora.example</mittente>
<destinatari tipo="certificato">ditta@pec.example</destinatari></intestazione><dati><msgid>&lt;x&gt;</msgid>
<consegna>ditta@pec.example</consegna><errore-esteso>casella inesistente</errore-esteso></dati></postacert>
--xx--
"""


def report(original: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    return mail(
        REPORT.format(action=action, status=status, original=original),
        From="MAILER-DAEMON@mx.example",
        Subject="Undelivered Mail Returned to Sender",
        Content_Type='multipart/report; report-type=delivery-status; boundary="xx"',
    )


@pytest.fixture
def sent(db: None) -> OutgoingMail:
    """A mail that left."""
    made = queue_mail(to="mario@example.it", subject="Re: richiesta", text="ciao")
    OutgoingMail.objects.update(state=MailState.SENT)
    return made


@pytest.fixture
def told(taken: Taken) -> list[tuple[OutgoingMail, Bounce]]:
    """Whom those that want to know were told of."""
    found: list[tuple[OutgoingMail, Bounce]] = []
    takers.hear_of_failures(lambda mail_, bounce, _incoming: found.append((mail_, bounce)))
    return found


def arrive(box: Mailbox, raw: bytes, reader: Reader) -> None:
    receive([Delivery(raw, box, "", box.address)])
    take_in_waiting(reader)


def test_a_mail_that_comes_back_is_noted_and_told(
    info: Mailbox, sent: OutgoingMail, reader: Reader, told: list[tuple[OutgoingMail, Bounce]]
) -> None:
    arrive(info, report(sent.message_id), reader)
    arrive(info, report(sent.message_id), reader)
    sent.refresh_from_db()
    assert (sent.state, sent.error) == (MailState.RETURNED, "smtp; 550 5.1.1 no such user")
    assert sent.bounced_at is not None
    [(mail_, bounce)] = told
    assert (mail_, bounce.recipients, bounce.status, bounce.is_final) == (sent, ("mario@example.it",), "5.1.1", True)
    event = OutboxEvent.objects.get(type="mail.returned")
    assert event.data["incoming"] == str(IncomingMail.objects.get().id)


def test_a_mail_that_is_late_only_is_still_under_way(
    info: Mailbox, sent: OutgoingMail, reader: Reader, told: list[tuple[OutgoingMail, Bounce]]
) -> None:
    arrive(info, report(sent.message_id, action="delayed", status="4.4.1"), reader)
    sent.refresh_from_db()
    assert (sent.state, [bounce.is_final for _mail, bounce in told]) == (MailState.SENT, [False])


def test_a_report_about_no_mail_of_ours_changes_nothing(
    info: Mailbox, sent: OutgoingMail, reader: Reader, told: list[tuple[OutgoingMail, Bounce]]
) -> None:
    arrive(info, report("<guessed@crm.example.it>"), reader)
    sent.refresh_from_db()
    assert (sent.state, told) == (MailState.SENT, [])
    assert IncomingMail.objects.get().kind == "bounce"


def test_certified_mail_that_was_not_delivered_is_noted_too(
    info: Mailbox, sent: OutgoingMail, reader: Reader, told: list[tuple[OutgoingMail, Bounce]]
) -> None:
    raw = mail(
        RECEIPT,
        From="posta-certificata@pec.example",
        X_Ricevuta="errore-consegna",
        X_Riferimento_Message_ID=sent.message_id,
        Content_Type='multipart/mixed; boundary="xx"',
    )
    arrive(info, raw, reader)
    sent.refresh_from_db()
    assert (sent.state, sent.error) == (MailState.RETURNED, "casella inesistente")
    assert told[0][1].recipients == ("ditta@pec.example",)
