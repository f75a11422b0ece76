"""Pages of sequences: written with the mails in their order, tried on a customer, started, stopped, counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.collaborative.sequences.models import Enrolment, Sequence
from filo.collaborative.sequences.tests.writing import TUESDAY, sends, sequence, started, talk_with
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., CheckedClient]
SEES = {"admin", "boss", "inside", "operator", "manager", "agent"}
OTHERS = {"teammate", "stranger", "researcher"}


def typed(*subjects: str, **facts: str) -> dict[str, str]:
    found = {"name": "Dopo la fiera", "active": "on", "steps": str(len(subjects))} | facts
    for place, subject in enumerate(subjects):
        found |= {
            f"step-{place}-after_days": str(place),
            f"step-{place}-subject_it": subject,
            f"step-{place}-text_it": f"Testo di {subject}",
        }
    return found


def test_one_is_written_and_changed(world: World, client_of: ClientOf) -> None:
    admin = client_of("admin")
    assert admin.get("/inbox/sequences/new").status_code == 200
    assert admin.post("/inbox/sequences/new", typed("Primo", "Secondo")).status_code == 302
    found = Sequence.objects.get()
    assert [(step.subject_it, step.after_days) for step in found.steps.all()] == [("Primo", 0), ("Secondo", 1)]
    assert "Dopo la fiera" in admin.get("/inbox/sequences").content.decode()
    answer = admin.post(f"/inbox/sequences/{found.pk}/edit", typed("Solo", version=str(found.version)))
    assert answer.status_code == 302
    assert [step.subject_it for step in found.steps.all()] == ["Solo"]
    assert admin.post(f"/inbox/sequences/{found.pk}/edit", typed("Tardi", version="1")).status_code == 412


def test_moving_a_mail_keeps_what_was_typed_and_writes_nothing(world: World, client_of: ClientOf) -> None:
    admin = client_of("admin")

    def order(act: str) -> list[str]:
        page = admin.post("/inbox/sequences/new", typed("Uno", "Due", "Tre") | {"act": act}).content.decode()
        return sorted((name for name in ("Uno", "Due", "Tre") if f'value="{name}"' in page), key=page.index)

    assert order("up-2") == ["Uno", "Tre", "Due"]
    assert order("down-0") == ["Due", "Uno", "Tre"]
    assert order("remove-1") == ["Uno", "Tre"]
    assert order("up-0") == order("down-2") == order("up-99") == order("x") == ["Uno", "Due", "Tre"]
    assert not Sequence.objects.exists()


def test_a_mail_without_text_or_subject_is_refused_and_nothing_is_lost(world: World, client_of: ClientOf) -> None:
    data = typed("Primo", "Secondo") | {"step-1-text_it": ""}
    answer = client_of("admin").post("/inbox/sequences/new", data)
    assert (answer.status_code, 'value="Secondo"' in answer.content.decode()) == (422, True)


def test_the_preview_shows_a_real_customers_values(world: World, client_of: ClientOf) -> None:
    talk, data = talk_with(world), {"prefix": "step-0", "step-0-subject_it": "Ciao"}
    name = world.parties["own"].display_name
    good = data | {"step-0-text_it": "Per {{ customer.name }}", "as": str(talk.id)}
    assert f"Per {name}" in client_of("inside").post("/inbox/sequences/preview", good).content.decode()
    bad = data | {"step-0-text_it": "Per {{ customer.nome }}"}
    assert "customer.nome" in client_of("inside").post("/inbox/sequences/preview", bad).content.decode()
    assert name not in client_of("stranger").post("/inbox/sequences/preview", good).content.decode()


def test_it_is_started_and_stopped_beside_the_talk(world: World, client_of: ClientOf) -> None:
    talk, which, inside = talk_with(world), sequence(), client_of("inside")
    beside = f"/inbox/sequences/beside?conversation={talk.id}"
    assert which.name in inside.get(beside).content.decode()
    answer = inside.post("/inbox/sequences/start", {"conversation": str(talk.id), "sequence": str(which.pk)})
    assert answer["Location"] == f"/inbox/{talk.id}"
    run = Enrolment.objects.get()
    assert f"/inbox/sequences/runs/{run.pk}/stop" in inside.get(beside).content.decode()
    assert inside.post(f"/inbox/sequences/runs/{run.pk}/stop").status_code == 302
    run.refresh_from_db()
    assert run.state == "stopped"


def test_it_is_started_on_the_card(world: World, client_of: ClientOf) -> None:
    talk_with(world)
    which, party, inside = sequence(), world.parties["own"], client_of("inside")
    assert f"/inbox/sequences/beside?party={party.pk}" in inside.get(f"/parties/{party.pk}").content.decode()
    inside.post("/inbox/sequences/start", {"party": str(party.pk), "sequence": str(which.pk)})
    assert Enrolment.objects.get().conversation is None
    assert which.name in inside.get(f"/inbox/sequences/beside?party={party.pk}").content.decode()


def test_figures_say_how_it_went(world: World, client_of: ClientOf) -> None:
    run = started(world, talk_with(world), sequence(days=(0,)))
    sends(TUESDAY)
    page = client_of("inside").get(f"/inbox/sequences/{run.sequence_id}").content.decode()
    figures = page[page.index("sequence-figures") : page.index("</dl>")]
    assert [part[0] for part in figures.split('class="num">')[1:]] == ["0", "0", "1", "0"]


@pytest.mark.parametrize("person", sorted(SEES | OTHERS))
def test_whom_it_goes_to_is_seen_by_who_reads_the_talk(world: World, client_of: ClientOf, person: str) -> None:
    run, client = started(world, talk_with(world)), client_of(person)
    name = world.parties["own"].display_name
    page = client.get(f"/inbox/sequences/{run.sequence_id}").content.decode()
    assert (name in page) == (person in SEES)
    if person not in SEES:
        assert client.post(f"/inbox/sequences/runs/{run.pk}/stop").status_code in (403, 404)
        assert client.get(f"/inbox/sequences/beside?conversation={run.conversation_id}").status_code in (403, 404)


def test_the_firms_are_written_by_who_edits_the_settings_and_ones_own_by_everybody(
    world: World, client_of: ClientOf
) -> None:
    agent, which = client_of("agent"), sequence()
    assert agent.post("/inbox/sequences/new", typed("Primo")).status_code == 403
    assert agent.get(f"/inbox/sequences/{which.pk}/edit").status_code == 403
    assert agent.post("/inbox/sequences/new", typed("Primo", mine="on")).status_code == 302
    own = Sequence.objects.get(owner=world.people["agent"])
    assert client_of("inside").get(f"/inbox/sequences/{own.pk}").status_code == 404
    assert client_of("admin").get(f"/inbox/sequences/{own.pk}/edit").status_code == 404
