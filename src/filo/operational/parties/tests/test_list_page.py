"""The list of customers as people use it: columns, views, cells changed in their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from filo.foundation.fields.services.making import make_field
from filo.foundation.lists.models import SavedView
from filo.operational.parties.models import Party
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import ListQuery
from filo.operational.parties.services.editing import edit_party
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


def headings(page: Any) -> list[str]:
    html = page.content.decode()
    heads = re.findall(r'<th scope="col"(?! class="box")[^>]*>(.*?)</th>', html)
    return [re.sub(r"<[^>]+>", "", head).strip() for head in heads]


def row(page: Any, name: str) -> str:
    html: str = page.content.decode()
    rows: list[str] = re.findall(r"<tr data-peek.*?</tr>", html, re.S)
    return next(found for found in rows if name in found)


def test_a_list_shows_the_columns_of_its_address(client_of: ClientOf) -> None:
    client = client_of("agent")
    assert headings(client.get("/parties?columns=phone,stage")) == ["Nome", "Telefono", "Stadio"]
    assert headings(client.get("/parties?columns=nothing,%27")) == headings(client.get("/parties"))
    assert 'href="tel:+39021234567"' in row(client.get("/parties?columns=phone"), "Lanificio Bassi")


def test_ticked_columns_become_the_address(client_of: ClientOf) -> None:
    answer = client_of("agent").get("/parties?stage=lead&columns=stage,phone&column=phone&column=area")
    assert answer["Location"] == "/parties?stage=lead&columns=phone,area"


def test_a_masked_column_is_not_there(client_of: ClientOf) -> None:
    page = client_of("operator").get("/parties?columns=birth_date,stage")
    assert headings(page) == ["Nome", "Stadio"]
    assert "Data di nascita" not in page.content.decode()


def test_a_view_is_kept_opened_changed_and_kept_again(client_of: ClientOf) -> None:
    client = client_of("agent")
    answer = client.post(
        "/lists/parties/views/new", {"name": "Chiamate", "query": "stage=lead&columns=phone", "pin": "1"}
    )
    view = SavedView.objects.get()
    assert answer["Location"] == f"/parties?columns=phone&stage=lead&view={view.id}"
    page = client.get(answer["Location"])
    assert headings(page) == ["Nome", "Telefono"]
    assert 'aria-current="page">Chiamate' in page.content.decode()
    assert "Salva le modifiche" not in page.content.decode()
    changed = client.get(f"/parties?columns=phone&stage=customer&view={view.id}")
    assert "Salva le modifiche" in changed.content.decode()
    client.post(f"/lists/views/{view.id}/rewrite", {"query": "columns=phone&stage=customer"})
    view.refresh_from_db()
    assert view.query == "columns=phone&stage=customer"


def test_a_bare_list_opens_with_the_view_of_ones_role(client_of: ClientOf, world: World) -> None:
    SavedView.objects.create(
        list_code="parties",
        name="First",
        query="stage=lead",
        audience="everyone",
        roles=["agent"],
        owner=world.people["admin"],
        created_at=world.parties["own"].created_at,
    )
    assert client_of("agent").get("/parties")["Location"].startswith("/parties?stage=lead&view=")
    assert client_of("agent").get("/parties?view=all").status_code == 200
    assert client_of("operator").get("/parties").status_code == 200


def test_a_cell_is_changed_in_its_place(client_of: ClientOf, world: World) -> None:
    client, party = client_of("agent"), world.parties["own"]
    form = client.get(f"/parties/{party.id}/cell/sector").content.decode()
    assert 'name="sector"' in form
    version = Party.objects.get(pk=party.id).version
    answer = client.post(f"/parties/{party.id}/cell/sector", {"sector": "Tessile", "version": version})
    assert answer.status_code == 200
    assert "Tessile" in answer.content.decode()
    assert Party.objects.get(pk=party.id).sector == "Tessile"


def test_a_wrong_value_in_a_cell_is_said_there(client_of: ClientOf, world: World) -> None:
    party = world.parties["own"]
    answer = client_of("agent").post(
        f"/parties/{party.id}/cell/vat_number", {"vat_number": "123", "version": party.version}
    )
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert Party.objects.get(pk=party.id).vat_number == party.vat_number


@pytest.mark.parametrize(("who", "column"), [("operator", "birth_date"), ("agent", "name"), ("agent", "nothing")])
def test_what_is_no_cell_to_change_is_not_there(client_of: ClientOf, world: World, who: str, column: str) -> None:
    assert client_of(who).get(f"/parties/{world.parties['own'].id}/cell/{column}").status_code == 404


def test_whoever_may_not_assign_changes_no_owner(client_of: ClientOf, world: World) -> None:
    assert client_of("agent").get(f"/parties/{world.parties['own'].id}/cell/owner").status_code == 403
    assert client_of("stranger").get(f"/parties/{world.parties['own'].id}/cell/sector").status_code == 404


def test_a_field_of_ones_own_is_a_column_and_an_order(client_of: ClientOf, world: World) -> None:
    field = make_field(world.principal("admin"), "party", {"label_it": "Dipendenti", "kind": "number"})
    boss, names = world.principal("boss"), {"own": "12", "shared": "9"}
    for name, value in names.items():
        edit_party(boss, Party.objects.get(pk=world.parties[name].pk), {field.name: value}, version=None)
    client = client_of("boss")
    page = client.get(f"/parties?columns=fields.{field.code}&sort=fields.{field.code}")
    assert headings(page) == ["Nome", "Dipendenti"]
    cell = r'<td class="end" data-label="Dipendenti"[^>]*>(.*?)</td>'
    shown = re.findall(cell, page.content.decode())
    assert shown[:2] == ["9", "12"]
    assert set(shown[2:]) == {""}
    turned = client.get(f"/parties?columns=fields.{field.code}&sort=-fields.{field.code}").content.decode()
    assert re.findall(cell, turned)[:2] == ["12", "9"]


def test_the_pages_of_such_an_order_hold_everybody_once(client_of: ClientOf, world: World) -> None:
    field = make_field(world.principal("admin"), "party", {"label_it": "Dipendenti", "kind": "number"})
    boss = world.principal("boss")
    parties = list(Party.objects.visible_to(boss))
    for place, party in enumerate(parties[: len(parties) // 2]):
        edit_party(boss, party, {field.name: str(place % 3)}, version=None)
    for sort in (f"fields.{field.code}", f"-fields.{field.code}"):
        seen, cursor = [], ""
        while True:
            page = PartyListing(boss, ListQuery(sort=sort, size=2, cursor=cursor)).page
            seen += [party.id for party in page.rows]
            if not page.next:
                break
            cursor = page.next
        assert sorted(seen) == sorted(party.id for party in parties)


def test_a_changed_cell_has_a_way_back(client_of: ClientOf, world: World) -> None:
    client, party = client_of("agent"), world.parties["own"]
    before = Party.objects.get(pk=party.id)
    answer = client.post(f"/parties/{party.id}/cell/sector", {"sector": "Tessile", "version": before.version})
    address = re.search(r'action="(/[^"]*undo[^"]*)"', answer.content.decode())
    assert address is not None
    client.post(address[1].replace("&amp;", "&"))
    assert Party.objects.get(pk=party.id).sector == before.sector


def test_a_field_of_ones_own_is_changed_in_its_place(client_of: ClientOf, world: World) -> None:
    money = make_field(world.principal("admin"), "party", {"label_it": "Budget", "kind": "money"})
    client, party = client_of("agent"), Party.objects.get(pk=world.parties["own"].pk)
    address = f"/parties/{party.id}/cell/{money.name}"
    assert f'name="{money.name}"' in client.get(address).content.decode()
    wrong = client.post(address, {money.name: "molto", "version": party.version})
    assert (wrong.status_code, 'class="error"' in wrong.content.decode()) == (422, True)
    answer = client.post(address, {money.name: "12.500,50", "version": party.version})
    assert "12.500,50" in answer.content.decode()
    assert Party.objects.get(pk=party.pk).fields == {money.code: "12500.50"}


def test_the_reason_of_a_stage_is_asked_in_one_line_of_the_cell(client_of: ClientOf, world: World) -> None:
    form = client_of("agent").get(f"/parties/{world.parties['own'].id}/cell/stage").content.decode()
    assert "<textarea" not in form
    assert 'placeholder="Perché?"' in form


def test_the_view_of_a_role_is_set_while_it_is_kept(client_of: ClientOf) -> None:
    client = client_of("admin")
    kept = {"name": "Da chiamare", "query": "stage=lead", "roles": ["agent"]}
    refused = client.post("/lists/parties/views/new", kept | {"audience": "me"})
    assert refused.status_code == 422
    assert "Solo una vista per tutti" in refused.content.decode()
    client.post("/lists/parties/views/new", kept | {"audience": "everyone"})
    assert client_of("agent").get("/parties")["Location"] == f"/parties?stage=lead&view={SavedView.objects.get().id}"


def test_columns_stand_in_the_order_in_which_they_were_sent_and_go_back_to_the_usual(client_of: ClientOf) -> None:
    client = client_of("agent")
    answer = client.get("/parties?columns=stage,phone&column=phone&column=stage")
    assert answer["Location"] == "/parties?columns=phone,stage"
    page = client.get("/parties?columns=phone,stage")
    assert headings(page) == ["Nome", "Telefono", "Stadio"]
    assert re.findall(r'name="column" value="([a-z_]+)"', page.content.decode())[:2] == ["phone", "stage"]
    assert "Colonne solite" in page.content.decode()
    assert "Colonne solite" not in client.get("/parties").content.decode()


def test_fields_of_ones_own_are_among_the_orders_of_the_menu(client_of: ClientOf, world: World) -> None:
    field = make_field(world.principal("admin"), "party", {"label_it": "Dipendenti", "kind": "number"})
    page = client_of("boss").get(f"/parties?sort=-{field.name}").content.decode()
    assert f'sort={field.name}">Dipendenti</a>' in page
    assert re.search(r"<summary[^>]*>(?:<svg.*?</svg>)Dipendenti</summary>", page, re.S)
