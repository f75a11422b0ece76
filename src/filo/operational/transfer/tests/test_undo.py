"""An import is taken back as a whole: what it made goes, what it changed is as before, what was touched since stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from filo.foundation.access.principal import system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.events.models import OutboxEvent
from filo.operational.activities.services import add_task
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import ExternalIdentity, Party, PartyRelation, Relationship
from filo.operational.parties.queries.searching import search_parties
from filo.operational.parties.services.editing import delete_party, edit_party
from filo.operational.parties.services.stages import move_stage
from filo.operational.transfer.services.starting import start_import
from filo.operational.transfer.services.turning import bring_again, undo_import
from filo.operational.transfer.tests.files import (
    IMPORTER,
    LIBRARIES,
    PEOPLE,
    brought,
    by_code,
    counts,
    points_of,
    prepared,
)
from filo.operational.transfer.tests.undoing import again, facts, left_of, told, undone
from filo.testing.world import World

SOMEBODY = system("somebody")
CHANGED = LIBRARIES.replace("Via Dante 2", "Via Dante 20").replace("due@biblio", "altri@biblio")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_what_it_made_is_gone_and_can_come_in_again(world: World) -> None:
    before = facts()
    batch = undone(brought(LIBRARIES))
    assert told(batch) == ("undone", 3, 0)
    assert facts() == before
    assert search_parties(IMPORTER, "089123456") == []
    assert not ExternalIdentity.objects.filter(system="codice isil").exists()
    assert counts(brought(LIBRARIES)) == (3, 0, 0, 0)


def test_what_it_changed_is_as_before(world: World) -> None:
    brought(LIBRARIES)
    before = facts()
    batch = brought(CHANGED)
    assert counts(batch) == (0, 1, 2, 0)
    assert facts() != before
    assert told(undone(batch)) == ("undone", 1, 0)
    assert facts() == before


def test_who_became_a_lead_by_it_is_a_suspect_again(world: World) -> None:
    brought("codice;denominazione\nA1;Bar Sport\n")
    since = Relationship.objects.get(party=by_code("A1")).stage_since
    batch = brought("codice;denominazione;email\nA1;Bar Sport;bar@sport.example\n")
    assert Relationship.objects.get(party=by_code("A1")).stage == "lead"
    undone(batch)
    found = Relationship.objects.get(party=by_code("A1"))
    assert (found.stage, found.stage_since) == ("suspect", since)
    again(batch)
    assert Relationship.objects.get(party=by_code("A1")).stage == "lead"


def test_ties_and_codes_go_with_it(world: World) -> None:
    brought(PEOPLE)
    before = facts()
    anna = Party.objects.get(contact_points__normalised="anna.bassi@example.it")
    batch = brought(
        "codice,Nome,Cognome,E-mail,Azienda\nP1,Anna,Bassi,anna.bassi@example.it,Lanificio Bassi S.r.l.\n"
        "P2,Ugo,Neri,ugo@example.it,Lanificio Bassi S.r.l.\n"
    )
    assert counts(batch) == (1, 1, 0, 0)
    assert PartyRelation.objects.filter(from_party=anna).count() == 1
    assert told(undone(batch)) == ("undone", 2, 0)
    assert facts() == before


def test_a_field_that_was_changed_since_stays_and_the_others_go_back(world: World) -> None:
    brought("codice;denominazione;settore;sdi\nA1;Bar Sport;bar;AAAAAAA\n")
    batch = brought("codice;denominazione;settore;sdi\nA1;Bar Sport;caffè;BBBBBBB\n")
    edit_party(SOMEBODY, by_code("A1"), {"sector": "ristorante"}, version=None)
    assert told(undone(batch)) == ("undone", 0, 1)
    party = by_code("A1")
    assert (party.sector, party.sdi_code) == ("ristorante", "AAAAAAA")
    assert left_of(batch) == [(2, "changed since by somebody")]


def test_what_was_touched_since_stays_with_its_reason(world: World) -> None:
    agent = world.principal("admin")
    lines = "".join(f"C{n};Bar {n};bar{n}@example.it\n" for n in range(7))
    batch = brought(f"codice;denominazione;email\n{lines}")
    bars = [by_code(f"C{n}") for n in range(7)]
    edit_party(SOMEBODY, bars[0], {"sector": "bar"}, version=None)
    log_interaction(agent, bars[1], channel="call", direction="out", subject="", body="")
    add_task(agent, title="Call", party=bars[2])
    move_stage(SOMEBODY, Relationship.objects.get(party=bars[3]), to="prospect", reason="asked")
    brought("Nome,Cognome,E-mail,Azienda\nUgo,Neri,ugo@example.it,Bar 4\n")
    delete_party(SOMEBODY, bars[5])
    batch = undone(batch)
    assert told(batch) == ("undone", 1, 6)
    living = Party.objects.filter(pk__in=[bar.pk for bar in bars], deleted_at=None)
    assert sorted(living.values_list("display_name", flat=True)) == ["Bar 0", "Bar 1", "Bar 2", "Bar 3", "Bar 4"]
    assert left_of(batch) == [
        (2, "changed since by somebody"),
        (3, "it has a story since"),
        (4, "it has been worked with since"),
        (5, "changed since by somebody"),
        (6, "somebody works there since"),
        (7, "changed since by somebody"),
    ]
    assert ExternalIdentity.objects.filter(key="C0").exists()


def test_rows_that_mean_one_party_are_put_back_from_the_last_to_the_first(world: World) -> None:
    brought("codice;denominazione;settore\nA1;Bar Sport;bar\n")
    before = facts()
    batch = brought("codice;denominazione;settore\nA1;Bar Sport;caffè\nA1;Bar Sport;ristorante\nB1;Due;x\nB1;Due;y\n")
    assert (counts(batch), batch.duplicates) == ((1, 3, 0, 0), 2)
    assert told(undone(batch)) == ("undone", 4, 0)
    assert facts() == before


def test_it_comes_in_again_as_it_was(world: World) -> None:
    brought(LIBRARIES)
    batch = brought(CHANGED + "IT-XX0009;Nuova;;;Salerno;SA;;;;;nuova@biblio.example;\n")
    came = facts()
    undone(batch)
    assert told(again(batch)) == ("done", 2, 0)
    assert facts() == came
    assert points_of(by_code("IT-XX0009")) == [("email", "nuova@biblio.example")]
    assert told(undone(batch)) == ("undone", 2, 0)
    assert told(again(batch)) == ("done", 2, 0)
    assert facts() == came


def test_a_code_that_is_taken_meanwhile_stays_where_it_is(world: World) -> None:
    batch = undone(brought("codice;denominazione\nA1;Bar Sport\n"))
    brought("codice;denominazione\nA1;Bar Roma\n")
    taken = ExternalIdentity.objects.get(key="A1").party
    batch = again(batch)
    assert told(batch) == ("done", 0, 1)
    assert ExternalIdentity.objects.get(key="A1").party == taken
    assert Party.objects.filter(display_name="Bar Sport", deleted_at=None).exists()


def test_what_is_not_over_cannot_be_taken_back(world: World) -> None:
    batch = start_import(IMPORTER, prepared(LIBRARIES), in_background=False)
    with pytest.raises(DomainError) as refused:
        undo_import(IMPORTER, batch)
    assert refused.value.code == "import-running"
    nothing = brought("codice;denominazione\nA9;\n")
    with pytest.raises(DomainError) as refused:
        undo_import(IMPORTER, nothing)
    assert refused.value.code == "nothing-to-take-back"
    batch = brought("codice;denominazione\nA1;Bar Sport\n")
    with pytest.raises(DomainError) as refused:
        bring_again(IMPORTER, batch)
    assert refused.value.code == "import-not-undone"


def test_two_who_take_it_back_at_once_do_it_once(world: World) -> None:
    admin = world.principal("admin")
    batch = undo_import(admin, brought(LIBRARIES))
    with pytest.raises(DomainError) as refused:
        undo_import(admin, batch)
    assert refused.value.code == "import-turning"


def test_it_is_for_who_may_change_the_import(world: World) -> None:
    batch = brought(LIBRARIES, principal=world.principal("inside"))
    for name in ("researcher", "boss", "agent"):
        with pytest.raises(Forbidden):
            undo_import(world.principal(name), batch)
    assert told(undone(batch, world.principal("inside"))) == ("undone", 3, 0)


def test_the_audit_tells_one_operation_and_what_it_took_back(world: World) -> None:
    batch = undone(brought(LIBRARIES))
    made = AuditEntry.objects.filter(operation=batch.pk)
    assert set(made.values_list("action", flat=True)) == {"party.create"}
    back = AuditEntry.objects.filter(undoes=batch.pk)
    assert set(back.values_list("action", flat=True)) == {"party.delete", "party.forget-codes"}
    assert OutboxEvent.objects.filter(type="party.deleted").count() == 3
    event = OutboxEvent.objects.get(type="import.taken-back")
    assert event.data == {"batch": str(batch.id), "rows": 3, "left": 0}
