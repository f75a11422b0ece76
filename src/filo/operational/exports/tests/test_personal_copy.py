"""Everything about one person in one press: every registered table, readable, whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from filo.foundation.access.models import Role
from filo.foundation.audit.models import AuditEntry
from filo.foundation.personal import Basis, Category, PersonalData, Whose
from filo.foundation.privacy.registry import records
from filo.operational.exports.personal_copy import write_copy
from filo.operational.exports.services.personal import take_personal_data
from filo.operational.exports.tests.taking import content_of
from filo.operational.parties.models import ContactPoint, Party
from filo.testing.api import token_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

Clients = Callable[..., CheckedClient]


def opened(content: bytes) -> tuple[dict[str, Any], str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        return json.loads(packed.read("data.json")), packed.read("index.html").decode(), names


def test_one_press_gives_the_whole(world: World, client_of: Clients) -> None:
    party = world.parties["shared"]
    client = client_of("admin")
    assert f"/parties/{party.id}/personal-data" in client.get(f"/parties/{party.id}").text
    answer = client.post(f"/parties/{party.id}/personal-data")
    data, page, names = opened(content_of(answer))
    assert names == ["data.json", "index.html"]
    assert data["display_name"] == "Emporio Conti S.n.c."
    assert {row["body"] for row in data["data"]["interactions.Interaction"]["rows"]} == {
        "body of agents_call",
        "body of teammates_call",
    }
    assert len(data["data"]["parties.Relationship"]["rows"]) == 2
    assert "body of agents_call" in page
    assert '<html lang="it">' in page
    assert page.index("<h2>Clienti e contatti") < page.index("<h2>Registro delle modifiche")
    assert "+00:00" not in page  # moments are told, not coded
    entry = AuditEntry.objects.get(action="personal-data.take")
    assert (entry.object_id, entry.actor) == (party.id, world.people["admin"].id)
    assert entry.changes["rows"][1] > 5


def test_every_registered_table_with_a_party_is_in_it(world: World) -> None:
    party = world.parties["own"]
    wanted = {data.model: data.of_party(party.id).count() for data in records() if data.party}
    data, _page, _names = opened(take_personal_data(world.principal("admin"), party).read())
    assert {model: len(held["rows"]) for model, held in data["data"].items()} == wanted
    assert {"parties.Party", "parties.ContactPoint", "interactions.Interaction", "audit.AuditEntry"} <= wanted.keys()


def test_a_model_that_is_registered_with_a_party_column_and_files_is_in_it(world: World, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Gentile Anna")
    added = PersonalData(
        model="parties.ContactPoint",
        label="Letters",
        columns={"value": Category.CONTACT},
        whose=(Whose.CUSTOMER,),
        purpose="Answer",
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words="A year",
        files=lambda point: [(f"../{point.type}.txt", letter), ("gone.txt", tmp_path / "gone")],
    )
    file = io.BytesIO()
    assert write_copy(file, world.parties["own"], [added]) == 2
    data, page, names = opened(file.getvalue())
    values = set(ContactPoint.objects.filter(party=world.parties["own"]).values_list("value", flat=True))
    assert {row["value"] for row in data["data"]["parties.ContactPoint"]["rows"]} == values
    assert "Letters" in page
    assert names[:2] == ["data.json", "index.html"]
    assert sorted(name.partition("-")[2] for name in names[2:]) == ["-email.txt", "-phone.txt"]


def test_the_page_is_in_the_persons_language_and_escapes_what_was_written(world: World) -> None:
    Party.objects.filter(pk=world.parties["own"].pk).update(language="en", notes="<script>x</script>")
    party = Party.objects.get(pk=world.parties["own"].pk)
    _data, page, _names = opened(take_personal_data(world.principal("admin"), party).read())
    assert '<html lang="en">' in page
    assert "What is held about Lanificio Bassi S.r.l." in page
    assert "<script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page


def test_who_may_not_or_does_not_see_everything_gets_nothing(world: World, client_of: Clients) -> None:
    address = f"/parties/{world.parties['own'].id}/personal-data"
    assert client_of("manager").post(address).status_code == 403
    assert client_of("stranger").post(address).status_code == 404
    assert "personal-data" not in client_of("manager").get(f"/parties/{world.parties['own'].id}").text
    role = Role.objects.get(code="management")
    role.masks = {"party": ["notes"]}
    role.save()
    assert client_of("boss").post(address).status_code == 403


def test_it_is_fetched_at_the_api(world: World) -> None:
    """By a plain client: that it was fetched is kept, so this one GET writes."""
    path = f"/api/v1/parties/{world.parties['own'].id}/personal-data"
    secret = token_of(world, "admin", scopes=["party:read", "privacy:read"])
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get(path)
    data, _page, _names = opened(content_of(answer))
    assert data["data"]["parties.Party"]["rows"][0]["display_name"] == "Lanificio Bassi S.r.l."
    assert AuditEntry.objects.get(action="personal-data.take").door == "api"
    narrow = token_of(world, "admin", scopes=["party:read"])
    assert Client(headers={"Authorization": f"Bearer {narrow}"}).get(path).status_code == 403
