"""Many parties are changed at the API: looked at first, done by a job, taken back."""

from __future__ import annotations

from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.tests.many import firms, work
from filo.testing.api import api_of
from filo.testing.world import World


def test_a_dry_run_says_what_the_job_does_then(world: World) -> None:
    api, parties = api_of(world, "manager"), firms(world, 6)
    body = {
        "selection": {"ids": [str(party.id) for party in [*parties, world.parties["southern"]]]},
        "act": {"kind": "assign", "owner": "teammate@aurora.example"},
        "dry_run": True,
    }
    dry = api.send("/parties/bulk", body)
    assert (dry.status_code, dry.json()["will"], dry.json()["job"]) == (200, 6, None)
    assert [one["number"] for one in dry.json()["left"]] == [1]
    path = f"/parties/bulk/{dry.json()['id']}"
    run = api.send(f"{path}/run", {})
    assert (run.status_code, run["Location"]) == (202, f"/api/v1{path}")
    work()
    found = api.read(path).json()
    assert (found["state"], found["changed"], found["done"]) == ("done", 6, 7)
    owned = Relationship.objects.filter(party__in=parties, owner=world.people["teammate"])
    assert owned.count() == 6
    assert api.send(f"{path}/undo", {}).status_code == 202
    work()
    assert (api.read(path).json()["state"], owned.count()) == ("undone", 0)


def test_all_that_a_filter_finds_are_changed_at_once(world: World) -> None:
    firms(world, 4)
    body = {
        "selection": {"filter": {"field": "sector", "op": "is", "value": "tessile"}, "q": "Filatura"},
        "act": {"kind": "fact", "field": "language", "value": "en"},
    }
    answer = api_of(world, "admin").send("/parties/bulk", body)
    assert (answer.status_code, answer.json()["total"], answer.json()["state"]) == (202, 2, "ready")
    work()
    assert Party.objects.filter(language="en").count() == 2


def test_rights_and_mistakes_are_those_of_the_page(world: World) -> None:
    everybody: dict[str, object] = {"filter": {}}
    given = {"kind": "assign", "owner": "nobody@aurora.example"}
    refused = api_of(world, "manager").send("/parties/bulk", {"selection": everybody, "act": given})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["owner"])
    refused = api_of(world, "manager").send("/parties/bulk", {"selection": {}, "act": {"kind": "bin"}})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["selection"])
    assert api_of(world, "agent").send("/parties/bulk", {"selection": everybody, "act": given}).status_code == 403
