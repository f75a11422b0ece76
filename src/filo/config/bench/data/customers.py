"""Customers as a large firm has them: persons, firms with contacts, whose they are and how they are found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from filo.config.bench.data.firm import Agent, Firm
from filo.config.bench.data.ids import DAY, hex7, text_of
from filo.config.demo.names import FAMILY, FEMALE, MALE, slug
from filo.config.demo.places import Place, mobile, some_place
from filo.config.demo.trades import TRADES
from filo.foundation.folding import fold
from filo.foundation.search.typed import number_words
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    Party,
    PartyRelation,
    Relationship,
    RelationshipMember,
    StageChange,
)

# Out of twenty parties: so many firms, and so many persons who are only contacts of a firm.
FIRMS, CONTACTS, OF = 3, 4, 20
YEARS = 5
STAGES = (("suspect", 15), ("lead", 30), ("prospect", 15), ("customer", 40))

COLUMNS = {
    Party: (
        "id", "kind", "display_name", "sort_name", "given_name", "family_name", "title", "gender", "legal_name",
        "legal_form", "sector", "vat_number", "codice_fiscale", "sdi_code", "language", "notes", "fields", "source",
        "version", "created_at", "updated_at",
    ),
    ContactPoint: (
        "id", "party_id", "type", "value", "normalised", "extension", "label", "preferred", "position",
    ),
    Address: (
        "id", "party_id", "use", "street", "locality", "postal_code", "city", "province", "country", "position",
    ),
    Relationship: (
        "id", "party_id", "company_id", "product_line_id", "area_id", "channel_id", "owner_id", "unit_id", "stage",
        "stage_since", "customer_since", "end_reason", "version", "created_at",
    ),
    RelationshipMember: ("id", "relationship_id", "user_id", "role"),
    StageChange: (
        "id", "relationship_id", "company_id", "from_stage", "to_stage", "rule", "reason", "actor_name", "at",
    ),
    PartyRelation: ("id", "from_party_id", "to_party_id", "role", "job_title"),
}  # fmt: skip
Rows = dict[type, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Known:
    """What the history needs of a customer: ids as 32 hex digits, empty where there is none."""

    party: str
    since: int
    company: str = ""
    relationship: str = ""
    agent: Agent | None = None
    unit: str = ""
    firm: int = -1  # of a contact: the place of the firm among all customers


class Customers:
    """A stream of parties with everything that belongs to them, the same for a seed."""

    def __init__(self, firm: Firm, *, until: int, seed: int = 42) -> None:
        self.firm, self.until = firm, until
        self.rng = random.Random(seed)  # noqa: S311
        self.known: list[Known] = []
        self.words: list[tuple[str, str, str]] = []
        self._firms: list[tuple[int, Place]] = []
        self._places = [some_place(self.rng) for _n in range(2000)]

    def make(self, number: int) -> Iterator[Rows]:
        """The rows of `number` parties, one party at a time, the oldest first."""
        start = self.until - YEARS * 365 * DAY
        for place in range(number):
            since = start + (self.until - start) * place // number
            yield self._one(place, since)

    def _one(self, number: int, since: int) -> Rows:
        turn = number % OF
        if turn < FIRMS:
            return self._organisation(number, since)
        return self._person(number, since, contact=turn < FIRMS + CONTACTS)

    def _organisation(self, number: int, since: int) -> Rows:
        place, trade = self.rng.choice(self._places), self.rng.choice(TRADES)
        name = f"{trade.sector.split()[0]} {self._family()} {self.rng.choice(MALE)} S.r.l."
        self._firms.append((number, place))
        facts = {"legal_name": name, "legal_form": "S.r.l.", "sector": trade.sector, "vat_number": f"{number:011d}"}
        rows = self._party(since, "organisation", name, fold(name), place, facts)
        self._tie(rows, since, place, trade.company)
        return rows

    def _person(self, number: int, since: int, *, contact: bool) -> Rows:
        firm = self.rng.choice(self._firms[-500:]) if contact else None
        place = firm[1] if firm else self.rng.choice(self._places)
        female = self.rng.random() < 0.5
        given, family = self.rng.choice(FEMALE if female else MALE), self._family()
        facts = {"given_name": given, "family_name": family, "gender": "female" if female else "male"}
        rows = self._party(since, "person", f"{given} {family}", fold(f"{family} {given}"), place, facts)
        if firm:
            relation = (self._id(since), rows[Party][0][0], self.known[firm[0]].party, "contact", "Ufficio acquisti")
            rows[PartyRelation] = [relation]
            self.known.append(Known(str(rows[Party][0][0]), since, firm=firm[0]))
        else:
            self._tie(rows, since, place, "aurora-moda" if self.rng.random() < 0.7 else "aurora-casa")
        return rows

    def _family(self) -> str:
        """The first names of the list are the most common, as in life."""
        return FAMILY[min(int(self.rng.expovariate(1 / 45)), len(FAMILY) - 1)]

    def _id(self, at: int) -> str:
        return hex7(self.rng, at)

    def _party(self, since: int, kind: str, name: str, sort: str, place: Place, facts: dict[str, str]) -> Rows:
        party, moment = self._id(since), text_of(since)
        known = [facts.get(column, "") for column in COLUMNS[Party][4:14]]
        row = (party, kind, name, sort, *known, "it", "", "{}", "bench", 1, moment, moment)
        points = self._points(party, since, name)
        address = place.address(self.rng)
        where = (self._id(since), party, "main", address["street"], "", address["postal_code"], address["city"])
        words = [name, *(word for point in points for word in _point_words(point)), address["city"]]
        self.words.append(("party", party, _words(words)))
        return {Party: [row], ContactPoint: points, Address: [(*where, address["province"], "IT", 0)]}

    def _points(self, party: str, since: int, name: str) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        if self.rng.random() < 0.9:
            mail = f"{slug(name, '.')}.{self.rng.randrange(10**6)}@example.it"
            found.append((self._id(since), party, "email", mail, mail, "", "", False, 0))
        if self.rng.random() < 0.8:
            number = "+39" + mobile(self.rng).removeprefix("+39").replace(" ", "")
            found.append((self._id(since), party, "mobile", number, number, "", "", False, 1))
        return found

    def _tie(self, rows: Rows, since: int, place: Place, company: str) -> None:
        party, area = str(rows[Party][0][0]), place.area
        agent = self.rng.choice(self.firm.agents[area]) if self.rng.random() < 0.6 else None
        unit = agent.unit if agent else self.firm.units[area]
        stage = self.rng.choices([code for code, _w in STAGES], [w for _c, w in STAGES])[0]
        relationship, moment = self._id(since), text_of(since)
        company_id = self.firm.companies[company]
        line = self.rng.choice(self.firm.lines[company]) if self.rng.random() < 0.5 else None
        day = moment[:10] if stage == "customer" else None
        ties = (self.firm.areas[area], self.rng.choice(self.firm.channels), agent.id if agent else None, unit)
        rows[Relationship] = [
            (relationship, party, company_id, line, *ties, stage, moment, day, "", 1, moment),
        ]
        if agent and self.rng.random() < 0.08:
            other = self.rng.choice(self.firm.agents[area])
            rows[RelationshipMember] = [(self._id(since), relationship, other.id, "agent")]
        rows[StageChange] = [
            (self._id(since), relationship, company_id, "", stage, "arrival", "", "Import", moment),
        ]
        self.known.append(Known(party, since, company_id, relationship, agent, unit))


def _point_words(point: tuple[object, ...]) -> tuple[str, ...]:
    return number_words(str(point[4])[1:]) if point[2] == "mobile" else (str(point[4]),)


def _words(parts: list[str]) -> str:
    return " ".join(dict.fromkeys(word for part in parts for word in fold(part).split()))
