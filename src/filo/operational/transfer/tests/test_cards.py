"""Address books come in with all that telephones write: names, several numbers with their labels, places, notes."""

from __future__ import annotations

import json

import pytest

from filo.operational.parties.models import Address, ContactPoint, Party
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.tests.files import brought, counts, reasons
from filo.testing.world import World

pytestmark = pytest.mark.django_db

PHONE = """\
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iOS 5.0.1//EN
N:Bianchi;Nicolò;Maria;Dott.;
FN:Dott. Nicolò Maria Bianchi
ORG:Lanificio Rossi;Acquisti
TITLE:Responsabile
item1.EMAIL;type=INTERNET;type=pref:nicolo@example.it
EMAIL;type=HOME:casa@example.it
TEL;type=CELL;type=VOICE;type=pref:+39 333 1234567
TEL;type=WORK;type=FAX:089 123457
item2.TEL:089 123456
item2.X-ABLabel:_$!<Centralino>!$_
ADR;type=WORK:;;Via Roma 1\\nScala B;Salerno;SA;84121;Italia
item3.ADR;type=HOME;type=pref:;;Via Dante 2;Roma;RM;00184;Italia
URL;type=pref:http\\://www.example.it
BDAY;value=date:1978-03-12
NOTE:Prima riga\\nseconda\\, con virgola
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 !!!this is no base64 at all
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Bar Sport
ORG:Bar Sport
TEL:089 765432
END:VCARD
"""
OLD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
    b"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Forl=C3=AC;Niccol=C3=B2;;;\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Prima riga=0D=0A=\r\nseconda riga\r\n"
    b"TEL;CELL;PREF:3331234567\r\nTEL;WORK;FAX:089123457\r\n"
    b"PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSk\r\nnot indented and broken\r\n\r\n"
    b"EMAIL;PREF;INTERNET:niccolo@example.it\r\nEND:VCARD\r\n"
)
NEW = """\
BEGIN:VCARD
VERSION:4.0
FN:Sherlock Holmes
N:Holmes;Sherlock;;Mr;;
GENDER:M
TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+39-333-1234567;ext=5
EMAIL;PREF=1;TYPE=work:holmes@example.org
ADR;TYPE=work;LABEL="221B Baker Street: London":;;221B Baker Street;London;;NW1 6XE;United Kingdom
BDAY:--0412
UID:urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519
END:VCARD
"""


def points(party: Party) -> list[tuple[str, str, str, bool]]:
    rows = ContactPoint.objects.filter(party=party)
    return list(rows.values_list("type", "normalised", "label", "preferred"))


def only_party(batch: ImportBatch) -> Party:
    party = ImportRow.objects.get(batch=batch).party
    assert party
    return party


def test_cards_of_a_telephone_are_people_and_firms(world: World) -> None:
    batch = brought(PHONE, name="contatti.vcf")
    assert (batch.format, batch.kind, batch.origin, counts(batch)) == ("vcard", "parties", "vcard.cards", (2, 0, 0, 0))
    nicolo, bar = (row.party for row in ImportRow.objects.filter(batch=batch).order_by("number"))
    assert nicolo
    assert bar
    assert (nicolo.kind, nicolo.given_name, nicolo.family_name, nicolo.title) == (
        "person", "Nicolò Maria", "Bianchi", "Dott.",
    )  # fmt: skip
    assert (bar.kind, bar.legal_name) == ("organisation", "Bar Sport")
    assert str(nicolo.birth_date) == "1978-03-12"
    assert nicolo.notes == "Prima riga\nseconda, con virgola"
    assert points(nicolo) == [
        ("email", "nicolo@example.it", "", True),
        ("email", "casa@example.it", "Home", False),
        ("mobile", "+393331234567", "", True),
        ("fax", "+39089123457", "Work Fax", True),
        ("phone", "+39089123456", "Centralino", True),
        ("web", "http://www.example.it", "", True),
    ]
    places = Address.objects.filter(party=nicolo).values_list("use", "street", "postal_code", "city", "province")
    assert list(places) == [
        ("main", "Via Roma 1, Scala B", "84121", "Salerno", "SA"),
        ("home", "Via Dante 2", "00184", "Roma", "RM"),
    ]
    assert reasons(batch) == []
    assert batch.firms == 1  # the one that a person works at, who came with his card


def test_the_same_address_book_once_more_changes_nothing(world: World) -> None:
    brought(PHONE, name="contatti.vcf")
    assert counts(brought(PHONE, name="contatti.vcf")) == (0, 0, 2, 0)


def test_an_old_card_is_read_with_its_accents_and_soft_breaks(world: World) -> None:
    party = only_party(brought(OLD, name="old.vcf"))
    assert (party.given_name, party.family_name) == ("Niccolò", "Forlì")
    assert party.notes == "Prima riga\nseconda riga"
    assert [row[:2] for row in points(party)] == [
        ("email", "niccolo@example.it"), ("mobile", "+393331234567"), ("fax", "+39089123457"),
    ]  # fmt: skip


def test_a_new_card_has_uris_and_lists_of_types(world: World) -> None:
    party = only_party(brought(NEW, name="new.vcf"))
    assert (party.given_name, party.family_name, party.gender, party.birth_date) == ("Sherlock", "Holmes", "male", None)
    assert {row[:2] for row in points(party)} == {("email", "holmes@example.org"), ("mobile", "+393331234567")}
    assert Address.objects.get(party=party).country == "GB"


def test_a_card_without_any_name_stays_outside_and_is_told(world: World) -> None:
    batch = brought("BEGIN:VCARD\nVERSION:3.0\nUID:x1\nNOTE:nobody\nEND:VCARD\n", name="a.vcf")
    assert counts(batch) == (0, 0, 0, 1)


def test_a_card_that_is_cut_off_comes_in_with_what_is_there(world: World) -> None:
    cut = PHONE[: PHONE.index("ADR;type=WORK")]
    assert counts(brought(cut, name="a.vcf")) == (1, 0, 0, 0)


def test_a_card_in_a_card_is_that_of_an_assistant(world: World) -> None:
    nested = (
        "BEGIN:VCARD\nVERSION:2.1\nN:Verdi;Rosa\nAGENT:\nBEGIN:VCARD\nN:Neri;Ugo\nEND:VCARD\n"
        "EMAIL:rosa@example.it\nEND:VCARD\n"
    )
    party = only_party(brought(nested, name="a.vcf"))
    assert (party.family_name, points(party)[0][1]) == ("Verdi", "rosa@example.it")


def test_cards_in_json_and_xml_are_cards_too(world: World) -> None:
    names = ["n", {}, "text", ["Perreault", "Simon", "", "", ["ing."]]]
    mail = ["email", {"type": "work"}, "text", "simon@example.ca"]
    jcard = ["vcard", [["version", {}, "text", "4.0"], names, ["fn", {}, "text", "Simon Perreault"], mail]]
    xcard = """<?xml version="1.0"?><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"><vcard>
      <fn><text>Simon Perreault</text></fn><n><surname>Perreault</surname><given>Simon</given></n>
      <email><text>simon@example.ca</text></email>
      </vcard></vcards>"""
    party = only_party(brought(json.dumps(jcard), name="a.json"))
    assert (party.given_name, party.family_name) == ("Simon", "Perreault")
    assert counts(brought(xcard, name="a.xml")) == (0, 0, 1, 0)


def test_a_letter_that_was_folded_in_two_is_whole_again(world: World) -> None:
    name = "Niccolò".encode()
    folded = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + name[:-1] + b"\r\n " + name[-1:] + b" Verdi\r\nEND:VCARD\r\n"
    assert only_party(brought(folded, name="a.vcf")).given_name == "Niccolò"
