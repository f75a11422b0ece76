"""Reads about interactions that pages and API share."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.interactions.models import Interaction, Outcome
from filo.operational.parties.models import Party


def outcomes_by_channel() -> dict[str, list[Outcome]]:
    """The outcomes in use, in their order, for each channel."""
    found: dict[str, list[Outcome]] = {}
    for outcome in Outcome.objects.filter(active=True):
        found.setdefault(outcome.channel, []).append(outcome)
    return found


def outcome_coded(channel: str, code: str) -> Outcome | None:
    """The outcome of a channel with this code; None for an empty or unknown code."""
    return Outcome.objects.filter(channel=channel, code=code).first() if code else None


def seen_interaction(principal: Principal, interaction_id: UUID) -> Interaction:
    """The interaction, if this principal may see it and its party. Raises `NotFound`."""
    rows = Interaction.objects.visible_to(principal).for_list()
    rows = rows.filter(pk=interaction_id, party__in=Party.objects.visible_to(principal))
    found = rows.prefetch_related("actors__user", "actors__party").first()
    if found is None:
        raise NotFound
    return found
