"""The VAT number of a firm abroad is taken with its letters, or is of the country where bills go."""

from __future__ import annotations

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.parties.drafts import clean_party
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party
from filo.testing.world import World

BERLIN = {"use": "main", "street": "Hauptstr. 1", "city": "Berlin", "postal_code": "10115", "country": "DE"}
ROME = {"use": "billing", "street": "Via Appia 1", "city": "Roma", "postal_code": "00183", "province": "RM"}


def kept(number: str, *addresses: dict[str, str]) -> str:
    facts = {"kind": "organisation", "legal_name": "Müller GmbH", "vat_number": number, "addresses": addresses}
    return str(clean_party(facts).facts["vat_number"])


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("DE136695976", "DE"),
        ("FR40303265045", "FR"),
        ("ATU33864707", "AT"),
        ("CHE116281710", "CH"),
        ("SM03473", "SM"),
        ("ESB58378431", "ES"),
        ("EL094259216", "GR"),
        ("GB220430231", "GB"),
    ],
)
def test_numbers_of_many_countries_are_kept_with_their_letters(number: str, country: str) -> None:
    there = {**BERLIN, "country": country}
    assert kept(number, there) == number
    assert kept(number) == number
    assert kept(number[2:], there) == number


def test_without_letters_it_is_of_the_country_where_bills_go() -> None:
    assert kept("136695976", BERLIN) == "DE136695976"
    with pytest.raises(InvalidFields):
        kept("136695976", BERLIN, ROME)
    assert kept("00743110157", BERLIN, ROME) == "00743110157"


def test_an_italian_number_of_a_firm_abroad_stays_italian() -> None:
    assert kept("00743110157", BERLIN) == "00743110157"


def test_a_number_is_still_the_same_after_another_change(world: World) -> None:
    admin, party = world.principal("admin"), world.parties["own"]
    edit_party(admin, party, {"vat_number": "136695976", "addresses": [BERLIN]}, version=None)
    edit_party(admin, party, {"sector": "Tessile", "addresses": [ROME]}, version=None)
    assert Party.objects.get(pk=party.pk).vat_number == "DE136695976"
