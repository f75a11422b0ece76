"""What happened with the customers: calls, meetings, mails and notes over the years, and the tasks of today."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from filo.config.bench.data.customers import Known
from filo.config.bench.data.firm import Agent, Firm
from filo.config.bench.data.ids import DAY, hex7, text_of

ENTRIES = (
    "id", "party_id", "at", "kind", "object", "channel", "direction", "summary", "excerpt", "outcome",
    "reference_kind", "reference_id", "actor_id", "actor_name", "owner_id", "unit_id", "company_id",
    "relationship_id", "event_id", "origin_party", "data",
)  # fmt: skip
INTERACTIONS = (
    "id", "party_id", "relationship_id", "company_id", "unit_id", "channel", "direction", "at", "subject",
    "outcome_id", "body", "number", "author_id", "owner_id", "version", "created_at",
)  # fmt: skip
TASKS = ("id", "title", "kind", "party_id", "assignee_id", "due_on", "created_by_id", "version", "created_at")
CHANNELS = ("call", "call", "call", "mail", "mail", "meeting", "note")
SUBJECTS = (
    "Ha chiesto il listino della nuova stagione", "Richiamare la settimana prossima", "Conferma dell'ordine",
    "Consegna in ritardo, scuse e nuovo appuntamento", "Visita in negozio", "Chiede uno sconto sulla quantità",
    "Nessuna risposta", "Campioni inviati", "Reso di due capi", "Preventivo spiegato al telefono",
)  # fmt: skip
BODY = "Ci siamo sentiti come d'accordo. Ha visto il campionario, torna la settimana prossima con le misure. "
HEAVY_EVERY, HEAVY_TIMES = 500, 40  # a few customers have long stories


@dataclass(frozen=True)
class Told:
    """One happening: its body and its lines, one for each party concerned."""

    interaction: tuple[object, ...]
    entries: list[tuple[object, ...]]
    party: int
    at: int


class History:
    """A stream of happenings in the order of time, so that a customer's rows lie far apart as in life."""

    def __init__(self, firm: Firm, known: Sequence[Known], *, until: int, seed: int = 43) -> None:
        self.firm, self.known, self.until = firm, known, until
        self.rng = random.Random(seed)  # noqa: S311
        self._everyone = [agent for agents in firm.agents.values() for agent in agents]

    def make(self, entries: int) -> Iterator[Told]:
        """About so many lines: rounds over all customers, each round a later stretch of time."""
        told, number = 0, len(self.known)
        start = min(one.since for one in self.known)
        while told < entries:
            stretch = (self.until - start) * told // entries
            for _time in range(max(1, number // 20)):
                found = self._one(self._some_party(number), start + stretch)
                told += len(found.entries)
                yield found
                if told >= entries:
                    return

    def _some_party(self, number: int) -> int:
        if self.rng.random() < HEAVY_TIMES / HEAVY_EVERY:
            return self.rng.randrange((number + HEAVY_EVERY - 1) // HEAVY_EVERY) * HEAVY_EVERY
        return self.rng.randrange(number)

    def _one(self, place: int, earliest: int) -> Told:
        one = self.known[place]
        tied = self.known[one.firm] if one.firm >= 0 else one
        agent = tied.agent or self.rng.choice(self._everyone)
        at = min(max(earliest, one.since) + self.rng.randrange(90 * DAY), self.until - self.rng.randrange(1, DAY))
        channel, direction = self.rng.choice(CHANNELS), self.rng.choice(("in", "out", "out"))
        subject, interaction, moment = self.rng.choice(SUBJECTS), hex7(self.rng, at), text_of(at)
        body = BODY * self.rng.randrange(1, 4)
        outcomes = self.firm.outcomes.get(channel)
        outcome = self.rng.choice(outcomes) if outcomes and self.rng.random() < 0.7 else None
        tie = (tied.relationship or None, tied.company or None, agent.unit)
        row = (interaction, one.party, *tie, channel, direction, moment, subject, outcome, body, "")
        lines = [one.party] if one is tied else [one.party, tied.party]
        event = hex7(self.rng, at)
        entries: list[tuple[object, ...]] = [
            (
                hex7(self.rng, at), party, moment, f"interaction.{channel}", "interaction", channel, direction, subject,
                body, "", "interaction", interaction, agent.id, agent.name, agent.id, agent.unit, tie[1], tie[0],
                event, one.party, "{}",
            )
            for party in lines
        ]  # fmt: skip
        return Told((*row, agent.id, agent.id, 1, moment), entries, place, at)


def open_tasks(firm: Firm, known: Sequence[Known], *, until: int, each: int = 40) -> Iterator[tuple[object, ...]]:
    """What everybody who sells has to do in these weeks."""
    rng = random.Random(44)  # noqa: S311
    people: list[Agent] = [agent for agents in firm.agents.values() for agent in agents]
    for agent in people:
        for _number in range(each):
            one, day = known[rng.randrange(len(known))], until + rng.randrange(-5, 20) * DAY
            due, made = text_of(day)[:10], text_of(until - DAY)
            yield (
                hex7(rng, until - DAY),
                rng.choice(SUBJECTS),
                "call",
                one.party,
                agent.id,
                due,
                agent.id,
                1,
                made,
            )
