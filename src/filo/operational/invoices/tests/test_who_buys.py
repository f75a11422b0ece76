"""Who buys, as the exchange wants him told: from abroad, with an Italian number, or oneself."""

from __future__ import annotations

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.frozen import buyer_of
from filo.operational.invoices.services.drafting import clean_facts
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.services.storing import party_of
from filo.operational.invoices.tests.office import SELLER_VAT, Office
from filo.operational.invoices.tests.schema import complaints
from filo.operational.parties.models import Address, Party

pytestmark = pytest.mark.django_db


def in_berlin(office: Office, number: str) -> Office:
    Party.objects.filter(pk=office.party.pk).update(vat_number=number, sdi_code="", codice_fiscale="")
    place = {"street": "Hauptstr. 1", "postal_code": "10115", "city": "Berlin", "province": "", "country": "DE"}
    Address.objects.filter(party=office.party).update(**place)
    office.party.refresh_from_db()
    return office


@pytest.mark.parametrize(
    ("kept", "country", "number", "recipient"),
    [
        ("00743110157", "IT", "00743110157", "0000000"),
        ("DE136695976", "DE", "136695976", "XXXXXXX"),
        ("EL094259216", "GR", "094259216", "XXXXXXX"),
        ("CHE116281710", "CH", "E116281710", "XXXXXXX"),
        ("", "DE", "0000000", "XXXXXXX"),
    ],
)
def test_the_country_is_that_of_the_number(
    office: Office, kept: str, country: str, number: str, recipient: str
) -> None:
    content = xml_of(in_berlin(office, kept).issue())
    assert complaints(content, "FPR12") == []
    document = read(content).document
    buyer = document.buyer
    assert (buyer.vat_country, buyer.vat_number) == (country, number)
    assert buyer.address is not None
    assert buyer.address.country == "DE"
    assert document.transmission.recipient == recipient


def test_a_supplier_from_abroad_is_found_by_country_and_number(office: Office) -> None:
    for kept in ("EL094259216", "DE136695976", "CHE116281710", "00743110157"):
        in_berlin(office, kept)
        assert party_of(buyer_of(office.party)[0]) == office.party


def test_an_invoice_to_oneself_is_not_issued(office: Office) -> None:
    Party.objects.filter(pk=office.party.pk).update(vat_number=SELLER_VAT)
    with pytest.raises(InvalidFields) as refused:
        office.issue()
    assert "00471" in str(refused.value.fields["party"][0])
    assert office.issue(type="TD26").serial == 1


def test_codes_of_tenders_and_projects_are_checked() -> None:
    assert clean_facts({"cig": "z123 4567ab", "cup": "j11b21000000001"}) == {
        "cig": "Z1234567AB",
        "cup": "J11B21000000001",
    }
    for wrong in ({"cig": "ààà"}, {"cig": "123456789"}, {"cig": "àààààààààà"}, {"cup": "J11B2100000000"}):
        with pytest.raises(InvalidFields) as refused:
            clean_facts(wrong)
        assert list(refused.value.fields) == list(wrong)
