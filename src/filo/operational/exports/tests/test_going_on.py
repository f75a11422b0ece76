"""A file is written with the rights of each moment, and once, however often it is begun."""

from __future__ import annotations

import pytest

from filo.foundation.access.models import Role
from filo.foundation.accounts.models import User
from filo.foundation.ids import uuid7
from filo.operational.exports import writing
from filo.operational.exports.models import Export, ExportState, folder
from filo.operational.exports.services.asking import ask_for_export
from filo.operational.exports.services.running import carry_out
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
    import os

    folder().mkdir(parents=True)
    old, new = folder() / f"coming-{uuid7().hex}", folder() / f"coming-{uuid7().hex}"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    assert sweep_left_behind() == 1
    assert (old.exists(), new.exists()) == (False, True)
