"""Three fields to start from: what the empty page offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Example:
    """A field that is ready but for pressing *Save*."""

    code: str
    icon: str
    title: str | Promise
    why: str | Promise
    facts: Mapping[str, Any] = field(default_factory=dict)


EXAMPLES = (
    Example(
        "priority",
        "star",
        _("Importance: high, medium, low"),
        _("Choose from a list; then narrow the customers to those who matter most."),
        {
            "label_it": "Importanza",
            "label_en": "Importance",
            "kind": "choice",
            "choices": [
                {"code": "", "it": "Alta", "en": "High"},
                {"code": "", "it": "Media", "en": "Medium"},
                {"code": "", "it": "Bassa", "en": "Low"},
            ],
        },
    ),
    Example(
        "renewal",
        "calendar",
        _("End of the contract"),
        _("A date: find who has to be called before it is too late."),
        {"label_it": "Scadenza contratto", "label_en": "End of contract", "kind": "date"},
    ),
    Example(
        "budget",
        "wallet",
        _("Yearly budget, required of prospects"),
        _("An amount that must be known before somebody becomes a prospect."),
        {
            "label_it": "Budget annuo",
            "label_en": "Yearly budget",
            "kind": "money",
            "currency": "EUR",
            "stages": ["prospect"],
        },
    ),
)


def example_facts(code: str) -> dict[str, Any]:
    """What a form starts with for the example of this code; nothing for an unknown one."""
    return next((dict(example.facts) for example in EXAMPLES if example.code == code), {})
