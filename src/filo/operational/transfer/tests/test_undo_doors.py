"""An import is taken back from its page and at the API; whoever may not is told so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import DomainError
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.running import run_claimed
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party
from filo.operational.transfer.tests.files import LIBRARIES, brought, by_code
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


def work() -> None:
    while job := claim("tester", ["long"]):
        run_claimed(job)


def living() -> int:
    return Party.objects.filter(deleted_at=None).count()


def test_on_its_page_it_is_one_click_there_and_back(world: World, client_of: ClientOf) -> None:
    before, admin = living(), world.principal("admin")
    batch = brought(LIBRARIES, principal=admin)
    edit_party(admin, by_code("IT-XX0002"), {"sector": "cultura"}, version=None)
    client = client_of("admin")
    page = client.get(f"/imports/{batch.id}").content.decode()
    assert f"/imports/{batch.id}/undo" in page
    assert client.post(f"/imports/{batch.id}/undo").status_code == 302
    state = client.get(f"/imports/{batch.id}/state").content.decode()
    assert "<progress" in state
    assert f'data-live="import:{batch.id}"' in state
    work()
    page = client.get(f"/imports/{batch.id}").content.decode()
    assert living() == before + 1
    assert f"/parties/{by_code('IT-XX0002').id}" in page
    assert "modificata nel frattempo da" in page
    assert "/again" in page
    assert client.post(f"/imports/{batch.id}/again").status_code == 302
    work()
    assert living() == before + 3
    assert "/undo" in client.get(f"/imports/{batch.id}").content.decode()


def test_its_rows_are_told_one_by_one(world: World, client_of: ClientOf) -> None:
    batch = brought(LIBRARIES + "IT-XX0009;;;;;;;;;;;\n", principal=world.principal("admin"))
    client = client_of("admin")
    page = client.get(f"/imports/{batch.id}/rows").content.decode()
    assert page.count("/parties/0") == 3
    assert "?outcome=rejected" in page
    assert "/parties/0" not in client.get(f"/imports/{batch.id}/rows?outcome=rejected").content.decode()
    assert client_of("inside").get(f"/imports/{batch.id}/rows").status_code == 404


def test_remarks_on_a_masked_column_are_not_for_who_may_not_see_it(world: World, client_of: ClientOf) -> None:
    batch = brought("codice;denominazione;partita iva\nA1;Bar Sport;12345\n", principal=world.principal("admin"))
    assert batch.warned == 1
    role = world.people["boss"].role
    role.masks = {"party": ["vat_number"]}
    role.save()
    for who, sees in (("admin", True), ("boss", False)):
        for address in (f"/imports/{batch.id}", f"/imports/{batch.id}/rows"):
            assert ("partita iva" in client_of(who).get(address).text) == sees, (who, address)
        [row] = api_of(world, who).read(f"/imports/{batch.id}/rows").json()["items"]
        assert bool(row["problems"]) == sees


def test_who_may_not_change_the_import_is_offered_nothing(world: World, client_of: ClientOf) -> None:
    batch = brought(LIBRARIES, principal=world.principal("admin"))
    assert "/undo" not in client_of("boss").get(f"/imports/{batch.id}").content.decode()
    assert client_of("boss").post(f"/imports/{batch.id}/undo").status_code == 403
    assert client_of("inside").post(f"/imports/{batch.id}/undo").status_code == 404


def test_at_the_api_it_is_accepted_and_told(world: World) -> None:
    before, api = living(), api_of(world, "admin")
    batch = brought(LIBRARIES, principal=world.principal("admin"))
    answer = api.send(f"/imports/{batch.id}/undo")
    assert (answer.status_code, answer.json()["state"]) == (202, "back")
    assert answer["Location"] == f"/api/v1/imports/{batch.id}"
    assert api.send(f"/imports/{batch.id}/undo").status_code == 409
    work()
    found = api.read(f"/imports/{batch.id}").json()
    assert (found["state"], found["turned"], found["left"], living()) == ("undone", 3, 0, before)
    assert api.send(f"/imports/{batch.id}/again").json()["state"] == "again"
    work()
    assert (api.read(f"/imports/{batch.id}").json()["state"], living()) == ("done", before + 3)


def test_the_general_undo_leads_to_the_page_of_the_import(world: World) -> None:
    admin = world.principal("admin")
    batch = brought(LIBRARIES, principal=admin)
    with pytest.raises(DomainError) as refused:
        undo_operation(admin, batch.pk)
    assert refused.value.code == "part-of-import"
