"""Pages of mailboxes and of what was put aside: who sees them, what they do, what they never show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.collaborative.mailroom.models import IncomingMail, Mailbox, State
from filo.collaborative.mailroom.sealing import PASSWORDS
from filo.collaborative.mailroom.services.receiving import Delivery, receive
from filo.collaborative.mailroom.tests.mails import mail
from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.models import OutboxEvent
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]
SENT = {"address": "Info@Aurora.example", "name": "Aurora", "imap_port": "993", "imap_tls": "tls"}


def aside(box: Mailbox, number: int = 1) -> IncomingMail:
    row = receive([Delivery(mail(Message_ID=f"<{number}@example.it>"), box, "mario@example.it", box.address)])[0]
    assert row is not None
    IncomingMail.objects.filter(pk=row.pk).update(state=State.QUARANTINED, reason="too-deep", attempts=3)
    return row


def test_the_administrator_sets_a_mailbox_up_and_its_password_is_never_shown(world: World, client_of: ClientOf) -> None:
    admin = client_of("admin")
    made = admin.post("/settings/mailboxes/new", SENT | {"imap_host": "imap.example.it", "password": "segretissima"})
    assert made.status_code == 302
    box = Mailbox.objects.get()
    assert (box.address, PASSWORDS.open_text(box.sealed_password)) == ("info@aurora.example", "segretissima")
    assert "segretissima" not in box.sealed_password
    page = admin.get(f"/settings/mailboxes/{box.id}").content.decode()
    assert "imap.example.it" in page
    assert "segretissima" not in page
    assert "segretissima" not in str(list(AuditEntry.objects.filter(kind="mailbox").values_list("changes", flat=True)))
    assert OutboxEvent.objects.filter(type="mailbox.added").count() == 1


def test_without_a_new_password_the_old_one_stays(world: World, client_of: ClientOf) -> None:
    admin = client_of("admin")
    admin.post("/settings/mailboxes/new", SENT | {"password": "prima"})
    box = Mailbox.objects.get()
    address = f"/settings/mailboxes/{box.id}"
    assert admin.post(address, SENT | {"name": "Casa", "version": "1"}).status_code == 302
    box.refresh_from_db()
    assert (box.name, box.version, PASSWORDS.open_text(box.sealed_password)) == ("Casa", 2, "prima")
    assert admin.post(address, SENT | {"name": "Moda", "version": "1"}).status_code == 412


@pytest.mark.parametrize("address", ["nessuno", "info+a@aurora.example", "a@b.it\r\nBcc: c@d.it"])
def test_what_is_no_address_is_no_mailbox(world: World, client_of: ClientOf, address: str) -> None:
    assert client_of("admin").post("/settings/mailboxes/new", SENT | {"address": address}).status_code == 422
    assert not Mailbox.objects.exists()


def test_one_address_is_one_mailbox(world: World, client_of: ClientOf, info: Mailbox) -> None:
    assert client_of("admin").post("/settings/mailboxes/new", SENT).status_code == 422
    assert Mailbox.objects.count() == 1


def test_switching_off_has_a_way_back(world: World, client_of: ClientOf, info: Mailbox) -> None:
    admin = client_of("admin")
    admin.post(f"/settings/mailboxes/{info.id}/switch-off")
    assert not Mailbox.objects.in_use().exists()
    admin.post(f"/settings/mailboxes/{info.id}/switch-on")
    assert Mailbox.objects.in_use().get() == info


def test_the_connection_is_tested_and_what_is_wrong_is_said(world: World, client_of: ClientOf, info: Mailbox) -> None:
    Mailbox.objects.update(imap_host="127.0.0.1")
    world.people["admin"].language = "en"
    world.people["admin"].save()
    answer = client_of("admin").post(f"/settings/mailboxes/{info.id}/look", follow=True)
    assert "leads into a private network" in answer.content.decode()


def test_a_mail_that_was_put_aside_is_seen_kept_tried_and_ignored(
    world: World, client_of: ClientOf, info: Mailbox
) -> None:
    admin, row = client_of("admin"), aside(info)
    address = f"/settings/incoming-mail/{row.id}"
    assert str(row.id) in admin.get("/settings/incoming-mail").content.decode()
    assert admin.get(address).status_code == 200
    raw = admin.get(f"{address}/raw")
    assert b"".join(raw.streaming_content) == mail()  # type: ignore[attr-defined]
    assert raw["Content-Disposition"].startswith("attachment")
    admin.post(f"{address}/ignore")
    assert IncomingMail.objects.get().state == State.IGNORED
    admin.post(f"{address}/put-aside")
    assert IncomingMail.objects.get().state == State.QUARANTINED
    admin.post(f"{address}/try-again")
    found = IncomingMail.objects.get()
    assert (found.state, found.attempts) == (State.RECEIVED, 0)
    assert admin.post(f"{address}/try-again").status_code == 409


@pytest.mark.parametrize("who", ["agent", "stranger"])
def test_others_see_neither_mailboxes_nor_mails(world: World, client_of: ClientOf, info: Mailbox, who: str) -> None:
    row, client = aside(info), client_of(who)
    assert client.get("/settings/mailboxes").status_code == 403
    assert str(row.id) not in client.get("/settings/incoming-mail").content.decode()
    for page in ("", "/raw"):
        assert client.get(f"/settings/incoming-mail/{row.id}{page}").status_code == 404
    for verb in ("ignore", "try-again"):
        assert client.post(f"/settings/incoming-mail/{row.id}/{verb}").status_code == 404
    assert client.post(f"/settings/mailboxes/{info.id}/switch-off").status_code in (403, 404)


def test_mail_of_a_personal_mailbox_is_its_owners_alone(world: World, client_of: ClientOf, info: Mailbox) -> None:
    Mailbox.objects.update(owner=world.people["agent"])
    row = aside(info)
    address = f"/settings/incoming-mail/{row.id}"
    assert client_of("admin").get(f"{address}/raw").status_code == 404
    assert str(row.id) not in client_of("admin").get("/settings/incoming-mail").content.decode()
    agent = client_of("agent")
    assert agent.get(f"{address}/raw").status_code == 200
    assert agent.post(f"{address}/try-again").status_code == 302
