"""The pages of an import, from the file to the list of what came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.running import run_claimed
from filo.operational.parties.models import Party
from filo.operational.transfer import forms
from filo.operational.transfer.models import ImportBatch, ImportMapping
from filo.operational.transfer.tests.files import LIBRARIES, brought, prepared
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


def upload(text: str, name: str = "biblioteche.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, text.encode(), "text/csv"), "kind": ""}


def settings_of(batch: ImportBatch, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "version": batch.version,
        "kind": batch.kind,
        "mode": batch.mode,
        "encoding": batch.encoding,
        "delimiter": batch.delimiter,
        "has_header": "on",
        "company": str(batch.company_id),
        "mapping_name": "",
        "do": "try",
    }
    return found | {f"field-{place}": column["field"] for place, column in enumerate(batch.mapping)} | changes


def work() -> None:
    while job := claim("tester", ["long"]):
        run_claimed(job)


def test_a_file_goes_all_the_way(client_of: ClientOf) -> None:
    client = client_of("admin")
    answer = client.post("/imports/new", upload(LIBRARIES))
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/imports/{batch.id}")
    assert "hx-get" in client.get(f"/imports/{batch.id}").content.decode()
    work()
    draft = client.get(f"/imports/{batch.id}").content.decode()
    assert "codice-isil" in draft
    assert "Via Roma, 1" in draft
    batch.refresh_from_db()
    answer = client.post(f"/imports/{batch.id}", settings_of(batch, do="run"))
    assert answer.status_code == 302
    running = client.get(f"/imports/{batch.id}/state").content.decode()
    assert "<progress" in running
    assert f'data-live="import:{batch.id}"' in running
    work()
    done = client.get(f"/imports/{batch.id}").content.decode()
    assert f"/parties?import={batch.id}" in done
    listed = client.get(f"/parties?import={batch.id}")
    assert listed.status_code == 200
    assert listed.content.decode().count("Biblioteca") >= 3
    assert "biblioteche.csv" in client.get("/imports").content.decode()


def test_columns_are_corrected_and_the_mapping_kept(client_of: ClientOf, world: World) -> None:
    client = client_of("admin")
    client.post("/imports/new", upload("alfa;beta\nBar Sport;Salerno\nBar Roma;Napoli\n", "vecchio.csv"))
    batch = ImportBatch.objects.get()
    answer = client.post(f"/imports/{batch.id}", settings_of(batch, do="run"))
    assert answer.status_code == 422
    batch.refresh_from_db()
    fixed = settings_of(batch, **{"field-0": "legal_name", "field-1": "city", "mapping_name": "Vecchio", "do": "run"})
    assert client.post(f"/imports/{batch.id}", fixed).status_code == 302
    work()
    assert Party.objects.filter(display_name="Bar Roma", addresses__city="Napoli").exists()
    assert ImportMapping.objects.get().columns == {"alfa": "legal_name", "beta": "city"}
    again = prepared(
        "beta;alfa\nTorino;Bar Nord\n", principal=world.principal("admin"), mapping="Vecchio", kind="organisations"
    )
    assert [column["field"] for column in again.mapping] == ["city", "legal_name"]


def test_another_delimiter_guesses_the_columns_anew(client_of: ClientOf) -> None:
    client = client_of("admin")
    client.post("/imports/new", upload("denominazione,comune;nota\nBar Sport,Salerno;x\n"))
    batch = ImportBatch.objects.get()
    other = "," if batch.delimiter == ";" else ";"
    client.post(f"/imports/{batch.id}", settings_of(batch, delimiter=other))
    batch.refresh_from_db()
    assert (batch.delimiter, len(batch.mapping), batch.version) == (other, 2, 2)


@pytest.mark.parametrize("content", ["", "denominazione;comune\n", "%PDF-1.7 ..."])
def test_what_cannot_be_read_is_refused_at_the_field(client_of: ClientOf, content: str) -> None:
    answer = client_of("admin").post("/imports/new", upload(content))
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_too_large_for_a_page_is_refused(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 100)
    answer = client_of("admin").post("/imports/new", upload(LIBRARIES))
    assert answer.status_code == 422
    assert "filo import" in answer.content.decode()


def test_rejected_rows_are_a_file_of_the_same_shape(client_of: ClientOf, world: World) -> None:
    batch = brought("denominazione;telefono;nota\n;+39 089 1;=1+1\nBar Sport;;\n", principal=world.principal("admin"))
    answer = client_of("admin").get(f"/imports/{batch.id}/rejected.csv")
    lines = answer.getvalue().decode().split("\r\n")
    assert lines[0].startswith("\ufeffdenominazione;telefono;nota;")
    assert lines[1].startswith(";'+39 089 1;'=1+1;")
    assert len(lines) == 3
    assert answer["Content-Disposition"].startswith("attachment")


def test_cancelling_a_draft_discards_it(client_of: ClientOf, world: World) -> None:
    batch = prepared(LIBRARIES, principal=world.principal("admin"))
    assert client_of("admin").post(f"/imports/{batch.id}/cancel").status_code == 302
    batch.refresh_from_db()
    assert batch.state == "cancelled"


def test_imports_of_others_are_not_there(client_of: ClientOf, world: World) -> None:
    batch = brought(LIBRARIES, principal=world.principal("admin"))
    for path in ("", "/state", "/trial", "/rejected.csv"):
        assert client_of("inside").get(f"/imports/{batch.id}{path}").status_code == 404
    assert client_of("boss").get(f"/imports/{batch.id}").status_code == 200
    assert client_of("agent").get("/imports").status_code == 403
    assert client_of("agent").get("/imports/new").status_code == 403


def test_an_empty_list_teaches(client_of: ClientOf) -> None:
    assert "/imports/new" in client_of("admin").get("/imports").content.decode()


def test_scripts_in_a_file_are_only_text(client_of: ClientOf, world: World) -> None:
    text = "denominazione;<img src=x>\n<script>alert(1)</script>;<b>\n;<i>\n"
    batch = prepared(text, principal=world.principal("admin"), name="<svg>.csv")
    page = client_of("admin").get(f"/imports/{batch.id}").content.decode()
    for written in ("<script>alert", "<img src=x>", "<svg>.csv"):
        assert written not in page


def test_the_way_in_is_offered_to_who_may_import(client_of: ClientOf) -> None:
    assert "/imports/new" in client_of("manager").get("/imports").content.decode()
    assert "/imports/new" not in client_of("boss").get("/imports").content.decode()
