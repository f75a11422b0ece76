"""Files that telephones and other programs really wrote come in whole, and once more without a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from filo.operational.transfer.converting import unfold
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.reading import Unreadable
from filo.operational.transfer.tests.files import brought, counts
from filo.testing.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SHARED = Path(__file__).resolve().parents[6] / "shared" / "data"
CARDS = {
    "John_Doe_ANDROID.vcf": 6,
    "John_Doe_BLACK_BERRY.vcf": 1,
    "John_Doe_EVOLUTION.vcf": 1,
    "John_Doe_GMAIL.vcf": 1,
    "John_Doe_IPHONE.vcf": 1,
    "John_Doe_LOTUS_NOTES.vcf": 1,
    "John_Doe_MAC_ADDRESS_BOOK.vcf": 1,
    "John_Doe_MS_OUTLOOK.vcf": 1,
    "fullcontact.vcf": 1,
    "gmail-list.vcf": 3,
    "gmail-single2.vcf": 1,
    "issue114.vcf": 1,
    "jcard-example.json": 1,
    "outlook-2003.vcf": 1,
    "outlook-2007.vcf": 1,
    "rfc2426-example.vcf": 2,
    "rfc6350-example.vcf": 1,
    "rfc6351-example.xml": 1,
    "thunderbird-MoreFunctionsForAddressBook-extension.vcf": 1,
    "testfullvcard.vcf": 1,
    "vcard10.vcf": 5,
    "vcard4.vcf": 1,
    "vcard5.vcf": 1,
    "vcard9.vcf": 1,
}
TABLES = {
    "res_partner.xlsx": ("odoo.partners", (3, 0, 0, 0)),
    "test_import.xlsx": ("", (3, 0, 0, 0)),
    "test_import.xls": ("", (3, 0, 0, 0)),
    "test_import.ods": ("", (3, 0, 0, 0)),
    "restaurant-1.csv": ("", (112, 0, 0, 0)),
}


def content_of(name: str) -> bytes:
    found = sorted(SHARED.rglob(name)) if SHARED.is_dir() else []
    if not found:
        pytest.skip("the shared data sets are not beside this copy of the project")
    return found[0].read_bytes()


def twice(name: str) -> tuple[ImportBatch, ImportBatch]:
    content = content_of(name)
    return brought(content, name=name), brought(content, name=name)


@pytest.mark.parametrize("name", CARDS)
def test_address_books_come_in_card_by_card_and_stay_as_they_are(world: World, name: str) -> None:
    first, again = twice(name)
    assert (counts(first), first.kind) == ((CARDS[name], 0, 0, 0), "parties")
    assert counts(again) == (0, 0, CARDS[name], 0)


@pytest.mark.parametrize("name", TABLES)
def test_workbooks_and_tables_come_in_and_stay_as_they_are(world: World, name: str) -> None:
    first, again = twice(name)
    assert (first.origin, counts(first)) == TABLES[name]
    assert counts(again) == (0, 0, first.total, 0)


def test_a_workbook_that_lost_some_of_its_bytes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(content_of("product_template.xls"))
    with pytest.raises(Unreadable) as refusal:
        unfold(path)
    assert refusal.value.code == "broken-file"
