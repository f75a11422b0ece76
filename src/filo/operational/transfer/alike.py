"""Who of those that a file would create may be here already, under a name or number a little different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from filo.foundation.access.principal import Principal
from filo.operational.doubles.labels import reasons_in_words
from filo.operational.doubles.queries.candidates import alike_among_stored
from filo.operational.doubles.queries.traits import traits_of_draft
from filo.operational.transfer.facts import Facts

MOST_SHOWN = 50
# More new rows than these are compared once they are in.
MOST_COMPARED = 20_000


@dataclass
class Alike:
    """How many new rows look like a card, the first of them, and how many were compared."""

    number: int = 0
    compared: int = 0
    shown: list[dict[str, Any]] = field(default_factory=list)

    def look(self, principal: Principal, rows: Sequence[Facts]) -> None:
        """Compare what some new rows say with the cards this principal sees."""
        new = [facts for facts in rows if facts.draft][: max(0, MOST_COMPARED - self.compared)]
        drafts = [facts.draft for facts in new if facts.draft]
        self.compared += len(drafts)
        found = alike_among_stored(principal, [traits_of_draft(draft) for draft in drafts])
        for facts, draft, one in zip(new, drafts, found, strict=True):
            if one is None:
                continue
            self.number += 1
            if len(self.shown) < MOST_SHOWN:
                why = reasons_in_words(one.likeness.reasons, hidden=principal.hidden("party"))[:2]
                self.shown.append(
                    {
                        "number": facts.number,
                        "name": draft.display_name,
                        "party": str(one.party.id),
                        "card": one.party.display_name,
                        "probability": round(one.likeness.probability, 4),
                        "why": "; ".join(f"{reason.field}: {reason.level}" for reason in why),
                    }
                )
