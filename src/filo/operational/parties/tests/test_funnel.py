"""The funnel counts who entered and who left each stage in a period, over what one may see."""

from __future__ import annotations

from datetime import UTC, date, datetime

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.queries.funnel import funnel
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.parties.services.editing import delete_party
from filo.operational.parties.services.relationships import open_relationship
from filo.operational.parties.services.stages import end_relationship, move_stage, reopen_relationship
from filo.testing.world import World

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def move(world: World, party: str, to: str, *, on: date) -> None:
    with clock.at(noon(on)):
        move_stage(world.principal("boss"), world.parties[party].relationships.get(), to=to, reason="Prova")


def movements(principal: Principal, company: SellingCompany | None = None) -> dict[str, tuple[int, int]]:
    """Entered and left, for the stages in which anything moved in March."""
    steps = funnel(principal, since=FIRST, until=LAST, company=company)
    return {step.code: (step.entered, step.left) for step in steps if step.entered or step.left}


def test_both_ends_of_the_period_count_and_the_days_around_do_not(world: World) -> None:
    move(world, "own", "prospect", on=FIRST)
    move(world, "southern", "customer", on=LAST)
    move(world, "teammates", "customer", on=date(2026, 2, 28))
    move(world, "joined", "customer", on=date(2026, 4, 1))
    assert movements(world.principal("boss")) == {
        "suspect": (0, 1),
        "lead": (0, 1),
        "prospect": (1, 0),
        "customer": (1, 0),
    }


def test_an_agent_counts_own_customers_and_a_manager_those_of_the_area(world: World) -> None:
    for party in ("own", "teammates", "southern"):
        move(world, party, "customer", on=date(2026, 3, 10))
    assert movements(world.principal("agent")) == {"lead": (0, 1), "customer": (1, 0)}
    assert movements(world.principal("manager")) == {"suspect": (0, 1), "lead": (0, 1), "customer": (2, 0)}
    assert movements(world.principal("boss")) == {"suspect": (0, 2), "lead": (0, 1), "customer": (3, 0)}


def test_how_many_stand_in_each_stage_is_told_over_what_one_sees(world: World) -> None:
    def standing(who: str) -> dict[str, int]:
        return {step.code: step.now for step in funnel(world.principal(who), since=FIRST, until=LAST)}

    assert standing("agent") == {"suspect": 1, "lead": 1, "prospect": 0, "customer": 1}
    assert standing("manager") == {"suspect": 3, "lead": 1, "prospect": 0, "customer": 1}
    assert standing("boss") == {"suspect": 5, "lead": 1, "prospect": 0, "customer": 1}


def test_one_company_counts_alone(world: World) -> None:
    boss = world.principal("boss")
    with clock.at(noon(date(2026, 3, 5))):
        spec = RelationshipSpec(company=world.companies["casa"], stage="prospect")
        open_relationship(boss, world.parties["own"], spec)
    move(world, "southern", "customer", on=date(2026, 3, 6))
    assert movements(boss, world.companies["casa"]) == {"prospect": (1, 0)}
    assert movements(boss, world.companies["moda"]) == {"suspect": (0, 1), "customer": (1, 0)}


def test_an_end_leaves_its_stage_and_a_new_beginning_enters_it(world: World) -> None:
    boss = world.principal("boss")
    relationship = world.parties["own"].relationships.get()
    with clock.at(noon(date(2026, 3, 5))):
        end_relationship(boss, relationship, reason="Ha chiuso")
    assert movements(boss) == {"lead": (0, 1)}
    with clock.at(noon(date(2026, 3, 9))):
        reopen_relationship(boss, relationship)
    assert movements(boss) == {"lead": (1, 1)}


def test_neither_the_ended_nor_those_in_the_bin_stand_in_a_stage(world: World) -> None:
    end_relationship(world.principal("boss"), world.parties["southern"].relationships.get(), reason="Ha chiuso")
    delete_party(world.principal("admin"), world.parties["teammates"])
    steps = funnel(world.principal("boss"), since=FIRST, until=LAST)
    assert {step.code: step.now for step in steps} == {"suspect": 3, "lead": 1, "prospect": 0, "customer": 1}
    assert [step.share for step in steps] == [100, 33, 0, 33]
