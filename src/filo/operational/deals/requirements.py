"""What a stage may ask of a deal, and what of it a deal lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.errors import InvalidFields
from filo.operational.deals.models import Deal, PipelineStage

# Codes as stages keep them, with their words.
REQUIRABLE = {
    "amount": gettext_lazy("Amount"),
    "close_date": gettext_lazy("Expected close"),
    "contact": gettext_lazy("Contact person"),
    "product_line": gettext_lazy("Product line"),
    "source": gettext_lazy("Source"),
    "description": gettext_lazy("What it is about"),
    "next_step": gettext_lazy("Next step"),
    "owner": pgettext_lazy("a deal", "Who has it"),
}
_COLUMN = {"contact": "contact_id", "product_line": "product_line_id", "owner": "owner_id"}


def column_of(code: str) -> str:
    """The attribute of a deal that holds it."""
    return _COLUMN.get(code, code)


def lacking(deal: Deal, stage: PipelineStage, facts: Mapping[str, Any] | None = None) -> list[str]:
    """The codes of what a stage asks for and a deal does not have, nor the facts that come with the move.

    A customer who is a person is spoken to himself: he has no contact person.
    """
    known = facts or {}
    asked = [code for code in REQUIRABLE if code in stage.required]
    if deal.party.kind == "person":
        asked = [code for code in asked if code != "contact"]
    return [code for code in asked if not known.get(column_of(code), getattr(deal, column_of(code)))]


def refuse_lacking(deal: Deal, stage: PipelineStage, facts: Mapping[str, Any] | None = None) -> None:
    """Raises `InvalidFields` that names what is missing."""
    _refuse(lacking(deal, stage, facts), stage)


def refuse_clearing(deal: Deal, facts: Mapping[str, Any]) -> None:
    """What the stage of an open deal requires is changed, but not taken away. Raises `InvalidFields`."""
    if deal.is_open:
        named = {code: column_of(code) for code in REQUIRABLE if code in deal.stage.required}
        gone = [code for code, name in named.items() if name in facts and not facts[name] and getattr(deal, name)]
        _refuse(gone, deal.stage)


def _refuse(missing: Sequence[str], stage: PipelineStage) -> None:
    if missing:
        words = _("“%(field)s” is required in the stage “%(stage)s”: fill it in.")
        raise InvalidFields({code: words % {"field": REQUIRABLE[code], "stage": stage.name} for code in missing})
