"""Many customers are changed from the list: chosen, previewed, done with a way back; and the same at the API."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from filo.foundation.fields.services.making import make_field
from filo.operational.parties.models import BulkEdit, Party, Relationship
from filo.operational.parties.tests.many import firms, work
from filo.testing.clients import CheckedClient
from filo.testing.world import World

Clients = Callable[..., CheckedClient]


def chosen(client: CheckedClient, **sent: object) -> str:
    """The address of the page that opens after choosing."""
    response = client.post("/parties/many", sent)
    assert response.status_code == 302
    return str(response["Location"])


def test_from_the_list_to_the_undo(world: World, client_of: Clients) -> None:
    client, parties = client_of("manager"), firms(world, 30)
    address = chosen(client, chosen=[str(party.id) for party in parties])
    assert "30 clienti" in client.get(address).content.decode()
    teammate = world.people["teammate"]
    answer = client.post(f"{address}/preview", {"act": "assign", "owner": str(teammate.id)}, follow=True)
    page = answer.content.decode()
    assert "Cambia 30 clienti" in page
    assert page.count("Filatura 000") == 8
    assert (page.count("<b>Teammate</b>"), Relationship.objects.filter(owner=teammate, party__in=parties).count()) == (
        8,
        0,
    )
    client.post(f"{address}/run")
    assert "Aspetta" in client.get(address).content.decode()
    work()
    page = client.get(f"{address}/state").content.decode()
    assert '<b class="num">30</b> clienti cambiati.' in page
    assert f"{address}/back" in page
    client.post(f"{address}/back")
    work()
    assert "Tutto è com'era prima." in client.get(address).content.decode().replace("&#x27;", "'")
    assert Relationship.objects.filter(owner=teammate, party__in=parties).count() == 0


def test_all_that_the_list_shows_are_chosen_without_their_ids(world: World, client_of: Clients) -> None:
    firms(world, 12)
    address = chosen(client_of("manager"), all="1", query=f"?q=Filatura&owner={world.people['agent'].id}&sort=-created")
    edit = BulkEdit.objects.get(pk=address.rpartition("/")[2])
    assert edit.total == 12


def test_a_form_that_says_nothing_is_shown_again_with_a_sentence(world: World, client_of: Clients) -> None:
    client = client_of("manager")
    address = chosen(client, chosen=[str(world.parties["own"].id)], act="stage")
    assert address.endswith("?act=stage")
    address = address.partition("?")[0]
    answer = client.post(f"{address}/preview", {"act": "stage", "stage": "customer", "reason": " "})
    assert (answer.status_code, 'name="reason"' in answer.content.decode()) == (422, True)
    answer = client.post(f"{address}/preview", {"act": "assign"}, headers={"HX-Request": "true"})
    assert (answer.status_code, "<html" in answer.content.decode()) == (422, False)


def test_nobody_chosen_is_a_sentence_and_an_agent_is_offered_only_what_he_may(world: World, client_of: Clients) -> None:
    client = client_of("agent")
    assert client.post("/parties/many").status_code == 409
    address = chosen(client, chosen=[str(world.parties["own"].id)])
    page = client.get(address).content.decode()
    assert ("?act=sector" in page, "?act=assign" in page, "?act=bin" in page) == (True, False, False)
    assert client.post(f"{address}/preview", {"act": "bin"}).status_code == 403
    assert client_of("stranger").get(address).status_code == 404


def test_a_page_of_examples_asks_little(
    world: World, client_of: Clients, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = client_of("manager")
    address = chosen(client, chosen=[str(party.id) for party in firms(world, 20)])
    client.post(f"{address}/preview", {"act": "assign", "owner": str(world.people["teammate"].id)})
    with django_assert_max_num_queries(25):
        client.get(f"{address}?act=assign&preview=1")


def test_it_is_stopped_from_its_page(world: World, client_of: Clients) -> None:
    client = client_of("manager")
    address = chosen(client, chosen=[str(party.id) for party in firms(world, 3)])
    client.post(f"{address}/preview", {"act": "sector", "value": "meccanica"})
    client.post(f"{address}/run")
    client.post(f"{address}/stop")
    assert "3" in client.get(address).content.decode()
    assert not Party.objects.filter(sector="meccanica").exists()
    assert client.post(f"{address}/stop").status_code == 409


def test_a_field_of_the_firms_own_is_offered_with_its_input_and_reads_as_on_the_card(
    world: World, client_of: Clients
) -> None:
    field = make_field(world.principal("admin"), "party", {"label_it": "Budget", "kind": "money"})
    client, parties = client_of("manager"), firms(world, 3)
    address = chosen(client, chosen=[str(party.id) for party in parties])
    assert f"?act={field.name}" in client.get(address).content.decode()
    form = client.get(f"{address}?act={field.name}").content.decode()
    assert 'inputmode="decimal"' in form
    wrong = client.post(f"{address}/preview", {"act": field.name, "value": "molto"})
    assert wrong.status_code == 422
    page = client.post(f"{address}/preview", {"act": field.name, "value": "1.250,50"}, follow=True).content.decode()
    assert "Budget: 1.250,50 €" in page.replace("\xa0", " ")
    client.post(f"{address}/run")
    work()
    assert {Party.objects.get(pk=party.pk).fields[field.code] for party in parties} == {"1250.50"}
