"""Where a file says otherwise than a card: the file wins, fills, gives way to people's hands, or asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import DomainError, Forbidden
from filo.operational.parties.models import Party
from filo.operational.parties.queries.provenance import provenance_of
from filo.operational.parties.services.editing import edit_party
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import ImportBatch, ImportProposal
from filo.operational.transfer.services.mappings import keep_mapping
from filo.operational.transfer.services.preparing import shape_of
from filo.operational.transfer.services.proposals import decide
from filo.operational.transfer.services.turning import turn, undo_import
from filo.operational.transfer.tests.files import brought, by_code, counts, points_of, prepared, reasons
from filo.operational.transfer.trial import Trial, try_out
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

FIRST = (
    "codice;denominazione;settore;note;indirizzo;cap;comune;provincia\nC1;Bar Sport;Bar;;Via Roma 1;20121;Milano;MI\n"
)
THEN = (
    "codice;denominazione;settore;note;telefono;indirizzo;cap;comune;provincia\n"
    "C1;Bar dello Sport;Ristoranti;Chiuso lunedì;02 1234567;Via Po 3;10124;Torino;TO\n"
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def bar(world: World) -> Party:
    """A card that a file brought, and of which a person changed the sector."""
    brought(FIRST, principal=world.principal("admin").through("import"))
    party = by_code("C1")
    edit_party(world.principal("admin"), party, {"sector": "Gelaterie"}, version=None)
    return party


def again(world: World, conflict: str, text: str = THEN) -> ImportBatch:
    return brought(text, principal=world.principal("admin").through("import"), conflict=conflict)


def facts(party: Party) -> tuple[str, str, str, str]:
    fresh = Party.objects.get(pk=party.pk)
    return fresh.legal_name, fresh.sector, fresh.notes, str(fresh.addresses.get())


def trial_of(world: World, conflict: str, text: str = THEN) -> Trial:
    batch = prepared(text, conflict=conflict)
    columns = from_json(batch.mapping)
    principal = world.principal("admin").through("import")
    return try_out(
        principal, batch.path, shape_of(batch), columns, kind=batch.kind, mode=batch.mode, conflict=batch.conflict
    )


def test_the_file_wins_unless_something_else_is_said(world: World, bar: Party) -> None:
    batch = again(world, "")
    assert (batch.conflict, batch.kept) == ("file", 0)
    assert facts(bar) == ("Bar dello Sport", "Ristoranti", "Chiuso lunedì", "Via Po 3, 10124 Torino TO")


def test_only_what_is_empty_is_filled_and_the_rest_is_told(world: World, bar: Party) -> None:
    batch = again(world, "fill")
    assert facts(bar) == ("Bar Sport", "Gelaterie", "Chiuso lunedì", "Via Roma 1, 20121 Milano MI")
    assert points_of(bar) == [("phone", "+39021234567")]
    assert (counts(batch), batch.kept, batch.warned) == ((0, 1, 0, 0), 3, 1)
    assert (2, "settore", "“Gelaterie” stays; the file says “Ristoranti”.") in reasons(batch)
    assert (2, "indirizzo", "“Via Roma 1, 20121, Milano, MI” stays; the file says “Via Po 3, 10124, Torino, TO”.") in (
        reasons(batch)
    )


def test_a_row_of_which_nothing_is_written_is_unchanged_and_says_why(world: World, bar: Party) -> None:
    batch = again(world, "fill", "codice;denominazione;settore\nC1;Bar Sport;Ristoranti\n")
    assert (counts(batch), batch.kept, batch.warned) == ((0, 0, 1, 0), 1, 1)
    assert Party.objects.get(pk=bar.pk).version == 2


def test_what_people_wrote_by_hand_stays_and_what_files_wrote_does_not(world: World, bar: Party) -> None:
    batch = again(world, "hand")
    assert facts(bar) == ("Bar dello Sport", "Gelaterie", "Chiuso lunedì", "Via Po 3, 10124 Torino TO")
    assert batch.kept == 1
    assert reasons(batch) == [
        (2, "settore", "“Gelaterie” stays, because somebody wrote it by hand; the file says “Ristoranti”.")
    ]


def test_an_address_that_somebody_wrote_stays_whole(world: World, bar: Party) -> None:
    place = [{"street": "Via Dante 9", "city": "Lodi", "province": "LO"}]
    edit_party(world.principal("admin"), bar, {"addresses": place}, version=None)
    again(world, "hand")
    assert facts(bar)[3] == "Via Dante 9, Lodi LO"


@pytest.mark.parametrize(("conflict", "kept"), [("file", 0), ("fill", 3), ("hand", 1), ("ask", 3)])
def test_the_trial_tells_how_many_values_would_stay(world: World, bar: Party, conflict: str, kept: int) -> None:
    before = facts(bar)
    found = trial_of(world, conflict)
    assert (found.kept, found.updated, found.warned) == (kept, 1, int(kept > 0))
    assert facts(bar) == before


def test_the_rule_is_remembered_with_the_mapping(world: World, bar: Party) -> None:
    admin = world.principal("admin")
    keep_mapping(admin, prepared(THEN, principal=admin, conflict="hand"), name="Gestionale")
    assert prepared(THEN, principal=admin, mapping="Gestionale").conflict == "hand"
    assert prepared(THEN, principal=admin).conflict == "hand"
    assert prepared(THEN, principal=admin, conflict="ask").conflict == "ask"


def test_the_next_file_of_the_same_headers_has_the_rule_of_the_last(world: World, bar: Party) -> None:
    again(world, "fill")
    assert prepared(THEN, principal=world.principal("admin")).conflict == "fill"


def proposals(batch: ImportBatch) -> dict[str, ImportProposal]:
    return {found.name: found for found in ImportProposal.objects.filter(batch=batch)}


def test_what_is_asked_is_kept_aside_and_taken_one_by_one(world: World, bar: Party) -> None:
    batch, admin = again(world, "ask"), world.principal("admin")
    assert facts(bar) == ("Bar Sport", "Gelaterie", "Chiuso lunedì", "Via Roma 1, 20121 Milano MI")
    waiting = proposals(batch)
    assert set(waiting) == {"legal_name", "sector", "addresses.0"}
    assert (waiting["sector"].now, waiting["sector"].said) == ("Gelaterie", "Ristoranti")
    found = decide(admin, batch, take=True, chosen=[waiting["sector"].pk])
    assert (found.done, found.waiting) == (1, 0)
    assert facts(bar)[1] == "Ristoranti"
    assert decide(admin, batch, take=False, chosen=[waiting["legal_name"].pk]).done == 1
    assert facts(bar)[0] == "Bar Sport"
    assert {name: one.state for name, one in proposals(batch).items()} == {
        "legal_name": "left",
        "sector": "taken",
        "addresses.0": "open",
    }
    assert provenance_of(admin, Party.objects.get(pk=bar.pk))["sector"].kind == "hand"


def test_all_are_taken_at_once_and_taken_back_as_one_act(world: World, bar: Party) -> None:
    batch, admin = again(world, "ask"), world.principal("admin")
    before = facts(bar)
    assert decide(admin, batch, take=True).done == 3
    assert facts(bar) == ("Bar dello Sport", "Ristoranti", "Chiuso lunedì", "Via Po 3, 10124 Torino TO")
    undo_operation(admin, AuditEntry.objects.filter(action="party.edit").latest("at", "id").operation)
    assert facts(bar) == before


def test_what_was_changed_since_is_not_overwritten_but_shown_anew(world: World, bar: Party) -> None:
    batch, admin = again(world, "ask"), world.principal("admin")
    edit_party(admin, bar, {"sector": "Pasticcerie"}, version=None)
    found = decide(admin, batch, take=True)
    assert (found.done, found.waiting, found.more) == (2, 1, 0)
    assert facts(bar)[:2] == ("Bar dello Sport", "Pasticcerie")
    assert proposals(batch)["sector"].now == "Pasticcerie"
    assert decide(admin, batch, take=True).done == 1
    assert facts(bar)[1] == "Ristoranti"


def test_what_is_hidden_from_somebody_is_not_chosen_by_him(world: World, bar: Party) -> None:
    batch, admin = again(world, "ask"), world.principal("admin")
    masked = replace(admin, masks={"party": frozenset({"sector"})})
    assert decide(masked, batch, take=False, chosen=[proposals(batch)["sector"].pk]).done == 0
    assert decide(masked, batch, take=False).done == 2
    assert proposals(batch)["sector"].state == "open"


def test_only_who_may_change_the_import_chooses_and_only_while_it_stands(world: World, bar: Party) -> None:
    batch, admin = again(world, "ask"), world.principal("admin")
    with pytest.raises(Forbidden):
        decide(world.principal("boss"), batch, take=True)
    turn(admin, undo_import(admin, batch, in_background=False))
    assert facts(bar) == ("Bar Sport", "Gelaterie", "", "Via Roma 1, 20121 Milano MI")
    with pytest.raises(DomainError):
        decide(admin, batch, take=True)


def test_the_page_shows_both_values_and_takes_or_leaves(
    world: World, bar: Party, client_of: Callable[..., CheckedClient]
) -> None:
    world.people["admin"].language = "en"
    world.people["admin"].save()
    batch, client = again(world, "ask"), client_of("admin")
    address = f"/imports/{batch.pk}"
    page = client.get(address).content.decode()
    for words in ("The file says otherwise", "Gelaterie", "Ristoranti", "Take all from the file"):
        assert words in page, words
    client.post(f"{address}/proposals", {"leave": str(proposals(batch)["addresses.0"].pk)})
    told = client.post(f"{address}/proposals", {"take": "all"}, follow=True).content.decode()
    assert "2 values taken from the file." in told
    assert "The file says otherwise" not in told
    assert facts(bar) == ("Bar dello Sport", "Ristoranti", "Chiuso lunedì", "Via Roma 1, 20121 Milano MI")


def test_the_api_lists_what_waits_and_takes_it(world: World, bar: Party) -> None:
    batch, api = again(world, "ask"), api_of(world, "admin")
    address = f"/imports/{batch.pk}"
    assert (api.read(address).json()["conflict"], api.read(address).json()["kept"]) == ("ask", 3)
    items = api.read(f"{address}/proposals").json()["items"]
    told = {item["name"]: (item["label"], item["now"], item["said"]) for item in items}
    assert told["sector"] == ("Sector", "Gelaterie", "Ristoranti")
    answer = api.send(f"{address}/proposals", {"decision": "take"}).json()
    assert answer == {"done": 3, "waiting": 0, "more": 0}
    assert api.read(f"{address}/proposals").json()["items"] == []
