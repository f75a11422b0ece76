"""What may be done to many products at once: by its code, what it is called and what it writes."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal

ACTS: dict[str, tuple[str | Promise, dict[str, Any]]] = {
    "release": (pgettext_lazy("many products", "Show to all customers"), {"reserved": False}),
    "reserve": (pgettext_lazy("many products", "Show in reserved catalogues only"), {"reserved": True}),
    "active": (pgettext_lazy("many products", "Put on sale"), {"status": "active"}),
    "draft": (pgettext_lazy("many products", "Make drafts of them"), {"status": "draft"}),
    "retired": (pgettext_lazy("many products", "No longer sell them"), {"status": "retired"}),
}


def acts_offered(principal: Principal) -> list[tuple[str, str | Promise]]:
    """Those that this principal may do; none, and rows need no boxes."""
    return [(code, label) for code, (label, _facts) in ACTS.items()] if principal.may("product", "edit") else []
