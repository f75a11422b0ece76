"""Files lie apart, mailboxes are there, and mails are taken by whoever a test names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from filo.collaborative.mailroom import takers
from filo.collaborative.mailroom.apart import Reader
from filo.collaborative.mailroom.models import IncomingMail, Mailbox
from filo.collaborative.mailroom.reading.parsed import ParsedMail
from filo.foundation import clock

Taken = list[tuple[IncomingMail, ParsedMail]]


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """Where the files of a test lie."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SITE_URL = "https://crm.example.it"
    settings.MAIL_AUTH_SERVERS = ["mx.aurora.example"]
    return tmp_path / "files"


@pytest.fixture
def info(db: None) -> Mailbox:
    """A mailbox of the firm."""
    return Mailbox.objects.create(address="info@aurora.example", name="Informazioni", created_at=clock.now())


@pytest.fixture
def reader() -> Iterator[Reader]:
    """A reader whose process ends with the test."""
    found = Reader()
    yield found
    found.close()


@pytest.fixture
def no_takers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes mails further but whom the test names."""
    monkeypatch.setattr(takers, "_takers", {})
    monkeypatch.setattr(takers, "_of_failures", [])


@pytest.fixture
def taken(no_takers: None) -> Taken:
    """What was taken in, of every kind."""
    found: Taken = []
    takers.take(
        "message", "automatic", "list", "bounce", "receipt", "own", by=lambda mail, read: found.append((mail, read))
    )
    return found
