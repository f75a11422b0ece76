"""Companies, areas, channels and product lines: made, changed, ordered, and taken away while unused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.organisation.dimensions import (
    add_dimension,
    delete_dimension,
    edit_dimension,
    move_dimension,
)
from filo.foundation.organisation.kinds import KINDS
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.testing.clients import CheckedClient
from filo.testing.world import World

AREAS, COMPANIES, LINES = KINDS["areas"], KINDS["companies"], KINDS["product-lines"]


def test_a_code_is_made_from_the_name_and_never_twice(world: World) -> None:
    admin = world.principal("admin")
    first = add_dimension(admin, AREAS, {"name": "Centro Italia"})
    second = add_dimension(admin, AREAS, {"name": "Centro  Italia"})
    assert (first.code, second.code) == ("centro-italia", "centro-italia-2")
    with pytest.raises(InvalidFields) as refused:
        add_dimension(admin, AREAS, {"name": "Altro", "code": "centro-italia"})
    assert list(refused.value.fields) == ["code"]


def test_a_company_has_a_vat_number_that_can_be_right(world: World) -> None:
    admin = world.principal("admin")
    row = add_dimension(admin, COMPANIES, {"name": "Aurora Sport", "vat_number": "IT 00743110157"})
    assert isinstance(row, SellingCompany)
    assert row.vat_number == "00743110157"
    with pytest.raises(InvalidFields) as refused:
        add_dimension(admin, COMPANIES, {"name": "Aurora Mare", "vat_number": "00743110158"})
    assert list(refused.value.fields) == ["vat_number"]


def test_a_product_line_belongs_to_a_company(world: World) -> None:
    admin = world.principal("admin")
    row = add_dimension(admin, LINES, {"name": "Bimbo", "company": world.companies["moda"]})
    assert ProductLine.objects.get(pk=row.pk).company == world.companies["moda"]
    with pytest.raises(InvalidFields) as refused:
        add_dimension(admin, LINES, {"name": "Casa"})
    assert list(refused.value.fields) == ["company"]


def test_whoever_saved_second_loses_nothing(world: World, client_of: Callable[..., CheckedClient]) -> None:
    area, admin = world.areas["nord"], world.principal("admin")
    edit_dimension(admin, AREAS, area, version=1, fields={"name": "Nord Ovest"})
    with pytest.raises(Stale):
        edit_dimension(admin, AREAS, area, version=1, fields={"name": "Alta Italia"})
    answer = client_of("admin").post(f"/settings/areas/{area.pk}", {"name": "Alta Italia", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 412
    assert 'value="Alta Italia"' in page
    assert "Nord Ovest" in page
    assert 'name="version" value="2"' in page
    again = client_of("admin").post(f"/settings/areas/{area.pk}", {"name": "Alta Italia", "version": "2"})
    assert again.status_code == 302
    assert Area.objects.get(pk=area.pk).name == "Alta Italia"


def test_the_order_is_set_by_hand(world: World, client_of: Callable[..., CheckedClient]) -> None:
    assert names() == ["Nord", "Sud"]
    client_of("admin").post(f"/settings/areas/{world.areas['sud'].pk}/move", {"to": "up"})
    assert names() == ["Sud", "Nord"]
    move_dimension(world.principal("admin"), AREAS, world.areas["sud"], up=True)
    assert names() == ["Sud", "Nord"]


def names() -> list[str]:
    """The areas in their order."""
    return [area.name for area in Area.objects.all()]


def test_what_is_in_use_stays(world: World, client_of: Callable[..., CheckedClient]) -> None:
    admin = world.principal("admin")
    used = ((AREAS, world.areas["nord"]), (COMPANIES, world.companies["moda"]), (LINES, world.lines["donna"]))
    for kind, row in used:
        with pytest.raises(DomainError, check=lambda error: error.code == "in-use"):
            delete_dimension(admin, kind, row)
    refused = client_of("admin").post(f"/settings/areas/{world.areas['nord'].pk}/delete")
    assert refused.status_code == 409
    assert "Nord" in refused.content.decode()
    assert Area.objects.filter(pk=world.areas["nord"].pk).exists()


def test_what_is_unused_goes(world: World, client_of: Callable[..., CheckedClient]) -> None:
    channel = Channel.objects.get(code="agents")
    assert client_of("admin").post(f"/settings/channels/{channel.pk}/delete").status_code == 302
    assert not Channel.objects.exists()
    delete_dimension(world.principal("admin"), COMPANIES, world.companies["casa"])
    assert [company.name for company in SellingCompany.objects.all()] == ["Aurora Moda"]


def test_a_refused_form_says_so_at_the_field_and_keeps_what_was_typed(
    client_of: Callable[..., CheckedClient],
) -> None:
    answer = client_of("admin").post("/settings/companies/new", {"name": "Mare", "vat_number": "123"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Mare"' in page
    assert 'id="id_vat_number_error"' in page


@pytest.mark.parametrize("code", KINDS)
def test_management_looks_and_agents_do_not(client_of: Callable[..., CheckedClient], code: str) -> None:
    assert client_of("boss").get(f"/settings/{code}").status_code == 200
    assert client_of("boss").get(f"/settings/{code}/new").status_code == 403
    assert client_of("agent").get(f"/settings/{code}").status_code == 403


def test_a_name_is_shown_and_never_run(world: World, client_of: Callable[..., CheckedClient]) -> None:
    add_dimension(world.principal("admin"), AREAS, {"name": "<script>1</script>{{ 7 }}"})
    page = client_of("admin").get("/settings/areas").content.decode()
    assert "&lt;script&gt;1&lt;/script&gt;{{ 7 }}" in page
    with pytest.raises(Forbidden):
        add_dimension(world.principal("agent"), AREAS, {"name": "x"})


def test_a_number_with_a_wrong_check_digit_warns_and_can_be_kept(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    client, typed = client_of("admin"), {"name": "Aurora Prova", "vat_number": "01234567890"}
    warned = client.post("/settings/companies/new", typed)
    page = warned.content.decode()
    assert warned.status_code == 422
    assert "La cifra di controllo della partita IVA è errata" in page
    assert 'name="odd_vat"' in page
    assert 'value="01234567890"' in page
    kept = client.post("/settings/companies/new", {**typed, "odd_vat": "on"})
    assert kept.status_code == 302
    row = SellingCompany.objects.get(name="Aurora Prova")
    assert row.vat_number == "01234567890"
    page = client.get(f"/settings/companies/{row.pk}").content.decode()
    assert 'name="odd_vat"' in page
    assert "checked" in page


@pytest.mark.parametrize("number", ["0123456789", "ABCDEFGHILM", "123456789012"])
def test_what_has_not_the_shape_of_a_vat_number_is_not_kept(world: World, number: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        add_dimension(
            world.principal("admin"), COMPANIES, {"name": "Aurora Prova", "vat_number": number, "odd_vat": True}
        )
    assert list(refused.value.fields) == ["vat_number"]


def test_the_box_stands_only_where_a_number_is_odd(client_of: Callable[..., CheckedClient]) -> None:
    client = client_of("admin")
    assert 'name="odd_vat"' not in client.get("/settings/companies/new").content.decode()
    for number in ("00743110157", "123"):
        answer = client.post("/settings/companies/new", {"name": "", "vat_number": number})
        assert 'name="odd_vat"' not in answer.content.decode()
