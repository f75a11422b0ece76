"""What a mail is, who wrote it, what he wrote: by small mails that each have one thing wrong or odd."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filo.collaborative.mailroom.reading.charsets import decoded
from filo.collaborative.mailroom.reading.errors import Refused
from filo.collaborative.mailroom.reading.heads import clean_address, line
from filo.collaborative.mailroom.reading.house import House
from filo.collaborative.mailroom.reading.markup import as_text
from filo.collaborative.mailroom.reading.parsed import ParsedMail, from_json
from filo.collaborative.mailroom.reading.reader import read_mail
from filo.collaborative.mailroom.reading.trimming import reply_of
from filo.collaborative.mailroom.tests.mails import mail

HOUSE = House(frozenset({"info@aurora.example"}), "crm.example.it", frozenset({"mx.aurora.example"}))


def read(raw: bytes, tmp_path: Path, *, envelope_from: str | None = "mario.rossi@example.it") -> ParsedMail:
    path = tmp_path / "raw.eml"
    path.write_bytes(raw)
    return read_mail(path, tmp_path, HOUSE, envelope_from=envelope_from)


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        ({}, "message"),
        ({"Auto_Submitted": "no"}, "message"),
        ({"Auto_Submitted": "auto-replied (vacation)"}, "automatic"),
        ({"X_Auto_Response_Suppress": "All"}, "automatic"),
        ({"X_Auto_Response_Suppress": "DR, NDR, RN"}, "message"),
        ({"X_Autoreply": "yes"}, "automatic"),
        ({"Precedence": "auto_reply"}, "automatic"),
        ({"Precedence": "bulk"}, "list"),
        ({"List_Id": "<moda.lists.example>"}, "list"),
        ({"List_Unsubscribe": "<https://news.example/u>"}, "list"),
        ({"From": "No Reply <no-reply@shop.example>"}, "automatic"),
        ({"From": "nonrispondere@poste.example"}, "automatic"),
        ({"From": "noreen@example.it"}, "message"),
        ({"Subject": "Risposta automatica: richiesta"}, "automatic"),
        ({"Subject": "Re: risposta automatica del vostro sito"}, "message"),
        ({"From": "MAILER-DAEMON@mx.example", "Subject": "notice"}, "automatic"),
        ({"X_Loop": "crm.example.it"}, "own"),
        ({"X_Loop": "crm.other.example"}, "message"),
        ({"From": "info@aurora.example"}, "own"),
        ({"From": "info@aurora.example", "Reply_To": "cliente@example.it"}, "message"),
    ],
)
def test_only_what_a_person_wrote_to_us_is_a_message(heads: dict[str, str], kind: str, tmp_path: Path) -> None:
    assert read(mail(**heads), tmp_path).kind == kind


def test_what_would_go_back_to_nobody_is_automatic(tmp_path: Path) -> None:
    assert read(mail(), tmp_path, envelope_from="").kind == "automatic"
    assert read(mail(Return_Path="<>"), tmp_path, envelope_from=None).kind == "automatic"


def test_the_form_of_a_site_is_answered_to_its_visitor(tmp_path: Path) -> None:
    found = read(mail(From="info@aurora.example", Reply_To="Anna <anna@example.it>"), tmp_path)
    assert found.answers_to.address == "anna@example.it"


def test_what_others_say_of_the_sender_is_not_believed(tmp_path: Path) -> None:
    said = "mx.evil.example; dmarc=pass header.from=example.it"
    assert read(mail(Authentication_Results=said), tmp_path).authentication.is_sure is False
    ours = "mx.aurora.example; spf=pass smtp.mailfrom=x (dmarc=fail); dkim=fail; dkim=pass; dmarc=pass header.from=x"
    found = read(mail(Authentication_Results=ours), tmp_path).authentication
    assert (found.spf, found.dkim, found.dmarc, found.is_sure) == ("pass", "pass", "pass", True)
    forged = read(mail(Authentication_Results="mx.aurora.example; dmarc=fail"), tmp_path).authentication
    assert (forged.is_sure, forged.is_doubtful) == (False, True)


def test_a_mail_without_a_date_or_an_id_is_read(tmp_path: Path) -> None:
    found = read(mail(Date=None, Message_ID=None), tmp_path)
    assert (found.date, found.remarks) == (None, ("no-date",))
    assert found.message_id.endswith("@no-id.invalid>")
    assert read(mail(Date=None, Message_ID=None), tmp_path).message_id == found.message_id
    assert read(mail(Date="domani mattina"), tmp_path).date is None


def test_a_mail_that_names_no_sender_has_the_one_of_the_envelope_or_none(tmp_path: Path) -> None:
    assert read(mail(From=None), tmp_path, envelope_from="a@example.it").sender.address == "a@example.it"
    with pytest.raises(Refused, match="no-sender"):
        read(mail(From=None), tmp_path, envelope_from="")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("=?utf-8?q?Perch=C3=A9_no=3F?=", "Perché no?"),
        ("=?iso-8859-15?q?100_=A4?=", "100 €"),
        ("=?x-nonsense?b?Y2lhbw==?=", "ciao"),
        ("=?utf-8?b?Y2lhbw?=", "ciao"),
        ("uno\r\n due\tBcc: x@example.it", "uno due Bcc: x@example.it"),
        ("fattura\u202efdp.exe", "fatturafdp.exe"),
        ("\udcd4\udcc5\udcd3\udcd4 \udcd4\udcc5\udcd3\udcd4", "тест тест"),
        ("citt\udce0", "città"),
    ],
)
def test_heads_are_read_as_people_mean_them(raw: str, says: str) -> None:
    assert line(raw) == says


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("€ è".encode(), "us-ascii", "€ è"),
        (b"\x80 \xe8", "iso-8859-1", "€ è"),
        ("測試".encode("gb18030"), "gb2312", "測試"),
        ("ciao".encode("utf-16"), "", "ciao"),
        (b"ciao\x00", "zlib", "ciao"),
        (b"perch\xe9", "rot13", "perché"),
        (b"perch\xe9", "utf-8", "perché"),
    ],
)
def test_texts_are_read_whatever_their_charset_is_called(data: bytes, charset: str, text: str) -> None:
    assert decoded(data, charset) == text


@given(st.binary(max_size=300), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_bytes_become_text_that_a_database_takes(data: bytes, charset: str) -> None:
    text = decoded(data, charset)
    assert "\x00" not in text
    text.encode("utf-8")


@given(st.text(max_size=200))
@settings(deadline=None)
def test_no_head_breaks_a_line_or_an_address(raw: str) -> None:
    assert not set(line(raw)) & set("\r\n\x00\u2028\u202e")
    found = clean_address(raw)
    assert found == "" or (found.isprintable() and " " not in found and "@" in found)


@given(st.binary(max_size=2000))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("mail")
    try:
        found = read(b"Content-Type: multipart/mixed; boundary=a\r\n" + raw, folder)
    except Refused:
        return
    assert from_json(found.to_json()) == found


GMAIL = "Il giorno lun 3 nov 2025 alle ore 10:12 Aurora <info@aurora.example> ha scritto:"
OUTLOOK = "Da: Aurora <info@aurora.example>\nInviato: lunedì 3 novembre 2025\nA: Mario\nOggetto: R: x"
ANSWERS = [
    (f"Va bene.\n\n{GMAIL}\n\n> ciao", "Va bene."),
    ("Va bene.\n\nInviato da iPhone\n\n> Il giorno 3 nov 2025, alle 10:12, Aurora ha scritto:\n> \n> ciao", "Va bene."),
    (f"Va bene.\n\n{OUTLOOK}\n\nciao", "Va bene."),
    ("Va bene.\n\n-----Messaggio originale-----\nDa: Aurora\n\nciao", "Va bene."),
    ("Vorrei:\n- il rosso\n- il blu\n\nCordiali saluti\nMario Rossi\n089 123456", "Vorrei:\n- il rosso\n- il blu"),
    ("Fine.\n\nOn Mon, Nov 3, 2025 at 10:12 AM Aurora <\ninfo@aurora.example> wrote:\n\n> hello", "Fine."),
    ("Thanks\n-- \nMario", "Thanks"),
    ("> Quanto costa?\n\nCosta 40 euro, in una settimana.", "Costa 40 euro, in una settimana."),
    ("Saluti", "Saluti"),
    ("> solo citato", "> solo citato"),
]


@pytest.mark.parametrize(("text", "new"), ANSWERS)
def test_what_was_written_anew_is_found(text: str, new: str) -> None:
    assert reply_of(text) == new


def test_html_is_read_as_people_see_it() -> None:
    html = (
        "<html><head><title>no</title><style>p{}</style></head><body><p>Buongiorno,<br>quanto&nbsp;costa?</p>"
        "<ul><li>rosso<li>blu</ul><script>alert(1)</script><blockquote>ciao</blockquote></body></html>"
    )
    assert as_text(html) == "Buongiorno,\nquanto costa?\n\n- rosso\n- blu\n\n> ciao"
