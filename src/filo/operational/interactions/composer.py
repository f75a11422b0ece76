"""What the composer shows, on the card and on a page of its own."""

from __future__ import annotations

from typing import Any

from filo.operational.interactions.forms import COMPOSED, InteractionForm
from filo.operational.interactions.models import Outcome
from filo.operational.interactions.queries import outcomes_by_channel
from filo.operational.interactions.words import ICONS
from filo.operational.parties.models import Party


def composer_context(
    party: Party, form: InteractionForm | None, *, outcomes: dict[str, list[Outcome]] | None = None
) -> dict[str, Any]:
    """What the composer shows: a clean one, or one with what was typed and what is wrong with it."""
    found = outcomes_by_channel() if outcomes is None else outcomes
    chosen = form["channel"].value() if form else "note"
    return {
        "party": party,
        "form": form,
        "chosen": chosen,
        "composed": [(code, label, ICONS[code]) for code, label in COMPOSED],
        "outcomes": [(code, found.get(code, [])) for code, _label in COMPOSED],
    }
