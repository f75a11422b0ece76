"""Brings households of the demo in: with their relationships, and what they are to each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from filo.config.demo.company import Company
from filo.config.demo.roster import Guest, Household, Tie
from filo.foundation.access.principal import Principal
from filo.operational.parties.drafts import clean_party
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import Arrival, RelationshipSpec, bring_in
from filo.operational.parties.services.relations import relate

Arrived = tuple[Party, ...]


def let_in(
    company: Company, principal: Principal, households: Sequence[Household], *, source: str = ""
) -> list[Arrived]:
    """The parties of each household, in their order, brought in all at once.

    `source` is kept with each party; who is what to whom is written by inside sales.
    """
    arrivals = [_arrival(company, found, guest, source) for found in households for guest in found.guests]
    if any(set(spec.members) - {principal.user_id} for each in arrivals for spec in each.relationships):
        principal = company.principals["interno"]  # who names others must be one who assigns
    parties = iter(bring_in(principal, arrivals))
    arrived = [tuple(next(parties) for _guest in found.guests) for found in households]
    for found, group in zip(households, arrived, strict=True):
        for link in found.links:
            relate(
                company.principals["interno"],
                group[link.who],
                to=group[link.to],
                role=link.role,
                job_title=link.job_title,
                valid_from=date(link.since, 1, 1) if link.since else None,
            )
    return arrived


def _arrival(company: Company, household: Household, guest: Guest, source: str) -> Arrival:
    specs = tuple(_spec(company, household, tie) for tie in guest.ties)
    return Arrival(clean_party(guest.facts), specs, source=source)


def _spec(company: Company, household: Household, tie: Tie) -> RelationshipSpec:
    owner = company.people[tie.owner] if tie.owner else None
    return RelationshipSpec(
        company=company.companies[tie.company],
        product_line=company.lines[tie.line] if tie.line else None,
        area=company.areas[household.area],
        channel=company.channels[tie.channel] if tie.channel else None,
        owner_id=owner.id if owner else None,
        unit=owner.unit if owner else None,
        stage=tie.stage,
        members=tuple(company.people[mailbox].id for mailbox in tie.members),
    )


def who_brings(company: Company, household: Household) -> Principal:
    """The agent whose customer it is; inside sales where it is nobody's, or more than one's."""
    owners = {tie.owner for guest in household.guests for tie in guest.ties}
    return company.principals[owners.pop() or "interno" if len(owners) == 1 else "interno"]
