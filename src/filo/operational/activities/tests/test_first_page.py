"""The first page of the day: each task bears its act, and nobody stands before an empty column."""

from __future__ import annotations

import re
from collections.abc import Callable

from filo.foundation import clock
from filo.operational.activities.services import add_task
from filo.operational.parties.services.stages import move_stage
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


def test_each_task_of_the_day_bears_the_act_that_it_is(client_of: ClientOf, world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    for kind in ("call", "mail", "task"):
        add_task(agent, title=f"a {kind}", party=party, due_on=clock.today(), kind=kind)
    page = client_of("agent").get("/").content.decode()
    for place, words in (("#compose-call", "Chiama"), ("#compose-mail", "Scrivi"), ("", "Scheda")):
        assert re.search(rf'<a class="btn" href="/parties/{party.id}{place}">(<svg.*?</svg>)?{words}</a>', page), words


def test_who_follows_nobody_is_told_who_of_his_people_is_left_alone(client_of: ClientOf, world: World) -> None:
    party = world.parties["nobodys"]
    move_stage(world.principal("admin"), party.relationships.get(), to="customer", reason="order")
    page = client_of("boss").get("/").content.decode()
    assert "Nessun contatto da 60 giorni" in page
    assert party.display_name in page.split("Nessun contatto da 60 giorni")[1]
