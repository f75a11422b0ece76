"""What waits in a muted copy leaves only when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from filo.config.commands import main
from filo.config.copies.refusals import Waits
from filo.config.copies.unmuting import unmute
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.copies.queries import forget_what_is_known, is_muted
from filo.foundation.copies.services import mute
from filo.foundation.ids import uuid7
from filo.foundation.jobs.desks import Desk
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.mail.services import queue_mail
from filo.foundation.webhooks.models import DeliveryState, WebhookDelivery
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.services import add_endpoint
from filo.testing.world import World

COMMAND = system("command line")
TAKEN_AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def just_started() -> Iterator[None]:
    yield
    forget_what_is_known()


@pytest.fixture
def copy(world: World) -> WebhookDelivery:
    """A muted copy in which a mail and a message to another program wait, both written before the backup."""
    queue_mail(to="info@lanificio.example", subject="Offerta", text="Ecco.")
    endpoint, _secret = add_endpoint(world.principal("admin"), url="https://example.com/", types=["*"])
    mute(COMMAND, taken_at=TAKEN_AT, source="filo.tar.gz")
    moment = clock.now()
    return WebhookDelivery.objects.create(
        endpoint=endpoint,
        event_id=uuid7(),
        type="party.created",
        subject=uuid7(),
        next_at=moment,
        created_at=moment,
        body={},
    )


def work_off_mail() -> None:
    """Do what a worker does with the mails that are due."""
    import threading

    desk = Desk("mail")
    while desk.work(threading.Event()):
        pass


def states() -> list[str]:
    return list(OutgoingMail.objects.values_list("state", flat=True))


def test_no_mail_leaves_and_no_webhook_is_called(copy: WebhookDelivery) -> None:
    work_off_mail()
    assert states() == ["held"]
    assert deliver_due() == 0
    copy.refresh_from_db()
    assert (copy.state, copy.attempts) == (DeliveryState.PENDING, 0)


def test_what_is_old_has_to_be_decided_about(copy: WebhookDelivery) -> None:
    work_off_mail()
    with pytest.raises(Waits):
        unmute(COMMAND, old="")
    assert is_muted()


def test_what_is_kept_back_is_not_sent_afterwards(copy: WebhookDelivery) -> None:
    unmute(COMMAND, old="forget")
    work_off_mail()
    copy.refresh_from_db()
    assert (states(), copy.state) == (["held"], DeliveryState.CANCELLED)
    assert deliver_due() == 0
    assert AuditEntry.objects.get(action="copy.unmute").changes == {"forgotten": [None, 2], "sent": [None, 0]}
    queue_mail(to="info@lanificio.example", subject="Nuova", text="Ecco.")
    work_off_mail()
    assert states() == ["held", "sent"]


def test_what_is_sent_after_all_is_sent_once(copy: WebhookDelivery) -> None:
    work_off_mail()
    unmute(COMMAND, old="send")
    work_off_mail()
    copy.refresh_from_db()
    assert (states(), copy.state) == (["sent"], DeliveryState.PENDING)
    assert OutgoingMail.objects.get().attempts == 1
    assert Job.objects.filter(name="webhooks.deliver", state=JobState.READY).exists()


def test_the_command_asks_and_ends_it_once(copy: WebhookDelivery, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unmute"]) == 1
    assert "--forget-old" in capsys.readouterr().err
    assert main(["unmute", "--forget-old", "--json"]) == 0
    assert capsys.readouterr().out == '{"was_muted": true, "mails": 1, "deliveries": 1, "old": "forget"}\n'
    assert main(["unmute", "--json"]) == 0
    assert '"was_muted": false' in capsys.readouterr().out


def test_a_mail_that_was_kept_back_can_be_sent_by_hand(copy: WebhookDelivery, world: World) -> None:
    from filo.testing.clients import client_of

    work_off_mail()
    unmute(COMMAND, old="forget")
    mail = OutgoingMail.objects.get()
    page = client_of(world, "admin").get(f"/outbox/{mail.pk}")
    assert "Trattenuta" in page.text
    client_of(world, "admin").post(f"/outbox/{mail.pk}/send-again")
    work_off_mail()
    assert states() == ["sent"]
