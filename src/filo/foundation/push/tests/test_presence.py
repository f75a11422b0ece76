"""Who is here, across processes: said once, asked for by whoever comes, and only of people who are really here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from filo.foundation.access.principal import Principal, system
from filo.foundation.push import topics
from filo.foundation.push.presence import Roster

ANNA, MARCO = UUID(int=1), UUID(int=2)


@dataclass(eq=False)
class Page:
    principal: Principal


def page(name: str, user_id: UUID, viewed_by: str = "") -> Page:
    return Page(Principal(kind="staff", name=name, user_id=user_id, viewed_by=viewed_by))


def told(roster: Roster) -> dict[str, list[list[str]]]:
    """What pages would be told now, by topic."""
    return {message.topic: json.loads(str(message.data["here"])) for message in roster.news()}


def pass_on(*rosters: Roster) -> None:
    """Everybody hears what everybody says, until nobody has more to say."""
    for _round in range(3):
        said = [text for roster in rosters for text in roster.sayings()]
        for roster in rosters:
            for text in said:
                roster.hear(text)


def test_two_processes_tell_each_other_also_who_was_there_before() -> None:
    first, second = Roster(), Roster()
    first.enter(page("Anna", ANNA), {"presence:editing:note:7", "party:7"})
    pass_on(first)
    second.enter(page("Marco", MARCO), {"presence:looking:note:7"})
    pass_on(first, second)
    both = [[str(ANNA), "Anna", "editing"], [str(MARCO), "Marco", "looking"]]
    expected = {"presence:looking:note:7": both, "presence:editing:note:7": both}
    assert told(first) == told(second) == expected


def test_who_stops_looking_is_told_of_no_more() -> None:
    first, second, anna = Roster(), Roster(), page("Anna", ANNA)
    second.enter(page("Marco", MARCO), {"presence:looking:note:7"})
    first.enter(anna, {"presence:looking:note:7"})
    pass_on(first, second)
    told(second)
    first.enter(anna, {"presence:looking:note:8"})
    pass_on(first, second)
    assert told(second)["presence:looking:note:7"] == [[str(MARCO), "Marco", "looking"]]


def test_who_looks_through_anothers_eyes_and_what_is_no_person_is_not_here() -> None:
    roster = Roster()
    roster.enter(page("Anna", ANNA, viewed_by="Admin"), {"presence:looking:note:7"})
    roster.enter(Page(system("jobs")), {"presence:looking:note:7"})
    assert told(roster) == {}
    assert roster.is_settled()


def test_what_makes_no_sense_is_not_heard() -> None:
    roster = Roster()
    for text in ("", "{", "[]", '{"from": 1}', '{"from": "x", "topic": "y", "here": 3}'):
        roster.hear(text)
    assert told(roster) == {}


@pytest.fixture
def notes() -> Iterator[None]:
    topics.register("note", lambda principal, reference: principal.user_id == ANNA and reference == "7")
    yield
    topics._kinds.pop("note")


@pytest.mark.parametrize(
    ("topic", "anna", "marco"),
    [
        ("presence:looking:note:7", True, False),
        ("presence:editing:note:7", True, False),
        ("presence:looking:note:8", False, False),
        ("presence:dreaming:note:7", False, False),
        ("presence:looking:presence:looking:note:7", False, False),
        ("presence:looking", False, False),
    ],
)
def test_only_who_may_hear_of_a_thing_hears_who_is_there(notes: None, topic: str, anna: bool, marco: bool) -> None:
    assert topics.may_listen(page("Anna", ANNA).principal, topic) is anna
    assert topics.may_listen(page("Marco", MARCO).principal, topic) is marco
