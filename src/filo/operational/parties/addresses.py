"""Where the pages of parties are, reckoned once and not for every row."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse


def party_url(party_id: UUID) -> str:
    """The address of a party's card."""
    return f"{_cards()}{party_id}"


@cache
def _cards() -> str:
    nobody = UUID(int=0)
    return reverse("parties:card", args=[nobody]).removesuffix(str(nobody))
