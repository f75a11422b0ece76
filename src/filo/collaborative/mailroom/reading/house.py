"""What the reader has to know of us to tell our own mails, and our own servers' words, from those of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class House:
    """addresses: our mailboxes, in small letters. mark: what our mails carry in X-Loop. servers: whose
    Authentication-Results we believe.
    """

    addresses: frozenset[str] = frozenset()
    mark: str = ""
    servers: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """Plain values that JSON holds."""
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(self).items()}


def house_from(found: Mapping[str, Any]) -> House:
    """What `to_json` gave."""
    return House(frozenset(found["addresses"]), found["mark"], frozenset(found["servers"]))
