"""Where a large table may be read whole, each with the reason why; a new line here is a decision."""

from __future__ import annotations

# (place, table): why it may be so. The place "" stands for everywhere.
REVIEWED: dict[tuple[str, str], str] = {
    ("funnel", "parties_relationship"): "it counts every relationship by stage, once for who opens the report",
    ("funnel", "parties_party"): "an index that holds nobody but those in the bin",
    ("API: interactions", "parties_party"): "walked beside the interactions, no further than a thousand of them",
    ("API: interactions", "parties_reach"): "walked beside the interactions, no further than a thousand of them",
}


def reason_for(place: str, table: str) -> str:
    """Why this may be read whole here; empty when nobody has said so."""
    return REVIEWED.get((place, table)) or REVIEWED.get(("", table), "")
