"""A fax and a letter are filed with their paper, stand on the card, and are found by what the paper says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filo.foundation.jobs.models import Job
from filo.foundation.search.sources import lines_with
from filo.operational.interactions.attaching import read_kept
from filo.operational.interactions.models import Interaction, InteractionFile
from filo.operational.interactions.services import remove_interaction
from filo.operational.parties.models import TimelineEntry
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
Clients = Callable[[str], CheckedClient]
PAPER = b"<html><body><p>Ordiniamo dodici poltrone color zafferano.</p></body></html>"


def fax(client: CheckedClient, world: World, *files: SimpleUploadedFile) -> Interaction:
    sent = client.post(
        f"/parties/{world.parties['own'].pk}/interactions",
        {"channel": "fax", "direction": "in", "number": "+39 089 123456", "subject": "Ordine", "files": files},
    )
    assert sent.status_code == 302, sent.content.decode()[:2000]
    return Interaction.objects.get(channel="fax")


def paper(name: str = "fax.html", data: bytes = PAPER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/html")


def test_a_fax_stands_on_the_card_with_its_paper_and_number(world: World, client_of: Clients) -> None:
    client = client_of("agent")
    found = fax(client, world, paper())
    row = found.files.get()
    card = client.get(f"/parties/{world.parties['own'].pk}").content.decode()
    assert f"/interactions/{found.pk}/files/{row.pk}" in card
    page = client.get(f"/interactions/{found.pk}").content.decode()
    assert ("+39 089 123456" in page, "fax.html" in page) == (True, True)
    kept = client.get(f"/interactions/{found.pk}/files/{row.pk}")
    assert b"".join(kept.streaming_content) == PAPER  # type: ignore[attr-defined]
    assert "attachment" in kept["Content-Disposition"]  # a page that somebody sent does nothing here


def test_it_is_found_by_what_the_paper_says(world: World, client_of: Clients) -> None:
    found = fax(client_of("agent"), world, paper())
    assert Job.objects.filter(name="interactions.read_file").count() == 1
    read_kept(found.files.get().pk)
    page = client_of("agent").get("/search?q=zafferano").content.decode()
    assert f"/interactions/{found.pk}" in page
    assert lines_with(world.principal("stranger"), "zafferano", limit=5) == []


def test_who_may_not_see_the_customer_gets_no_paper(world: World, client_of: Clients) -> None:
    found = fax(client_of("agent"), world, paper())
    address = f"/interactions/{found.pk}/files/{found.files.get().pk}"
    assert client_of("stranger").get(address).status_code == 404


def test_an_empty_file_is_refused_and_nothing_is_kept(world: World, client_of: Clients) -> None:
    address = f"/parties/{world.parties['own'].pk}/interactions"
    sent = client_of("agent").post(address, {"channel": "letter", "body": "Vedi carta", "files": paper(data=b"")})
    assert sent.status_code == 422
    assert "Questo file è vuoto" in sent.content.decode()
    assert not Interaction.objects.filter(channel="letter").exists()


def test_taken_back_it_is_gone_with_its_paper(world: World, client_of: Clients) -> None:
    found = fax(client_of("agent"), world, paper("una.html"), paper("due.html"))
    told = TimelineEntry.objects.filter(reference_id=found.pk)
    assert told.exists()
    remove_interaction(world.principal("agent"), found)
    assert not InteractionFile.objects.exists()
    assert not told.exists()
