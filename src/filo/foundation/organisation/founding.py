"""What apps do when a firm is founded: each registers a function here, as the default outcomes do."""

from __future__ import annotations

from collections.abc import Callable

from filo.foundation.organisation.models import Firm

Hook = Callable[[Firm], None]
_hooks: list[Hook] = []


def at_founding(hook: Hook) -> Hook:
    """Have `hook(firm)` run in the transaction that founds the firm; panels register it at the start.

    It must bear being run where its rows are already there.
    """
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def hooks() -> list[Hook]:
    """What was registered, in the order of the house."""
    return list(_hooks)
