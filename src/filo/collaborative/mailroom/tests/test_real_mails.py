"""Real mails of many programs, where they are there: none is misread, and what cannot be read says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from filo.collaborative.mailroom.reading.errors import Refused
from filo.collaborative.mailroom.reading.house import House
from filo.collaborative.mailroom.reading.parsed import ParsedMail
from filo.collaborative.mailroom.reading.reader import read_mail

PLACE = Path(__file__).resolve().parents[6] / "shared" / "data" / "email"
pytestmark = pytest.mark.skipif(not PLACE.is_dir(), reason="no real mails here (shared/data/email)")
# What in the set of bounces is none: complaints of receivers, and notices of machines.
NO_BOUNCES = {"arf-01": "receipt", "arf-16": "receipt", "arf-22": "receipt"}
NO_BOUNCES |= {"lhost-amazonses-10": "automatic", "rfc3834-05": "automatic"}
# Pieces of mails that name nobody whom one could answer.
NAMELESS = {f"msg_{number}.txt" for number in ("05", "11", "18", "19", "37", "38", "39", "40")}
NAMELESS |= {"attached-pdf.eml", "lorem-ipsum"}


def read(path: Path, tmp_path: Path) -> ParsedMail:
    return read_mail(path, tmp_path, House())


def outcome(path: Path, tmp_path: Path) -> str:
    """The kind of a mail, or why it was refused."""
    try:
        return read(path, tmp_path).kind
    except Refused as refusal:
        return refusal.code


def mails(folder: str) -> Iterator[Path]:
    return (path for path in sorted((PLACE / folder).rglob("*")) if path.is_file())


def test_every_bounce_is_known_with_whom_it_did_not_reach(tmp_path: Path) -> None:
    for path in mails("set-of-emails"):
        found = read(path, tmp_path)
        assert found.kind == NO_BOUNCES.get(path.stem, "bounce"), path.name
        assert found.bounce is None or found.bounce.recipients, path.name


def test_most_bounces_name_the_mail_that_came_back(tmp_path: Path) -> None:
    found = [read(path, tmp_path).bounce for path in mails("set-of-emails")]
    bounces = [bounce for bounce in found if bounce]
    assert len(bounces) == 100
    assert sum(bool(bounce.original_message_id) for bounce in bounces) >= 75
    assert [bounce.is_final for bounce in bounces].count(False) == 6


@pytest.mark.parametrize(
    ("folder", "kinds"),
    [
        ("cpython-test_email", {"message": 34, "list": 3, "bounce": 3, "no-sender": 8}),
        ("flanker", {"message": 27, "list": 3, "bounce": 9, "receipt": 3, "automatic": 1, "no-sender": 1}),
        ("rt", {"message": 23, "list": 1, "bounce": 1, "no-sender": 1}),
        ("talon/standard_replies", {"message": 12}),
    ],
)
def test_mails_of_other_collections_end_as_what_they_are(folder: str, kinds: dict[str, int], tmp_path: Path) -> None:
    names = [path for path in mails(folder) if not path.name.endswith("_reply_text")]
    told = {path.name: outcome(path, tmp_path) for path in names}
    assert Counter(told.values()) == kinds
    assert {name for name, kind in told.items() if kind == "no-sender"} <= NAMELESS


def test_certified_mail_is_the_message_in_its_envelope(tmp_path: Path) -> None:
    found = read(PLACE / "oca-pec" / "POSTA CERTIFICATA_ Invio File 7339338 (broken XML).txt", tmp_path)
    assert (found.kind, found.certified, found.sender.address) == ("message", True, "sdi03@pec.fatturapa.it")
    assert found.subject == "Invio File 7339338 (SIMULAZIONE)"
    assert [file.name for file in found.attachments] == ["IT02652600210_00007_MT_002.xml", "IT02652600210_00007.xml"]


def test_a_receipt_of_certified_mail_says_what_it_is_about(tmp_path: Path) -> None:
    found = read(PLACE / "oca-pec" / "ACCETTAZIONE_ IT03339130126_00009.xml.txt", tmp_path)
    assert (found.kind, found.receipt and found.receipt.type) == ("receipt", "accepted")
    assert found.receipt is not None
    assert found.receipt.original_message_id.startswith("<1542123565.")
    assert found.receipt.certified_at is not None
    assert found.attachments == ()


def test_umlauts_of_an_undeclared_charset_are_read(tmp_path: Path) -> None:
    for number in range(1, 8):
        found = read(PLACE / "rt" / "8859-15-message-series" / f"msg{number}", tmp_path)
        assert found.subject == "test äöüßÄÖÜß€"
    assert read(PLACE / "rt" / "russian-subject-no-content-type", tmp_path).subject == "тест тест"


def test_what_customers_wrote_in_answers_of_many_programs_is_found(tmp_path: Path) -> None:
    answers = {path.stem: read(path, tmp_path).reply_text for path in mails("talon/standard_replies") if path.suffix}
    assert len(answers) == 12
    assert set(answers.values()) == {"Hello"}
