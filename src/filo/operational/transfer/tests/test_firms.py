"""Firms that people of a file name and that are not here: each is made once, told apart, and taken back with it."""

from __future__ import annotations

from filo.operational.activities.services import add_task
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.services.preparing import shape_of
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, prepared
from filo.operational.transfer.tests.undoing import again, facts, told, undone
from filo.operational.transfer.trial import try_out
from filo.testing.world import World

STAFF = (
    "Nome,Cognome,E-mail,Azienda,Qualifica\n"
    "Ugo,Neri,ugo@example.it,Officine Neri S.r.l.,Titolare\n"
    "Ada,Neri,ada@example.it,OFFICINE NERI SRL,\n"
    "Mario,De Luca,mario@example.it,Lanificio Bassi S.r.l.,Acquisti\n"
    "Rosa,Verdi,rosa@example.it,,\n"
)


def made() -> list[str]:
    return sorted(Party.objects.filter(display_name__startswith="Officine", deleted_at=None).values_list(
        "display_name", flat=True
    ))  # fmt: skip


def test_a_firm_is_made_once_and_one_that_is_there_is_found(world: World) -> None:
    before = Party.objects.filter(kind="organisation").count()
    batch = brought(STAFF)
    assert (counts(batch), batch.firms) == ((4, 0, 0, 0), 1)
    assert Party.objects.filter(kind="organisation").count() == before + 1
    firm = Party.objects.get(legal_name="Officine Neri S.r.l.")
    ties = PartyRelation.objects.filter(to_party=firm).order_by("from_party__given_name")
    assert list(ties.values_list("from_party__given_name", "job_title")) == [("Ada", ""), ("Ugo", "Titolare")]
    twice = brought(STAFF)
    assert (counts(twice), twice.firms) == ((0, 0, 4, 0), 0)


def test_the_trial_tells_how_many(world: World) -> None:
    batch = prepared(STAFF)
    columns = usable_columns(IMPORTER, from_json(batch.mapping), batch.kind)
    found = try_out(IMPORTER, batch.path, shape_of(batch), columns, kind=batch.kind, mode=batch.mode)
    assert (found.created, found.rows, found.firms) == (4, 4, 1)
    assert made() == []


def test_without_the_wish_and_where_only_updates_come_nobody_is_made(world: World) -> None:
    batch = brought(STAFF, make_firms=False)
    assert (counts(batch), batch.firms, batch.warned, made()) == ((4, 0, 0, 0), 0, 2, [])
    batch = brought(STAFF, mode="update")
    assert (counts(batch), batch.firms, made()) == ((0, 0, 4, 0), 0, [])


def test_they_go_with_the_import_and_come_again(world: World) -> None:
    brought("Nome,Cognome,E-mail\nAda,Neri,ada@example.it\n")
    before = facts()
    batch = brought(STAFF)
    came = facts()
    assert (counts(batch), batch.firms) == ((3, 1, 0, 0), 1)
    assert told(undone(batch)) == ("undone", 4, 0)
    assert (made(), facts()) == ([], before)
    assert told(again(batch)) == ("done", 4, 0)
    assert facts() == came


def test_a_firm_where_somebody_stays_stays(world: World) -> None:
    batch = brought(STAFF)
    add_task(world.principal("admin"), title="Call", party=Party.objects.get(given_name="Ada", family_name="Neri"))
    assert told(undone(batch)) == ("undone", 2, 2)
    assert made() == ["Officine Neri S.r.l."]
