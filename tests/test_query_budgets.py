"""Pages ask a fixed, small number of queries, however many rows there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from filo.foundation import clock
from filo.operational.activities.services import add_task
from filo.operational.interactions.models import Outcome
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.relations import relate
from filo.operational.service.models import Ticket
from filo.operational.service.services import add_ticket_note, assign_ticket, open_ticket, set_ticket_state
from filo.testing.budgets import MOST, compare, kept, queries_of
from filo.testing.clients import client_of
from filo.testing.world import BUILDER, World

PAGES = {
    "home": "/",
    "list": "/parties",
    "list, narrowed": "/parties?stage=lead&owner=me&sort=-last_contact",
    "card": "/parties/PARTY",
    "card head": "/parties/PARTY/head",
    "card facts": "/parties/PARTY/facts",
    "timeline": "/parties/PARTY/timeline",
    "peek": "/parties/PARTY/peek",
    "search": "/search?q=dit",
    "suggest": "/search/suggest?q=dit",
    "tasks": "/tasks",
    "everyone's tasks": "/tasks?whose=all",
    "funnel": "/funnel",
    "edit": "/parties/PARTY/edit",
    "requests": "/tickets?open=yes",
    "request": "/tickets/TICKET",
    "service level": "/tickets/report",
    "complaints": "/tickets/complaints",
}
# What people look at all day must stay within the budget of the house; the rest is only watched.
WITHIN_THE_BUDGET = ("home", "list", "list, narrowed", "card", "timeline", "search", "suggest", "tasks", "requests")


def fill(world: World, number: int) -> None:
    """So many firms of one agent: each with a contact, a call with an outcome, a task; and as much in one story."""
    agent, spec = (
        world.principal("agent"),
        RelationshipSpec(company=world.companies["moda"], area=world.areas["nord"], owner_id=world.people["agent"].id),
    )
    outcome, _made = Outcome.objects.get_or_create(
        channel="call", code="ok", defaults={"label_it": "ok", "label_en": "ok"}
    )
    own = world.parties["own"]
    for n in range(number):
        place = {"street": "Via Roma 1", "postal_code": "20121", "city": "Milano", "province": "MI"}
        data = {"kind": "organisation", "legal_name": f"Ditta {n} S.r.l.", "language": "it", "addresses": [place]}
        firm = create_party(BUILDER, data, relationships=[spec])
        person = create_party(BUILDER, {"kind": "person", "family_name": f"Neri {n}"}, relationships=[])
        relate(BUILDER, person, to=firm, role="contact")
        relate(BUILDER, person, to=own, role="contact")
        for party in (firm, own):
            with clock.at(clock.now() - timedelta(days=n)):
                log_interaction(agent, party, channel="call", direction="out", subject="s", outcome=outcome)
        add_task(agent, title=f"t {n}", party=firm, due_on=date(2026, 1, 1) + timedelta(days=n))
        add_task(agent, title=f"u {n}", party=own)
        ticket = assign_ticket(agent, open_ticket(agent, subject=f"v {n}", party=firm), assignee_id=agent.user_id)
        add_ticket_note(agent, open_ticket(agent, subject=f"w {n}", party=own), f"x {n}")
        set_ticket_state(agent, ticket, "waiting", waiting_on="customer")


def asked(world: World, person: str, name: str) -> list[str]:
    client = client_of(world, person)
    ticket = Ticket.objects.filter(party=world.parties["own"]).earliest("serial")
    address = PAGES[name].replace("PARTY", str(world.parties["own"].id)).replace("TICKET", str(ticket.id))
    client.get(address)  # what is remembered in the process is remembered now
    return queries_of(lambda: client.get(address))


@pytest.mark.parametrize("person", ["agent", "manager", "admin"])
def test_pages_keep_within_their_budget(world: World, person: str) -> None:
    fill(world, 5)
    too_many = []
    for name in PAGES:
        found = asked(world, person, name)
        compare(f"{person}: {name}", found)
        if name in WITHIN_THE_BUDGET and len(found) > MOST:
            too_many.append(f"{name}: {len(found)}\n" + "\n".join(sql[:160] for sql in found))
    assert not too_many, "\n".join(too_many)


def test_no_budget_is_kept_for_a_page_that_is_gone() -> None:
    names = {f"{person}: {name}" for person in ("agent", "manager", "admin") for name in PAGES}
    assert set(kept()) == names


@pytest.mark.parametrize("person", ["agent", "admin"])
def test_pages_ask_no_more_when_there_is_more(world: World, person: str) -> None:
    fill(world, 5)
    few = {name: asked(world, person, name) for name in PAGES}
    fill(world, 45)
    grown = []
    for name in PAGES:
        many = asked(world, person, name)
        if len(many) > len(few[name]):
            new = [sql[:200] for sql in many if sql not in few[name]][:4]
            grown.append(f"{name}: {len(few[name])} -> {len(many)}: {new}")
    assert not grown


def test_a_page_of_the_list_stays_light(world: World) -> None:
    fill(world, 50)
    assert len(client_of(world, "admin").get("/parties").content) < 60_000
