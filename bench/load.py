"""Puts the data of the side-by-side generator (gen.py) into a bench's database: contacts, firms, their stories.

    DATABASE_URL=postgres://…/filo_bench_side FILO_SECRET_KEY=… python bench/load.py DATA_DIR HEAVY.json

The rows are copied as `./filo bench` copies its own; the second file gets the ids of the 50 parties with long stories.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from filo.config.startup import start_django

HEAVY, WAVE = 50, 20_000
CHANNELS = {"1": "note", "2": "meeting", "3": "call"}


def main(data: Path, heavy_at: Path) -> None:
    """Make the firm, then copy everything."""
    start_django()
    from django.db import connection

    from filo.config.bench.data.firm import the_firm
    from filo.config.bench.place import PREFIX
    from filo.config.cli import migrate

    if not str(connection.settings_dict["NAME"]).rpartition("/")[2].startswith(PREFIX):
        sys.exit(f"load: {connection.settings_dict['NAME']} is no bench's database; call it {PREFIX}_…")
    migrate.run(argparse.Namespace())
    Loading(data, the_firm()).everything(heavy_at)


class Loading:
    """Rows of the files as Filo keeps them, the same for the same files."""

    def __init__(self, data: Path, firm: Any) -> None:
        self.data, self.firm, self.rng = data, firm, random.Random(5)
        self.now = int(datetime.now(UTC).timestamp() * 1000)
        self.parties: dict[str, tuple[str, str]] = {}  # contact -> party and relationship
        self.firms: dict[str, str] = {}

    def everything(self, heavy_at: Path) -> None:
        """Firms, contacts, their stories; then the indexes."""
        from filo.config.bench.data.customers import COLUMNS
        from filo.config.bench.data.history import ENTRIES, INTERACTIONS
        from filo.config.bench.data.make import _finish
        from filo.config.bench.data.tables import bare, fill
        from filo.foundation.search.models import SearchText
        from filo.operational.interactions.models import Interaction
        from filo.operational.parties.models import TimelineEntry

        with bare([*COLUMNS, SearchText, TimelineEntry, Interaction]):
            for what, one in (("orgs", self.organisation), ("contacts", self.contact)):
                self._copy(what, one)
            entries = 0
            for rows in waves(self.data / "activities.csv"):
                told = [self.happening(row) for row in rows]
                fill(Interaction, INTERACTIONS, [interaction for interaction, _entry in told])
                entries += fill(TimelineEntry, ENTRIES, [entry for _interaction, entry in told])
        _finish(len(self.parties) + len(self.firms), entries)
        long = [str(UUID(self.parties[str(number)][0])) for number in range(1, HEAVY + 1)]
        heavy_at.write_text(json.dumps(long), encoding="utf-8")
        print(f"load: {len(self.parties)} contacts, {len(self.firms)} firms, {entries} lines of their stories")

    def _copy(self, what: str, one: Any) -> None:
        from filo.config.bench.data.customers import COLUMNS
        from filo.config.bench.data.tables import fill
        from filo.foundation.search.models import SearchText

        for rows in waves(self.data / f"{what}.csv"):
            held: dict[type, list[Any]] = {model: [] for model in (*COLUMNS, SearchText)}
            for row in rows:
                for model, some in one(row).items():
                    held[model].extend(some)
            for model, columns in COLUMNS.items():
                fill(model, columns, held[model])
            fill(SearchText, ("kind", "object_id", "text"), held[SearchText])

    def organisation(self, row: dict[str, str]) -> dict[type, list[Any]]:
        """A firm."""
        facts = ("", "", "", "", row["name"], "", f"settore {row['sector']}", row["vat"], "", "")
        rows, party, _relationship = self._party("organisation", row["name"], row["name"], facts, row)
        self.firms[row["id"]] = party
        return rows

    def contact(self, row: dict[str, str]) -> dict[type, list[Any]]:
        """A person, who is a contact of a firm and has a relationship of his own, as in the other programs."""
        from filo.operational.parties.models import PartyRelation

        given, family = row["first_name"], row["last_name"]
        facts = (given, family, "", "", "", "", f"settore {row['sector']}", "", "", "")
        rows, party, relationship = self._party("person", f"{given} {family}", f"{family} {given}", facts, row)
        rows[PartyRelation] = [(self._id(), party, self.firms[row["org_id"]], "contact", "")]
        self.parties[row["id"]] = (party, relationship)
        return rows

    def _party(
        self, kind: str, name: str, sort: str, facts: tuple[str, ...], row: dict[str, str]
    ) -> tuple[dict[type, list[Any]], str, str]:
        from filo.foundation.folding import fold
        from filo.foundation.search.models import SearchText
        from filo.operational.parties.models import Address, ContactPoint, Party, Relationship

        party, tie, moment = self._id(), self._id(), self._moment()
        reached = [(kind, row.get(kind, "").replace(" ", "")) for kind in ("email", "phone", "mobile")]
        points = [
            (self._id(), party, kind, value, value, "", "", False, place)
            for place, (kind, value) in enumerate(reached)
            if value
        ]
        place = (row["street"], "", row["zip"], row["city"], row["province"], "IT", 0)
        words = [name, *(value.removeprefix("+39") for _kind, value in reached), row["city"]]
        folded = " ".join(dict.fromkeys(word for part in words for word in fold(part).split()))
        agent = self.rng.choice(self.firm.agents["nord"])
        ties = (self.firm.areas["nord"], self.firm.channels[0], agent.id, agent.unit)
        company = self.firm.companies["aurora-moda"]
        return (
            {
                Party: [(party, kind, name, fold(sort), *facts, "it", "", "{}", "side-by-side", 1, moment, moment)],
                ContactPoint: points,
                Address: [(self._id(), party, "main", *place)],
                Relationship: [
                    (tie, party, company, None, *ties, "customer", moment, moment[:10], "", 1, moment),
                ],
                SearchText: [("party", party, folded)],
            },
            party,
            tie,
        )

    def happening(self, row: dict[str, str]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """An interaction and its line."""
        party, tie = self.parties[row["contact_id"]]
        agent, channel = self.rng.choice(self.firm.agents["nord"]), CHANNELS[row["kind"]]
        one, company, at = self._id(), self.firm.companies["aurora-moda"], row["start"]
        what = (channel, "out", at, row["subject"], None, row["notes"], agent.id, agent.id, 1, at)
        line = (
            self._id(), party, at, f"interaction.{channel}", "interaction", channel, "out", row["subject"],
            row["notes"], "", "interaction", one, agent.id, agent.name, agent.id, agent.unit, company, tie,
            self._id(), party, "{}",
        )  # fmt: skip
        return (one, party, tie, company, agent.unit, *what), line

    def _id(self) -> str:
        from filo.config.bench.data.ids import hex7

        return hex7(self.rng, self.now)

    def _moment(self) -> str:
        from filo.config.bench.data.ids import text_of

        return text_of(self.now)


def waves(path: Path) -> Iterator[list[dict[str, str]]]:
    """The rows of a file, some thousand at a time."""
    with path.open(newline="", encoding="utf-8") as file:
        rows: list[dict[str, str]] = []
        for row in csv.DictReader(file):
            rows.append(row)
            if len(rows) == WAVE:
                yield rows
                rows = []
        yield rows


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: load.py DATA_DIR HEAVY.json")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
