"""`./filo doctor --repair` mends what an earlier version left, says how much, and changes nothing the second time."""

from __future__ import annotations

import json
from argparse import Namespace

import pytest

from filo.config.cli import doctor
from filo.operational.invoices.tests.office import office_of
from filo.operational.payments.models import Due
from filo.operational.payments.tests.test_what_was_left_behind import owed_though_credited
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_it_mends_and_says_how_much(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    owed_though_credited(office_of(world))
    for mended in (1, 0):
        doctor.run(Namespace(json=True, language="en", repair=True))
        told = json.loads(capsys.readouterr().out)
        assert told["repaired"] == {"dues": mended}
        (check,) = [one for one in told["checks"] if one["check"] == "dues"]
        assert check["level"] == "good"
    assert Due.objects.get().left == 0


def test_without_being_told_to_it_changes_nothing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    owed_though_credited(office_of(world))
    doctor.run(Namespace(json=True, language="en", repair=False))
    told = json.loads(capsys.readouterr().out)
    (check,) = [one for one in told["checks"] if one["check"] == "dues"]
    assert (check["level"], "repaired" in told, Due.objects.get().left > 0) == ("warn", False, True)
