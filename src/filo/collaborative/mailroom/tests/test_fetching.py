"""Mail that lies on a real IMAP server: all of it once, whatever breaks on the way."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from pytest_django import Settings

from filo.collaborative.mailroom.models import IncomingMail, Mailbox, MailboxState
from filo.collaborative.mailroom.sealing import PASSWORDS
from filo.collaborative.mailroom.services.fetching import fetch
from filo.collaborative.mailroom.tests.dovecot import HOW, PASSWORD, USER, Dovecot, binary, cutting, dovecot
from filo.collaborative.mailroom.tests.mails import mail
from filo.foundation import clock
from filo.foundation.files.queries import read_file

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("dovecot")]


@pytest.fixture
def server() -> Iterator[Dovecot]:
    """A server of the test's own; without dovecot the tests are skipped, and fail when CI=true."""
    if binary() is None:
        pytest.fail(HOW) if os.environ.get("CI") == "true" else pytest.skip(HOW)
    with tempfile.TemporaryDirectory(prefix="filo-dovecot-") as folder:  # its sockets want short names
        Path(folder).chmod(0o755)
        with dovecot(Path(folder)) as found:
            yield found


@pytest.fixture
def box(server: Dovecot, settings: Settings) -> Mailbox:
    """A mailbox that lies there, set up a day ago."""
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    return Mailbox.objects.create(
        address="info@aurora.example",
        name="Informazioni",
        imap_host="127.0.0.1",
        imap_port=server.port,
        imap_tls="none",
        imap_user=USER,
        sealed_password=PASSWORDS.close_text(PASSWORD),
        created_at=clock.now() - timedelta(days=1),
    )


def numbered(*numbers: int) -> list[bytes]:
    return [mail(f"testo {number}\n" * 50, Message_ID=f"<{number}@example.it>") for number in numbers]


def kept() -> list[str]:
    return list(IncomingMail.objects.order_by("id").values_list("message_id", flat=True))


def ids(*numbers: int) -> list[str]:
    return [f"<{number}@example.it>" for number in numbers]


def test_what_is_new_comes_once_and_stays_unread(server: Dovecot, box: Mailbox) -> None:
    server.put(*numbered(1, 2))
    assert (fetch(box), fetch(box)) == (2, 0)
    server.put(*numbered(3))
    assert fetch(box) == 1
    assert kept() == ids(1, 2, 3)
    assert read_file(IncomingMail.objects.order_by("id")[0].raw) == numbered(1)[0]
    assert server.unseen() == 3
    box.refresh_from_db()
    assert (box.state, box.last_uid, box.fetching_until) == (MailboxState.ACTIVE, 3, None)
    assert box.seen_at is not None


def test_a_server_that_numbers_anew_brings_nothing_twice_and_loses_nothing(server: Dovecot, box: Mailbox) -> None:
    server.put(*numbered(1, 2))
    fetch(box)
    server.put(*numbered(3))
    server.number_anew()
    assert fetch(box) == 1
    assert sorted(kept()) == ids(1, 2, 3)


@pytest.mark.parametrize("after", [(3000, 4000, 5000), (9000, 12000), (1,), (400, 700, 1000)])
def test_a_line_that_breaks_in_the_middle_of_a_mail_loses_nothing(
    server: Dovecot, box: Mailbox, after: tuple[int, ...]
) -> None:
    server.put(*numbered(*range(1, 21)))
    with cutting(server, after) as way:
        Mailbox.objects.update(imap_port=way.port)
        for _look in after:
            fetch(box)
            assert Mailbox.objects.get().state == MailboxState.FAILING
        fetch(box)
    assert kept() == ids(*range(1, 21))
    assert Mailbox.objects.get().state == MailboxState.ACTIVE


def test_what_lay_there_before_comes_only_if_it_is_wanted(server: Dovecot, box: Mailbox) -> None:
    server.put(*numbered(1), at=clock.now() - timedelta(days=400))
    server.put(*numbered(2), at=clock.now() - timedelta(days=1, hours=1))
    server.put(*numbered(3))
    assert fetch(box) == 1
    Mailbox.objects.update(brings_old=True, last_uid=0)
    assert fetch(box) == 2
    assert set(IncomingMail.objects.values_list("message_id", "is_old")) == {
        *((id_, True) for id_ in ids(1, 2)),
        *((id_, False) for id_ in ids(3)),
    }


def test_a_long_look_that_is_broken_off_goes_on_where_it_was(server: Dovecot, box: Mailbox) -> None:
    server.put(*numbered(*range(1, 151)))
    steps: list[tuple[int, int]] = []
    fetch(box, tell=lambda done, of: steps.append((done, of)), is_cancelled=lambda: len(steps) == 1)
    assert steps == [(50, 150)]
    fetch(box, tell=lambda done, of: steps.append((done, of)))
    assert steps == [(50, 150), (50, 100), (100, 100)]
    assert kept() == ids(*range(1, 151))


def test_two_who_look_at_once_do_not_both_fetch(server: Dovecot, box: Mailbox) -> None:
    server.put(*numbered(1))
    Mailbox.objects.update(fetching_until=clock.now() + timedelta(minutes=5))
    assert fetch(box) == 0
    with clock.at(clock.now() + timedelta(minutes=6)):  # the other one fell
        assert fetch(box) == 1


def test_a_mail_that_is_too_large_is_put_aside_with_its_heads(
    server: Dovecot, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filo.collaborative.mailroom.services.fetching.LARGEST", 2000)
    server.put(mail("parola " * 1000, Message_ID="<1@example.it>"), *numbered(2))
    fetch(box)
    assert list(IncomingMail.objects.order_by("id").values_list("state", "reason")) == [
        ("quarantined", "too-large"),
        ("received", ""),
    ]
    assert b"parola" not in read_file(IncomingMail.objects.order_by("id")[0].raw)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"sealed_password": ""}, "sign-in-refused"),
        ({"sealed_password": "nonsense"}, "password-unreadable"),
        ({"imap_folder": "Assente"}, "refused"),
        ({"imap_port": 1}, "no-connection"),
        ({"imap_tls": "tls"}, "not-trusted"),
        ({"imap_host": "10.1.2.3"}, "private"),
    ],
)
def test_what_is_wrong_with_the_server_is_said(
    server: Dovecot, box: Mailbox, facts: dict[str, object], reason: str
) -> None:
    Mailbox.objects.update(**facts)
    assert fetch(box) == 0
    found = Mailbox.objects.get()
    assert (found.state, found.error, found.fetching_until) == (MailboxState.FAILING, reason, None)
