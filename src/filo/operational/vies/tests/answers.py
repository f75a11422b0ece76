"""The shortest ways to have a card asked about and answered."""

from __future__ import annotations

from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.running import run_claimed
from filo.operational.parties.models import Party
from filo.operational.vies.models import VatCheck
from filo.operational.vies.queries import Standing, standing_of
from filo.operational.vies.services.asking import ask_vies
from filo.testing.world import World

ITALIAN, GERMAN = "07643520567", "DE136695976"


def with_number(world: World, number: str, *, party: str = "own") -> Party:
    """A customer whose card has this number."""
    found = world.parties[party]
    Party.objects.filter(pk=found.pk).update(vat_number=number)
    found.refresh_from_db()
    return found


def work() -> None:
    """Do what waits to go out."""
    while job := claim("tester", ["outward"]):
        run_claimed(job)


def checked(world: World, party: Party, who: str = "agent") -> VatCheck:
    """Asked and answered."""
    found = ask_vies(world.principal(who), party)
    work()
    found.refresh_from_db()
    return found


def standing(world: World, party: Party, who: str = "agent") -> Standing:
    """As this person reads it now."""
    found = standing_of(world.principal(who), Party.objects.get(pk=party.pk))
    assert found is not None
    return found
