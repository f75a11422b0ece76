"""The demo is loaded once, in steps: killed in the middle it goes on, and another firm is left alone."""

from __future__ import annotations

import argparse

import pytest

from filo.config.cli import demo as command
from filo.config.commands import main
from filo.config.demo import build
from filo.config.demo.build import load
from filo.config.demo.cast import Size, cast
from filo.foundation.accounts.models import User
from filo.foundation.errors import DomainError
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.organisation.services import found_firm
from filo.operational.interactions.models import Outcome
from filo.operational.parties.models import Party

SMALL = Size(stories=14, known=24)
NAMED = 13  # the Rossis, Maffei, Bascapè, Lombardi and whom one meets there
WRITING = 3  # strangers who wrote this morning


class Killed(Exception):
    """Stands for the end of the process in the middle of a step."""


def test_the_cast_is_the_same_every_time() -> None:
    assert cast(SMALL) == cast(SMALL)


def test_the_cast_of_a_smaller_demo_is_the_beginning_of_the_whole() -> None:
    assert cast(Size()).stories[:14] == cast(SMALL).stories


def test_the_whole_demo_has_some_two_thousand_parties() -> None:
    whole = cast(Size())
    many = sum(len(household.guests) for household in (*whole.stories, *whole.known))
    assert 1900 < many < 2200
    assert len(whole.stories) == 300


@pytest.mark.parametrize("said", [[], ["--few"], ["--empty"], ["--empty", "--few"]])
def test_the_child_that_loads_is_told_how_large_the_company_is(said: list[str]) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    told = parser.parse_args(command.child_arguments(parser.parse_args([*said, "--port", "8123"])))
    assert (told.only_load, told.empty, told.few) == (True, "--empty" in said, "--few" in said)


@pytest.mark.django_db
def test_a_second_start_finds_everything_there() -> None:
    assert load(size=SMALL) == 35
    before = sorted(Party.objects.values_list("pk", "display_name"))
    assert load(size=SMALL) == 0
    assert sorted(Party.objects.values_list("pk", "display_name")) == before


@pytest.mark.django_db
def test_a_loading_that_was_killed_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    tell_story = build.tell_story

    def dies_in_the_thirteenth(*arguments: object) -> None:
        told.append("story")
        if len(told) == 13:
            raise Killed
        tell_story(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "tell_story", dies_in_the_thirteenth)
    with pytest.raises(Killed):
        load(size=SMALL)
    monkeypatch.undo()
    half = Party.objects.count()
    assert load(size=SMALL) == 17  # stories, named ones, and all that comes after
    whole = cast(SMALL)
    expected = [party for household in (*whole.stories, *whole.known) for party in household.guests]
    assert half < Party.objects.count() == len(expected) + NAMED + WRITING
    assert Party.objects.filter(display_name="Mario Rossi").count() == 1


@pytest.mark.django_db
def test_an_empty_demo_has_people_but_no_customers_and_can_be_filled_later() -> None:
    load(empty=True)
    assert (User.objects.count(), Party.objects.count(), SellingCompany.objects.count()) == (12, 0, 2)
    assert Outcome.objects.filter(channel="call").count() == 6
    load(size=Size(stories=2, known=2))
    assert User.objects.count() == 12
    assert Party.objects.filter(display_name="Mario Rossi").exists()


@pytest.mark.django_db
def test_the_demo_leaves_another_firm_alone() -> None:
    found_firm(name="Conti", company="Conti Moda")
    with pytest.raises(DomainError) as refused:
        load(size=SMALL)
    assert refused.value.code == "firm-exists"
    assert (User.objects.count(), Party.objects.count()) == (0, 0)


def test_the_walk_says_what_it_needs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("FILO_CHROMIUM", raising=False)
    assert main(["demo", "mario-rossi"]) == 2
    assert "apt-get install chromium" in capsys.readouterr().err


def test_the_progress_in_a_log_has_a_line_for_each_part(capsys: pytest.CaptureFixture[str]) -> None:
    line = command._Line()
    for says, done in (("stories", 1), ("stories", 2), ("", 3)):
        line(says, done, 3)
    assert [row.strip() for row in capsys.readouterr().err.splitlines()] == [
        "filo: loading the demo company, 1 of 3 (stories)",
        "filo: loading the demo company, 3 of 3 (done)",
    ]
