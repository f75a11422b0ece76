"""Opens the pages and resources of every day as each role, in this process, and checks how what they ask is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from filo.config.bench.plans import LARGE, Statement, listening, sizes, whole_reads
from filo.config.bench.reviewed import reason_for
from filo.config.bench.wire import Person
from filo.config.demo.staff import PASSWORD

PAGES = {
    "list": "/parties?stage=customer&area=nord&sort=name",
    "list, all": "/parties",
    "list, by last contact": "/parties?stage=customer&area=nord&sort=-last_contact",
    "list, far down": "DEEP",
    "search": "/search?q=TERM",
    "suggest": "/search/suggest?q=TERM",
    "card": "/parties/HEAVY",
    "peek": "/parties/HEAVY/peek",
    "timeline": "/parties/HEAVY/timeline?channel=call",
    "home": "/",
    "tasks": "/tasks",
    "everyone's tasks": "/tasks?whose=all",
    "funnel": "/funnel",
}
RESOURCES = {
    "API: list": "/api/v1/parties?sort=name",
    "API: changed last": "/api/v1/parties?sort=-updated",
    "API: search": "/api/v1/search?q=TERM",
    "API: party": "/api/v1/parties/HEAVY",
    "API: story": "/api/v1/parties/HEAVY/timeline?limit=200",
    "API: interactions": "/api/v1/interactions",
    "API: tasks": "/api/v1/tasks",
}


@dataclass(frozen=True)
class Finding:
    """A large table that a role's page reads whole; with a reason when it was reviewed."""

    place: str
    scope: str
    table: str
    how: str
    sql: str
    reason: str

    @property
    def is_fault(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class Asked:
    """What one page asked, and what of it took longest."""

    place: str
    scope: str
    queries: int
    ms: float
    slowest_ms: float
    slowest: str
    findings: tuple[Finding, ...]


def check(people: list[Person], *, more_than: int = LARGE) -> list[Asked]:
    """Every page and resource by one person of each scope."""
    rows = sizes()
    found = []
    for person in people:
        client = Client(headers={"host": "localhost"})
        client.post("/login", {"login": person.email, "password": PASSWORD})
        for place, path in (PAGES | RESOURCES).items():
            headers = {"authorization": f"Bearer {person.token}"} if place in RESOURCES else {}
            heard = _heard(client, _address(path, person), headers)
            found.append(_asked(place, person, heard, rows, more_than))
    return found


def _address(path: str, person: Person) -> str:
    deep = person.deep.get("page", "/parties?sort=name")
    term = person.terms[0].split()[0] if person.terms else "ross"
    return path.replace("DEEP", deep).replace("TERM", term).replace("HEAVY", person.heavy[0])


def _heard(client: Client, address: str, headers: dict[str, str]) -> list[Statement]:
    with listening() as heard:
        response: Any = client.get(address, headers=headers)
    if response.status_code != 200:
        raise LookupError(f"{address} answered {response.status_code}")
    return heard


def _asked(place: str, person: Person, heard: list[Statement], rows: dict[str, int], more_than: int) -> Asked:
    findings = [
        Finding(place, person.scope, read.table, read.how, read.sql, reason_for(place, read.table))
        for statement in heard
        for read in whole_reads(statement, rows, more_than=more_than)
    ]
    slowest = max(heard, key=lambda statement: statement.ms)
    took = round(sum(statement.ms for statement in heard), 1)
    return Asked(place, person.scope, len(heard), took, round(slowest.ms, 1), slowest.sql, tuple(findings))
