"""Every row ends as created, updated, unchanged or rejected; the same file twice changes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.parties.models import Address, ExternalIdentity, Party, PartyRelation, Relationship, TimelineEntry
from filo.operational.parties.queries.searching import search_parties
from filo.operational.parties.services.editing import delete_party
from filo.operational.transfer.models import ImportRow
from filo.operational.transfer.reading import Unreadable
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.services.starting import start_import
from filo.operational.transfer.tests.files import (
    IMPORTER,
    LIBRARIES,
    PEOPLE,
    brought,
    by_code,
    counts,
    points_of,
    prepared,
    reasons,
)
from filo.testing.world import World


def test_a_file_of_organisations_comes_in_whole(world: World) -> None:
    batch = brought(LIBRARIES)
    assert (batch.state, counts(batch), batch.kind) == ("done", (3, 0, 0, 0), "organisations")
    first = by_code("IT-XX0001")
    assert first.display_name == "Biblioteca comunale"
    assert points_of(first) == [
        ("phone", "+39089123456"),
        ("email", "biblio@comune.example"),
        ("web", "https://www.biblio.example"),
    ]
    address = Address.objects.get(party=first)
    assert (address.street, address.postal_code, address.province) == ("Via Roma, 1", "84121", "SA")
    assert (address.latitude, address.longitude) == (Decimal("40.682441"), Decimal("14.768096"))
    assert Relationship.objects.get(party=first).stage == "lead"
    assert TimelineEntry.objects.get(party=first).kind == "party.created"
    assert first.source == "clienti"
    assert first in search_parties(IMPORTER, "089123456")


def test_two_addresses_null_and_lost_zeros_are_understood(world: World) -> None:
    brought(LIBRARIES)
    assert ("email", "due@biblio.example") in points_of(by_code("IT-XX0002"))
    assert ("email", "tre@biblio.example") in points_of(by_code("IT-XX0002"))
    assert Address.objects.get(party=by_code("IT-XX0002")).latitude is None
    assert Address.objects.get(party=by_code("IT-XX0003")).postal_code == "06121"
    assert ("pec", "archivio@pec.biblio.example") in points_of(by_code("IT-XX0003"))


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    brought(LIBRARIES)
    before = list(Party.objects.order_by("id").values())
    audited = AuditEntry.objects.filter(kind="party").count()
    batch = brought(LIBRARIES)
    assert counts(batch) == (0, 0, 3, 0)
    assert list(Party.objects.order_by("id").values()) == before
    assert AuditEntry.objects.filter(kind="party").count() == audited


def test_organisations_of_one_name_and_town_with_other_codes_are_others(world: World) -> None:
    brought(LIBRARIES)
    assert Party.objects.filter(display_name="Biblioteca comunale").count() == 2


def test_unmapped_columns_stay_in_the_stored_row(world: World) -> None:
    batch = brought("denominazione;colore\nBar Sport;verde\n")
    assert ImportRow.objects.get(batch=batch).raw == ["Bar Sport", "verde"]


def test_a_change_in_the_file_changes_what_it_says_and_nothing_else(world: World) -> None:
    brought(LIBRARIES)
    text = LIBRARIES.replace("+39 089 123456", "089 999999").replace("Via Roma, 1", "Via Milano 7")
    batch = brought(text.replace("www.biblio.example", ""))
    assert counts(batch) == (0, 1, 2, 0)
    first = by_code("IT-XX0001")
    assert points_of(first) == [
        ("phone", "+39089123456"),
        ("email", "biblio@comune.example"),
        ("web", "https://www.biblio.example"),
        ("phone", "+39089999999"),
    ]
    assert Address.objects.get(party=first).street == "Via Milano 7"
    journal = ImportRow.objects.get(batch=batch, number=2).journal
    assert journal is not None
    assert sorted(journal) == ["addresses", "contact_points"]
    assert journal["addresses"][0][0]["street"] == "Via Roma, 1"


def test_tax_numbers_find_the_party_and_its_codes_are_learnt(world: World) -> None:
    brought("ragione sociale;p.iva\nBar Sport;00743110157\n")
    batch = brought("codice cliente;ragione sociale;partita iva;settore\nC-1;Bar Sport Srl;IT00743110157;Bar\n")
    assert counts(batch) == (0, 1, 0, 0)
    party = Party.objects.get(vat_number="00743110157")
    assert (party.display_name, party.sector) == ("Bar Sport Srl", "Bar")
    assert ExternalIdentity.objects.get(party=party).key == "C-1"


def test_people_are_known_by_name_and_address(world: World) -> None:
    brought(PEOPLE)
    family = "Nome,Cognome,E-mail\nAnna,Bassi,anna.bassi@example.it\nPaolo,Bassi,anna.bassi@example.it\n"
    batch = brought(family)
    assert counts(batch) == (1, 0, 1, 0)


def test_organisations_are_known_by_name_and_place(world: World) -> None:
    brought("denominazione;comune\nBar Sport;Salerno\n")
    batch = brought("denominazione;comune;telefono\nBAR SPORT;SALERNO;089 123456\nBar Sport;Napoli;\n")
    assert counts(batch) == (1, 1, 0, 0)


def test_people_are_tied_to_their_firm(world: World) -> None:
    batch = brought(PEOPLE)
    assert counts(batch) == (3, 0, 0, 0)
    tie = PartyRelation.objects.get(from_party__display_name="Mario De Luca")
    assert (tie.to_party, tie.job_title, tie.role) == (world.parties["own"], "Acquisti", "contact")
    assert counts(brought(PEOPLE)) == (0, 0, 3, 0)


def test_a_firm_that_is_not_there_is_told(world: World) -> None:
    batch = brought("Nome,Cognome,Azienda\nAnna,Riva,Nessuno S.p.A.\n", make_firms=False)
    assert (counts(batch), batch.warned) == ((1, 0, 0, 0), 1)
    assert reasons(batch)[0][:2] == (2, "Azienda")


def test_the_later_row_of_one_key_updates_the_same_party(world: World) -> None:
    later = "C-1;Bar Sport;Ristorante\n" * 2
    text = f"codice cliente;denominazione;settore\nC-1;Bar Sport;Bar\nC-2;Bar Roma;Bar\n{later}"
    columns = {"codice cliente": "identity", "denominazione": "legal_name", "settore": "sector"}
    batch = prepared(text)
    batch.mapping = [
        {"header": header, "field": field, "system": "codice cliente" if field == "identity" else ""}
        for header, field in columns.items()
    ]
    batch.save()
    batch = carry_on(IMPORTER, start_import(IMPORTER, batch, in_background=False))
    assert (counts(batch), batch.duplicates) == ((2, 1, 1, 0), 2)
    assert by_code("C-1").sector == "Ristorante"


def test_create_leaves_alone_who_is_there(world: World) -> None:
    brought(LIBRARIES)
    more = LIBRARIES.replace("Via Roma, 1", "Via Milano 7") + "IT-XX0009;Biblioteca nuova;;;;;;;;;;\n"
    batch = brought(more, mode="create")
    assert counts(batch) == (1, 0, 3, 0)
    assert Address.objects.get(party=by_code("IT-XX0001")).street == "Via Roma, 1"


def test_update_rejects_who_is_not_there(world: World) -> None:
    brought(LIBRARIES)
    batch = brought(LIBRARIES + "IT-XX0009;Biblioteca nuova;;;;;;;;;;\n", mode="update")
    assert counts(batch) == (0, 0, 3, 1)
    assert reasons(batch)[-1][:2] == (5, "codice-isil")


def test_rows_without_name_are_rejected_with_row_column_and_sentence(world: World) -> None:
    batch = brought("denominazione;comune\nBar Sport;Salerno\nnull;Napoli\n;Bari\n")
    assert counts(batch) == (1, 0, 0, 2)
    assert [(number, bool(sentence)) for number, _column, sentence in reasons(batch)] == [(3, True), (4, True)]


def test_keys_that_fit_several_are_rejected(world: World) -> None:
    brought("codice-isil;denominazione;comune\nA-1;Bar Sport;Salerno\nA-2;Bar Sport;Salerno\n")
    batch = brought("denominazione;comune\nBar Sport;Salerno\n")
    assert counts(batch) == (0, 0, 0, 1)


def test_nobody_writes_to_rows_they_do_not_see(world: World) -> None:
    brought("ragione sociale;p.iva;settore\nBar Sport;00743110157;Bar\n")
    batch = brought(
        "ragione sociale;p.iva;settore\nBar Sport;00743110157;Altro\n", principal=world.principal("manager")
    )
    assert counts(batch) == (1, 0, 0, 0)
    assert sorted(Party.objects.filter(vat_number="00743110157").values_list("sector", flat=True)) == ["Altro", "Bar"]


def test_a_code_of_somebody_unseen_or_in_the_bin_is_taken(world: World) -> None:
    brought(LIBRARIES)
    batch = brought(LIBRARIES, principal=world.principal("manager"))
    assert counts(batch) == (0, 0, 0, 3)
    delete_party(IMPORTER, by_code("IT-XX0001"))
    assert counts(brought(LIBRARIES)) == (0, 0, 2, 1)


def test_what_a_manager_brings_in_belongs_to_the_own_unit(world: World) -> None:
    manager = world.principal("manager")
    brought(LIBRARIES, principal=manager)
    assert set(Relationship.objects.filter(party__source="clienti").values_list("unit__code", flat=True)) == {"nord"}
    assert counts(brought(LIBRARIES, principal=manager)) == (0, 0, 3, 0)


def test_masked_fields_are_neither_written_nor_matched_by(world: World) -> None:
    brought("Nome,Cognome,codice fiscale\nMario,Rossi,RSSMRA80A01H501U\n")
    batch = brought(
        "Nome,Cognome,codice fiscale,E-mail\nMario,Rossi,RSSMRA80A01H501U,mario@example.it\n",
        principal=world.principal("researcher"),
    )
    assert counts(batch) == (1, 0, 0, 0)
    assert Party.objects.get(contact_points__normalised="mario@example.it").codice_fiscale == ""


@pytest.mark.parametrize("name", ["agent", "boss", "operator"])
def test_who_may_not_import_is_refused(world: World, name: str) -> None:
    with pytest.raises(Forbidden):
        prepared(LIBRARIES, principal=world.principal(name))


def test_a_header_alone_is_refused(world: World) -> None:
    with pytest.raises(Unreadable) as refusal:
        prepared("denominazione;comune\n")
    assert refusal.value.code == "no-rows"


def test_a_file_without_a_column_of_names_does_not_start(world: World) -> None:
    with pytest.raises(InvalidFields) as refusal:
        brought("colore;peso\nverde;3\n")
    assert list(refusal.value.fields) == ["mapping"]


def test_an_unknown_mapping_is_refused(world: World) -> None:
    with pytest.raises(InvalidFields):
        prepared(LIBRARIES, mapping="nessuna")


def test_every_row_of_a_strange_file_is_accounted_for(world: World) -> None:
    strange = (
        'denominazione;email\n"<script>alert(1)</script>";x\n=1+1;a@b.it\n\u202egnp;\U0001f600\n'
        + ";" * 40
        + "\n"
        + "x" * 5000
    )
    batch = brought(strange)
    assert batch.total == sum(counts(batch)) == 4
