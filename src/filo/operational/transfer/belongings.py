"""What rows say of who looks after parties that are there, how far along these are and where they belong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.errors import Forbidden
from filo.operational.parties.models import Relationship
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.origins import HAND as BY_HAND
from filo.operational.parties.origins import MERGE, kind_of, writer_of
from filo.operational.parties.policies import RELATIONSHIP_ASSIGNED, RELATIONSHIP_EDITED, RELATIONSHIP_SEEN
from filo.operational.transfer.conflicts import FILE, HAND
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.placing import Placing
from filo.operational.transfer.planning import REJECTED, Step

# What a row can change of a relationship; company and product line only say which one is meant.
NAMES = ("stage", "owner", "area", "channel", "unit")


@dataclass
class Wish:
    """What a row changes of a relationship: {name: (now, said)}; `stayed` counts what it does not, by the rule."""

    relationship: Relationship
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    stayed: int = 0

    def note(self) -> None:
        """Have the next row of the same party compared with what this one makes of it."""
        for name, (_now, said) in self.changes.items():
            setattr(self.relationship, name, said)


class Belongings:
    """The relationships of parties that rows are about, and what becomes of them by the rule of the import."""

    def __init__(self, principal: Principal, placing: Placing, rule: str) -> None:
        self._principal, self._placing, self._rule = principal, placing, rule
        self._rows: dict[UUID, list[Relationship]] = {}
        self._by_hand: dict[UUID, list[AuditEntry]] = {}

    def read(self, steps: Sequence[Step]) -> None:
        """Look up what these steps need, in two statements."""
        keys = {key for step in steps if (key := _party_of(step)) and key not in self._rows}
        if not keys:
            return
        self._rows |= {key: [] for key in keys}
        seen = Relationship.objects.filter(RELATIONSHIP_SEEN.rows(self._principal), party__in=keys).order_by("pk")
        rows = list(seen.select_related("party", "company", "product_line", "owner", "area", "channel", "unit"))
        for row in rows:
            self._rows[row.party_id].append(row)
        if self._rule == HAND:
            ids = {row.pk for row in rows} | keys
            for entry in AuditEntry.objects.filter(object_id__in=ids).order_by("-at", "-id"):
                self._by_hand.setdefault(entry.object_id, []).append(entry)

    def wish_of(self, step: Step) -> Wish | None:
        """What a row changes; what it may not, or what stays by the rule, is told in the row."""
        party = _party_of(step)
        if party is None or party not in self._rows:
            return None
        facts = step.facts
        row = self._meant(facts, self._rows[party])
        if row is None:
            if self._rows[party]:
                self._warn(
                    facts, _("It is not told which of the relationships is meant: name company and product line.")
                )
            else:
                self._warn(facts, _("There is no relationship yet that this could be written to."))
            return None
        found = Wish(row)
        for name, said in self._placing.places_of(facts, row).items():
            now = getattr(row, name)
            if now == said:
                continue
            if sentence := self._refusal(row, name):
                self._warn(facts, sentence, name)
            elif self._stays(row, name, now):
                found.stayed += 1
                sentence = _("“%(now)s” stays; the file says “%(said)s”.")
                self._warn(facts, sentence % {"now": _word(name, now), "said": _word(name, said)}, name)
            else:
                found.changes[name] = (now, said)
        return found

    def _meant(self, facts: Facts, rows: Sequence[Relationship]) -> Relationship | None:
        company, line = self._placing.firm_of(facts)
        of_company = [row for row in rows if row.company_id == company.pk]
        if "product_line" in facts.belongs:
            of_company = [row for row in of_company if line is not None and row.product_line_id == line.pk]
        open_ones = [row for row in of_company if row.ended_at is None] or of_company
        if len(open_ones) == 1:
            return open_ones[0]
        wanted = line.pk if line else None
        return next((row for row in open_ones if row.product_line_id == wanted), None)

    def _refusal(self, row: Relationship, name: str) -> str:
        action, rule = ("edit", RELATIONSHIP_EDITED) if name == "stage" else ("assign", RELATIONSHIP_ASSIGNED)
        if not self._principal.may("party", action) or not rule.allows(self._principal, row):
            return str(Forbidden.sentence)
        return _("This relationship has ended: open it again first.") if row.ended_at else ""

    def _stays(self, row: Relationship, name: str, now: Any) -> bool:
        if self._rule == FILE or now is None:
            return False
        return self._rule != HAND or self._is_by_hand(row, name, now)

    def _is_by_hand(self, row: Relationship, name: str, now: Any) -> bool:
        own = self._by_hand.get(row.pk, [])
        key, value = (name, now) if name == "stage" else (f"{name}_id", plain(now.pk))
        entry = writer_of(own, key, value) or next((one for one in own if one.action == "relationship.open"), None)
        arrivals = (one for one in self._by_hand.get(row.party_id, []) if one.action == "party.create")
        entry = entry or next(arrivals, None)
        return entry is not None and kind_of(entry) in (BY_HAND, MERGE)

    def _warn(self, facts: Facts, sentence: str, name: str = "") -> None:
        column = next((facts.columns[one] for one in (name, *NAMES) if one in facts.columns), "")
        facts.warn(column, sentence)


def says_belonging(facts: Facts) -> bool:
    """Whether a row says anything of it."""
    return bool(facts.belongs.keys() & set(NAMES))


def any_says(steps: Collection[Step]) -> bool:
    """Whether any of them does, so that nothing is looked up for a file that never does."""
    return any(_party_of(step) for step in steps)


def _party_of(step: Step) -> UUID | None:
    """The party that is there and of which the row says where it belongs."""
    if step.outcome == REJECTED or step.is_new or step.known is None or not says_belonging(step.facts):
        return None
    return step.known.party_id


def _word(name: str, value: Any) -> str:
    return str(dict(STAGES).get(value, value) if name == "stage" else value)[:120]
