"""So many rows may leave in a day: an alarm first, then an end, for tokens sooner than for people."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.accounts.models import ApiToken
from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.services import relay_batch
from filo.foundation.notices.models import Notice
from filo.foundation.notices.queries import told
from filo.operational.exports.errors import TakenEnough
from filo.operational.exports.models import Export, ExportLimits
from filo.operational.exports.services.limiting import set_limits
from filo.operational.exports.tests.taking import taken, work
from filo.testing.api import ApiClient, api_of
from filo.testing.clients import CheckedClient, client_of
from filo.testing.world import BUILDER, World


def limit(**numbers: int | None) -> None:
    ExportLimits.objects.update_or_create(only=True, defaults=numbers)


def ask(api: ApiClient, **more: Any) -> Any:
    return api.send("/exports", {"what": "parties", **more})


def test_a_token_that_takes_much_raises_an_alarm_and_then_is_stopped(world: World) -> None:
    limit(token_alarm=14, token_most=20)
    api = api_of(world, "boss")
    assert ask(api).status_code == 202
    work()
    relay_batch()
    assert not Notice.objects.filter(kind="export.alarm").exists()
    assert ask(api).status_code == 202
    work()
    relay_batch()
    [notice] = Notice.objects.filter(kind="export.alarm", person=world.people["admin"])
    [line] = told(world.principal("admin"), Notice.objects.filter(pk=notice.pk))
    assert line.sentence == "Un token ha esportato 14 righe in un giorno."
    refused = ask(api)
    assert (refused.status_code, refused.json()["code"]) == (429, "export-quota")
    assert 0 < int(refused["Retry-After"]) <= 86_400
    assert "20" in refused.json()["detail"]
    assert Export.objects.count() == 2


def test_what_a_person_takes_does_not_count_for_the_token_and_yesterday_counts_no_more(world: World) -> None:
    limit(token_most=7, person_most=7, person_alarm=None)
    taken(world.principal("boss"), "parties")
    api = api_of(world, "boss")
    assert ask(api).status_code == 202
    assert ask(api).status_code == 429
    with pytest.raises(TakenEnough):
        taken(world.principal("boss"), "parties")
    Export.objects.update(created_at=clock.now() - timedelta(hours=25))
    assert taken(world.principal("boss"), "parties").rows == 7


def test_no_number_is_no_limit_and_the_house_itself_is_not_counted(world: World) -> None:
    limit(person_alarm=None, person_most=None)
    assert taken(world.principal("admin"), "parties").rows == 7
    limit(person_most=0)
    assert taken(BUILDER, "parties").rows == 7


def test_a_revoked_token_ends_its_files_within_a_second(world: World) -> None:
    api = api_of(world, "admin")
    path = ask(api)["Location"].removeprefix("/api/v1")
    ApiToken.objects.update(revoked_at=clock.now())
    began = time.monotonic()
    work()
    assert time.monotonic() - began < 1
    export = Export.objects.get(pk=path.rpartition("/")[2])
    assert (export.state, export.rows) == ("failed", 0)


def test_who_looks_after_the_settings_changes_the_numbers(world: World) -> None:
    client: CheckedClient = client_of(world, "admin")
    page = client.get("/settings/exports")
    assert page.status_code == 200
    facts = {"token_alarm": "100", "token_most": "200", "person_alarm": "", "person_most": "", "version": "1"}
    assert client.post("/settings/exports", facts).status_code == 302
    found = ExportLimits.objects.get()
    assert (found.token_alarm, found.token_most, found.person_most, found.version) == (100, 200, None, 2)
    assert client.post("/settings/exports", facts | {"token_most": "50", "version": "2"}).status_code == 422
    assert client.post("/settings/exports", facts | {"token_most": "500"}).status_code == 412
    assert client_of(world, "manager").get("/settings/exports").status_code == 403
    assert client_of(world, "boss").post("/settings/exports", facts).status_code == 403


def test_a_number_stands_in_the_audit(world: World) -> None:
    set_limits(world.principal("admin"), version=1, token_alarm=1, token_most=2, person_alarm=None, person_most=None)
    entry = AuditEntry.objects.get(action="export-limits.edit")
    assert entry.changes["token_most"] == [50_000, 2]
