"""The pages that people look at all day."""

from __future__ import annotations

from urllib.parse import quote_plus

from filo.config.bench.wire import Caller
from filo.config.bench.works.work import Work

STAGES = ("customer", "customer", "lead", "prospect", "suspect")
AREAS = ("nord", "centro", "sud")
FAR_DOWN = "stage=customer&sort=name"  # the list whose page 1 is held against a page far down
ROW = b"/parties/"


def narrowed(caller: Caller) -> str:
    """A stage and an area, as people choose them."""
    return f"stage={caller.rng.choice(STAGES)}&area={caller.rng.choice(AREAS)}"


def listed(caller: Caller) -> None:
    """Narrowed by stage and area, by name."""
    caller.page(f"/parties?{narrowed(caller)}&sort=name")


def everybody(caller: Caller) -> None:
    """As it opens."""
    caller.page("/parties")


def by_contact(caller: Caller) -> None:
    """The same, by the last contact."""
    caller.page(f"/parties?{narrowed(caller)}&sort=-last_contact")


def first_and_deep(caller: Caller) -> str:
    """Page 1 and the page far down of one list, in turn, so that noise meets both alike."""
    part = caller.rng.choice(("page 1", "far down"))
    caller.page(caller.person.deep["page"] if part == "far down" else f"/parties?{FAR_DOWN}", ROW)
    return part


def searched(caller: Caller) -> None:
    """By beginnings of names."""
    caller.page(f"/search?q={quote_plus(caller.rng.choice(caller.person.terms))}", ROW)


def suggested(caller: Caller) -> None:
    """What is offered while typing."""
    caller.page(f"/search/suggest?q={quote_plus(caller.rng.choice(caller.person.terms))}", ROW)


def card(caller: Caller) -> None:
    """Anybody's."""
    caller.page(f"/parties/{caller.rng.choice(caller.person.parties)}")


def long_card(caller: Caller) -> None:
    """Of one with a long story."""
    caller.page(f"/parties/{caller.rng.choice(caller.person.heavy)}")


def home(caller: Caller) -> None:
    """The first page."""
    caller.page("/")


def funnel(caller: Caller) -> None:
    """The report."""
    caller.page("/funnel")


def tasks(caller: Caller) -> None:
    """What is to be done."""
    caller.page("/tasks")


def log_a_call(caller: Caller) -> None:
    """What happened, kept by the form of the card."""
    party = caller.rng.choice(caller.person.parties)
    body = quote_plus(f"Richiamato, torna in settimana ({caller.rng.randrange(10**9)}).")
    caller.send(f"/parties/{party}/interactions", f"channel=call&direction=out&subject=Telefonata&body={body}")


PAGES = (
    Work("list", "list, by stage and area, by name", listed),
    Work("list-contact", "list, by stage and area, by last contact", by_contact),
    Work("deep", "list of customers, by name", first_and_deep, ("all", "unit")),
    Work("search", "search, by beginnings of names", searched),
    Work("suggest", "suggestions while typing", suggested, ("all",)),
    Work("card", "card", card),
    Work("card-long", "card with a long story", long_card),
    Work("home", "first page", home),
    Work("funnel", "funnel", funnel),
    Work("tasks", "tasks", tasks, ("own",)),
    Work("log", "log a call on the card", log_a_call, ("own",)),
)
