"""The page of all changes: for administrators, narrowed, out as a file, and how the seals stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from filo.foundation import clock
from filo.foundation.access.objects import declared
from filo.foundation.access.words import ACTION_LABELS
from filo.foundation.audit.chain import seal_entries
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.events.catalogue import event_types
from filo.foundation.fields.services.making import make_field
from filo.foundation.history.jobs import take_back
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.models import Job
from filo.foundation.lists.services import ViewDraft, keep_view
from filo.foundation.webhooks.patterns import topic_of
from filo.foundation.webhooks.services import add_endpoint
from filo.foundation.webhooks.words import TOPICS
from filo.operational.activities.services import add_task, do_task
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.services.editing import edit_party, facts_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


@pytest.fixture(autouse=True)
def english(world: World) -> None:
    for name in ("admin", "manager"):
        world.people[name].language = "en"
        world.people[name].save()
    edit_party(world.principal("manager"), world.parties["own"], {"sector": "Canapa"}, version=None)


def test_only_administrators_read_everybodys_changes(world: World, client_of: ClientOf) -> None:
    assert client_of("manager").get("/settings/audit").status_code == 403
    assert client_of("boss").post("/settings/audit/export").status_code == 403
    text = client_of("admin").get("/settings/audit").content.decode()
    for words in ("Manager", "Canapa", "Lanificio Bassi", "Facts changed", "not checked yet"):
        assert words in text, words


def test_changes_are_narrowed_by_person_kind_door_and_day(world: World, client_of: ClientOf) -> None:
    admin, manager = client_of("admin"), world.people["manager"].id

    def shown(query: str) -> bool:
        return "Canapa" in admin.get(f"/settings/audit?{query}").content.decode()

    tomorrow = clock.today() + timedelta(days=1)
    assert shown(f"person={manager}&kind=party&door=page&since={clock.today()}&until={clock.today()}")
    for query in (
        f"person={world.people['agent'].id}",
        "kind=user",
        "door=api",
        f"since={tomorrow}",
        "until=2020-01-01",
    ):
        assert not shown(query), query


def test_the_page_tells_how_the_seals_stand(world: World, client_of: ClientOf) -> None:
    admin = client_of("admin")
    AuditEntry.objects.update(at=clock.now() - timedelta(minutes=5))
    seal_entries()
    assert (
        "Nothing that was sealed has been changed." in admin.post("/settings/audit/check", follow=True).content.decode()
    )
    entry = AuditEntry.objects.filter(action="party.edit").get()
    AuditEntry.objects.filter(pk=entry.pk).update(actor_name="Nobody")
    text = admin.post("/settings/audit/check", follow=True).content.decode()
    assert "The chain is broken from entry" in text


def test_taking_the_audit_out_is_itself_kept(world: World, client_of: ClientOf) -> None:
    answer = client_of("admin").post("/settings/audit/export", {"form": "jsonl", "kind": "party"})
    rows = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    assert {row["kind"] for row in rows} == {"party"}
    kept = AuditEntry.objects.get(action="audit.export")
    assert (kept.actor, kept.changes["kind"]) == (world.people["admin"].id, [None, "party"])


def test_a_large_operation_is_taken_back_by_a_job(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filo.foundation.history.services.AT_ONCE", 0)
    operation = AuditEntry.objects.get(action="party.edit").operation
    client_of("manager").post(f"/operations/{operation}/undo")
    job = Job.objects.get(name="history.take_back")
    told = take_back(JobContext(job, atomic=False), operation=str(operation))
    assert told["taken"] == 1
    assert undo_operation(world.principal("manager"), operation).taken == 0


def test_nothing_stands_there_as_a_code_or_a_bare_id(world: World, client_of: ClientOf) -> None:
    agent, admin, party = world.principal("agent"), world.principal("admin"), world.parties["own"]
    log_interaction(agent, party, channel="call", subject="Campioni")
    do_task(agent, add_task(agent, title="Richiamare", party=party, kind="call"))
    keep_view(admin, "parties", ViewDraft("Lead", "stage=lead", "everyone"))
    add_endpoint(admin, url="https://example.com/hook", types=["*"])
    make_field(admin, "party", {"label_it": "Budget", "kind": "money"})
    points = [{"type": "mobile", "value": "+39 333 1234567"}, {"type": "email", "value": "nuova@bassi.example"}]
    edit_party(agent, party, {"contact_points": points}, version=None)
    world.people["admin"].language = "it"
    world.people["admin"].save()
    page = client_of("admin").get("/settings/audit").content.decode()
    told = unescape(re.sub(r"<[^>]+>", " ", page.split('class="acts-log"')[1].split("</ol>")[0]))
    assert not re.search(r"\b[a-z-]+\.(?:add|log|keep|do|made|edit|load)\b|\['\*'\]", told)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", told)
    for words in ("Telefonata", "Lanificio Bassi S.r.l.", "Richiamare", "Completata", "tutti", "Cellulare", "Webhook"):
        assert words in told, words


def test_only_the_contact_points_that_changed_are_told(world: World, client_of: ClientOf) -> None:
    party = world.parties["own"]
    before = facts_of(party)["contact_points"]
    added = {"type": "pec", "value": "nuova@pec.example", "label": "", "preferred": False}
    edit_party(world.principal("agent"), party, {"contact_points": [*before, added]}, version=None)
    page = client_of("manager").get(f"/parties/{party.id}/changes").content.decode()
    assert "<ins>PEC nuova@pec.example</ins>" in page
    assert str(before[0]["value"]) not in page.split("Contact points")[1].split("</dl>")[0]


def test_every_topic_of_events_and_every_right_has_a_name() -> None:
    of_tests = {"sample"}  # which the tests of events announce
    assert {topic_of(found.type) for found in event_types()} - of_tests <= TOPICS.keys()
    assert {action for found in declared() for action in found.actions} <= ACTION_LABELS.keys()
