"""Which visitor a secret is of, and how rules know him."""

from __future__ import annotations

import hashlib

from django.db.models import CharField

from filo.collaborative.visitors.models import Visitor
from filo.foundation.access.principal import Principal
from filo.foundation.prepared import Prepared, asked

LONGEST = 100
_BY_KEY = Prepared(
    lambda: Visitor.objects.select_related("party").filter(key_hash=asked("key", CharField()), ended_at=None)
)


def hashed(key: str) -> str:
    """What is kept of a visitor's secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def visitor_by_key(key: str) -> Visitor | None:
    """The visitor with this secret; None for one that is unknown or has ended."""
    if not key or len(key) > LONGEST:
        return None
    return _BY_KEY.first(key=hashed(key))


def link_principal(visitor: Visitor) -> Principal:
    """The visitor as rules and the audit know him: by the name of the customer that he is known as."""
    party = visitor.known
    return Principal(
        kind="link",
        name=party.display_name if party else "visitor",
        also={"visitor": visitor.pk, "party": party.pk if party else None},
    )
