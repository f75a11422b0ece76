"""From the list to the file: at once when it is short, else watched; seen by who asked and who sees all work."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from filo.foundation.events.services import relay_batch
from filo.foundation.notices.models import Notice
from filo.operational.exports.models import Export
from filo.operational.exports.tests.taking import content_of, table, taken, work
from filo.operational.exports.views import exports as pages
from filo.testing.clients import CheckedClient
from filo.testing.world import World

Clients = Callable[..., CheckedClient]


def test_the_button_stands_beside_the_list_for_who_may(client_of: Clients) -> None:
    page = client_of("manager").get("/parties?stage=customer&columns=owner&cursor=").text
    assert "/exports/new?what=parties&amp;query=stage%3Dcustomer%26columns%3Downer" in page
    assert "/exports/new?what=tasks" in client_of("manager").get("/tasks?whose=all").text
    assert "/exports/new" not in client_of("agent").get("/parties").text
    assert client_of("agent").get("/exports/new?what=parties").status_code == 403


def test_how_many_rows_it_will_be_is_told_before(client_of: Clients) -> None:
    text = client_of("manager").get("/exports/new?" + urlencode({"what": "parties", "query": "kind=organisation"})).text
    assert '<b class="num">4</b>' in text
    assert client_of("manager").get("/exports/new?what=secrets").status_code == 404
    assert client_of("manager").get("/exports/new?what=parties&query=sort%3Dx").status_code == 400


def test_a_short_list_comes_at_once_with_the_columns_that_are_shown(world: World, client_of: Clients) -> None:
    query = urlencode({"kind": "organisation", "columns": "owner,email", "sort": "-name"})
    form = {"what": "parties", "query": query, "form": "csv", "columns": "listed"}
    answer = client_of("manager").post("/exports/new", form)
    found = table(content_of(answer))
    assert list(found[0]) == ["Nome", "Chi lo segue", "E-mail"]
    assert [row["Nome"] for row in found][:2] == ["Sartoria Riva", "Lanificio Bassi S.r.l."]
    assert answer["Content-Disposition"].startswith('attachment; filename="clienti-')
    export = Export.objects.get()
    assert (export.created_by, export.rows, export.door) == (world.people["manager"], 4, "page")
    relay_batch()
    assert not Notice.objects.exists()


def test_a_form_without_a_format_is_shown_again(client_of: Clients) -> None:
    answer = client_of("manager").post("/exports/new", {"what": "parties", "query": "", "form": "exe"})
    assert answer.status_code == 422
    assert not Export.objects.exists()


def test_a_long_list_is_a_job_with_a_notice_and_a_link(
    world: World, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 3)
    client = client_of("manager")
    answer = client.post("/exports/new", {"what": "parties", "query": "", "form": "xlsx", "columns": "all"})
    address = answer["Location"]
    assert answer.status_code == 302
    assert "hx-trigger" in client.get(f"{address}/state").text
    assert client.get(f"{address}/file").status_code == 404
    work()
    relay_batch()
    [notice] = Notice.objects.filter(person=world.people["manager"])
    assert (notice.kind, notice.url) == ("export.finished", address)
    assert f"{address}/file" in client.get(address).text
    file = client.get(f"{address}/file")
    assert content_of(file).startswith(b"PK")
    assert address in client.get("/exports").text


def test_only_who_asked_and_who_sees_all_work_fetches_it(world: World, client_of: Clients) -> None:
    export = taken(world.principal("manager"), "parties")
    for who, status in (("manager", 200), ("admin", 200), ("boss", 200), ("other_manager", 404), ("agent", 404)):
        client = client_of(who)
        assert client.get(f"/exports/{export.id}").status_code == status, who
        assert client.get(f"/exports/{export.id}/file").status_code == status, who
        assert (str(export.id) in client.get("/exports").text) == (status == 200), who
        if status == 404:
            assert client.post(f"/exports/{export.id}/cancel").status_code == 404


def test_a_file_is_fetched_no_more_once_the_right_has_ended(world: World, client_of: Clients) -> None:
    export = taken(world.principal("manager"), "parties")
    role = world.people["manager"].role
    role.grants = {"party": {"export": "none"}}
    role.save()
    client = client_of("manager")
    assert client.get(f"/exports/{export.id}").status_code == 200
    assert client.get(f"/exports/{export.id}/file").status_code == 403


def test_who_does_not_see_everything_gets_no_file_that_another_has_written(world: World, client_of: Clients) -> None:
    own, others = taken(world.principal("boss"), "parties"), taken(world.principal("admin"), "parties")
    role = world.people["boss"].role
    role.masks = {"party": ["vat_number"]}
    role.save()
    client = client_of("boss")
    assert client.get(f"/exports/{others.id}").status_code == 200
    assert client.get(f"/exports/{others.id}/file").status_code == 403
    assert client.get(f"/exports/{own.id}/file").status_code == 200


def test_an_address_that_is_too_long_is_refused_and_not_cut_off(client_of: Clients) -> None:
    query = "kind=organisation&" + "x" * pages.LONGEST_QUERY
    assert client_of("manager").post("/exports/new", {"what": "parties", "query": query}).status_code == 400


def test_nothing_is_taken_out_through_the_eyes_of_another(world: World, client_of: Clients) -> None:
    client = client_of("admin")
    client.post(f"/view-as/{world.people['manager'].id}")
    assert "/exports/new" not in client.get("/parties").text
    answer = client.post("/exports/new", {"what": "parties", "query": "", "form": "csv"})
    assert answer.status_code == 403
    assert not Export.objects.exists()
