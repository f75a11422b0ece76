"""Customers are found in spite of typing errors, among those whom one sees and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.search import services as search
from filo.foundation.search.filling import fill_anew, incomplete
from filo.foundation.search.models import SearchFill, SearchText, SearchWord
from filo.operational.parties.models import Party
from filo.operational.parties.queries.similar import find_parties
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.editing import delete_party, edit_party
from filo.operational.parties.services.relations import relate
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import BUILDER, World

Clients = Callable[[str], CheckedClient]


def person(
    world: World, given: str, family: str, *, owner: str = "agent", area: str = "nord", **facts: object
) -> Party:
    spec = RelationshipSpec(company=world.companies["moda"], area=world.areas[area], owner_id=world.people[owner].id)
    data = {"kind": "person", "given_name": given, "family_name": family, **facts}
    return create_party(BUILDER, data, relationships=[spec])


def found(world: World, who: str, text: str) -> tuple[list[str], list[str]]:
    """Who is called so, and who nearly so."""
    hits = find_parties(world.principal(who), text)
    return [party.display_name for party in hits.parties], [party.display_name for party in hits.similar]


@pytest.fixture
def some(world: World) -> World:
    person(world, "Mario", "Rossi", contact_points=[{"type": "email", "value": "mario.rossi@posta.example"}])
    person(world, "Fabio", "Quagliarella")
    person(world, "Ada", "Brambilla")
    person(world, "Luca", "De Luca")
    return world


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Rosi Mario", "Mario Rossi"),
        ("mario rosi", "Mario Rossi"),
        ("Rsosi", "Mario Rossi"),
        ("mario.rosi@", "Mario Rossi"),
        ("mario.rosi@posta.example", "Mario Rossi"),
        ("Quagliarela", "Fabio Quagliarella"),
        ("quaglar", "Fabio Quagliarella"),
        ("kuagliarela fabio", "Fabio Quagliarella"),
        ("Brambila", "Ada Brambilla"),
        ("brambilal ada", "Ada Brambilla"),
        ("Bramibila", "Ada Brambilla"),
        ("lanificcio basi", "Lanificio Bassi S.r.l."),
        ("emporio comti", "Emporio Conti S.n.c."),
        ("deluca", "Luca De Luca"),
    ],
)
def test_a_slip_finds_whoever_was_meant(some: World, typed: str, meant: str) -> None:
    assert found(some, "agent", typed) == ([], [meant])


@pytest.mark.parametrize("typed", ["zzzz", "rxxsi", "bianchi", "ross mariangela", "xy", "123456"])
def test_another_name_finds_nobody(some: World, typed: str) -> None:
    assert found(some, "agent", typed) == ([], [])


def test_who_is_called_so_comes_first_and_apart_from_who_is_nearly(some: World) -> None:
    person(some, "Anna", "Rosini")
    assert found(some, "agent", "rosi") == (["Anna Rosini"], ["Mario Rossi"])


def test_where_somebody_is_called_exactly_so_nobody_else_is_offered(some: World) -> None:
    person(some, "Anna", "Rosi")
    assert found(some, "agent", "rosi") == (["Anna Rosi"], [])


def test_where_enough_are_called_so_nothing_else_is_offered(some: World) -> None:
    for given in ("Anna", "Bea", "Carla"):
        person(some, given, "Rosini")
    assert found(some, "agent", "rosi") == (["Anna Rosini", "Bea Rosini", "Carla Rosini"], [])


def test_who_is_called_so_comes_before_who_has_such_an_address_and_much_farther_names_stay_out(some: World) -> None:
    person(some, "Anna", "Esposito", contact_points=[{"type": "email", "value": "mario.rossi@posta.example"}])
    person(some, "Rosa Maria", "Bartolini")
    assert found(some, "agent", "rosi mario") == ([], ["Mario Rossi", "Anna Esposito"])


def test_the_fewest_slips_come_first(some: World) -> None:
    person(some, "Zoe", "Brambilla")
    person(some, "Bea", "Brambillo")
    assert found(some, "agent", "brambila")[1] == ["Ada Brambilla", "Zoe Brambilla", "Bea Brambillo"]


@pytest.mark.parametrize("typed", ["sartorria riva", "Sartoria Rivva"])
def test_a_similar_name_of_somebody_unseen_never_shows(world: World, client_of: Clients, typed: str) -> None:
    assert found(world, "teammate", typed) == ([], ["Sartoria Riva"])
    for who in ("agent", "stranger", "other_manager"):
        assert found(world, who, typed) == ([], [])
        for door in ("search", "search/suggest", "search/commands"):
            text = client_of(who).get(f"/{door}", {"q": typed}).text
            assert "Sartoria Riva<" not in text
            assert str(world.parties["teammates"].id) not in text
        answer = api_of(world, who).read(f"/search?q={typed}").json()
        assert (answer["items"], answer["count"], answer["count_is_exact"]) == ([], 0, True)


def test_the_api_says_who_is_only_similar(some: World) -> None:
    items = api_of(some, "agent").read("/search?q=quagliarela").json()["items"]
    assert [(item["kind"], item["title"], item["similar"]) for item in items] == [("party", "Fabio Quagliarella", True)]
    items = api_of(some, "agent").read("/search?q=quagliarella").json()["items"]
    assert [(item["title"], item["similar"]) for item in items] == [("Fabio Quagliarella", False)]


def test_page_and_palette_say_it_too(some: World, client_of: Clients) -> None:
    for door in ("search", "search/suggest", "search/commands"):
        answer = client_of("agent").get(f"/{door}", {"q": "quagliarela"}, headers={"Accept-Language": "en"})
        assert "Fabio Quagliarella" in answer.text, door
        assert "Nomi simili" in answer.text or "Similar names" in answer.text, door


def test_a_command_is_offered_for_whoever_was_meant(some: World, client_of: Clients) -> None:
    text = client_of("agent").get("/search/commands", {"q": "chiama quagliarela"}).text
    assert "#compose-call" in text


@pytest.mark.parametrize(
    "typed", ["7654321", "654321", "333 765 4321", "+39 333 765 43 21", "0039 3337654321", "765 4321"]
)
def test_a_phone_is_found_by_its_last_digits(world: World, typed: str) -> None:
    person(world, "Pia", "Neri", contact_points=[{"type": "mobile", "value": "+39 333 7654321"}])
    assert found(world, "agent", typed) == (["Pia Neri"], [])
    assert found(world, "agent", f"pia {typed}") == (["Pia Neri"], [])


def test_the_middle_of_a_number_finds_nothing(world: World) -> None:
    person(world, "Pia", "Neri", contact_points=[{"type": "mobile", "value": "+39 333 7654321"}])
    assert found(world, "agent", "37654") == ([], [])


def test_people_are_found_with_the_name_of_their_firm_where_both_are_seen(world: World) -> None:
    rosa = person(world, "Rosa", "Verdi", owner="agent")
    relate(BUILDER, rosa, to=world.parties["teammates"], role="contact")
    assert found(world, "manager", "rosa sartoria") == (["Rosa Verdi"], [])
    assert found(world, "manager", "riva verdi") == (["Rosa Verdi"], [])
    assert found(world, "agent", "rosa") == (["Rosa Verdi"], [])
    assert found(world, "agent", "rosa sartoria") == ([], [])


def test_words_come_in_any_order_with_the_family_name_first(some: World) -> None:
    assert found(some, "agent", "mario ros") == (["Mario Rossi"], [])
    assert found(some, "agent", "ros mar") == (["Mario Rossi"], [])


def test_a_new_name_is_recognised_and_what_nobody_is_called_any_more_is_forgotten(some: World) -> None:
    ada = Party.objects.get(family_name="Brambilla")
    edit_party(BUILDER, ada, {"family_name": "Fumagalli"}, version=None)
    assert found(some, "agent", "brambila") == ([], [])
    assert found(some, "agent", "fumagali") == ([], ["Ada Fumagalli"])
    assert SearchWord.objects.filter(word="brambilla").exists()
    assert search.sweep() > 0
    assert not SearchWord.objects.filter(word="brambilla").exists()
    assert found(some, "agent", "fumagali") == ([], ["Ada Fumagalli"])


def test_nobody_in_the_bin_is_similar(some: World) -> None:
    delete_party(BUILDER, Party.objects.get(family_name="Brambilla"))
    assert found(some, "boss", "brambila") == ([], [])


def test_all_words_are_made_anew(some: World) -> None:
    """As after an upgrade: the words were made by older rules, and none are known for typing errors."""
    for row in SearchText.objects.all():
        search.index("party", {row.object_id: "vecchio"})
    for word in SearchWord.objects.all():
        word.delete()
    SearchFill.objects.all().delete()
    assert {"party", "interaction"} <= {filler.kind for filler in incomplete()}
    told: list[tuple[str, int]] = []
    fill_anew(lambda kind, done, _of: told.append((kind, done)))
    assert ("interaction", 3) in told
    assert incomplete() == []
    assert found(some, "agent", "quagliarella") == (["Fabio Quagliarella"], [])
    assert found(some, "agent", "quagliarela") == ([], ["Fabio Quagliarella"])
    assert found(some, "agent", "vecchio") == ([], [])
