"""A file is written with the rights of each moment, and once, however often it is begun."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from filo.foundation.access.models import Role
from filo.foundation.accounts.models import User
from filo.foundation.ids import uuid7
from filo.foundation.jobs.models import Job, JobState
from filo.operational.exports import writing
from filo.operational.exports.models import Export, ExportState, folder
from filo.operational.exports.queries import is_named
from filo.operational.exports.services.asking import ask_for_export, cancel_export
from filo.operational.exports.services.running import carry_out, end_abandoned
from filo.operational.exports.storing import sweep_left_behind
from filo.operational.exports.tests.taking import table
from filo.operational.exports.wishes import Wish
from filo.testing.world import World


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHUNK", 2)


def asked(world: World, who: str = "manager") -> Export:
    return ask_for_export(world.principal(who), Wish("parties", "csv", sort="name"), in_background=False)


def test_a_right_that_is_lost_in_the_middle_ends_the_file(world: World) -> None:
    export = asked(world, "boss")

    def lose(_rows: int) -> None:
        role = Role.objects.get(code="management")
        role.grants = {"party": {"export": "none"}}
        role.save()

    ended = carry_out(export, tell=lose)
    assert (ended.state, ended.sha256) == (ExportState.FAILED, "")
    assert not [path for path in folder().rglob("*") if path.is_file()]


def test_who_is_moved_in_the_middle_takes_out_no_row_more_of_what_he_has_left(world: World) -> None:
    wish = Wish("parties", "csv", sort="name", columns=("name",))
    export = ask_for_export(world.principal("manager"), wish, in_background=False)
    moved = False

    def move(_rows: int) -> None:
        nonlocal moved
        if not moved:
            moved = True
            User.objects.filter(pk=world.people["manager"].pk).update(unit=world.units["sud"])

    ended = carry_out(export, tell=move)
    names = [row["Nome"] for row in table(ended.path.read_bytes())]
    assert ended.state == ExportState.DONE
    assert names[:2] == ["Anna Bassi", "Boutique D'Àlò"]
    assert names[2:] == ["Calzature Neri", "Moda Sud S.p.A."]


def test_who_has_left_gets_no_file(world: World) -> None:
    export = asked(world)
    User.objects.filter(pk=world.people["manager"].pk).update(is_active=False)
    assert carry_out(export).state == ExportState.FAILED


def test_an_attempt_after_a_crash_begins_anew_and_leaves_nothing_behind(world: World) -> None:
    export = asked(world)

    def crash(rows: int) -> None:
        if rows > 2:
            raise MemoryError

    with pytest.raises(MemoryError):
        carry_out(export, tell=crash)
    assert not list(folder().glob("coming-*"))
    assert carry_out(export).rows == 5
    assert carry_out(export).rows == 5  # over already: nothing is done again


def test_what_a_killed_process_left_is_swept_after_a_day(world: World) -> None:
    kept = carry_out(asked(world))
    old, new = folder() / f"coming-{uuid7().hex}", folder() / f"coming-{uuid7().hex}"
    unnamed = kept.path.with_name("f" * 64)
    for path in (old, new, unnamed):
        path.write_bytes(b"x")
    for path in (old, unnamed, kept.path):
        os.utime(path, (0, 0))
    assert sweep_left_behind(is_named) == 2
    assert [path.exists() for path in (old, new, unnamed, kept.path)] == [False, True, False, True]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_stopped_leaves_no_row_on_the_disk(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    export = ask_for_export(world.principal("manager"), Wish("parties", form), in_background=False)
    carry_out(export, tell=lambda rows: cancel_export(world.principal("manager"), export) if rows > 4 else None)
    assert Export.objects.get().state == ExportState.CANCELLED
    assert not [path for place in (scratch, folder()) for path in place.rglob("*") if path.is_file()]


def test_who_was_erased_while_it_waited_lends_it_no_rights(world: World) -> None:
    export = asked(world)
    Export.objects.update(created_by=None)
    export.refresh_from_db()
    assert carry_out(export).state == ExportState.FAILED


@pytest.mark.parametrize(
    ("left", "state"), [(JobState.CANCELLED, ExportState.CANCELLED), (JobState.QUARANTINED, ExportState.FAILED)]
)
def test_an_export_whose_job_is_over_does_not_wait_for_ever(world: World, left: JobState, state: ExportState) -> None:
    lost, waiting = (ask_for_export(world.principal("manager"), Wish("parties", "csv")) for _number in range(2))
    Job.objects.filter(pk__in=[lost.job]).update(state=left)
    assert end_abandoned() == 1
    assert [Export.objects.get(pk=one.pk).state for one in (lost, waiting)] == [state, ExportState.WAITING]
