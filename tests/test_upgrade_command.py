"""`./filo upgrade` keeps what was there, brings the database up to date, does nothing twice, and survives kill -9."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from filo.config.cli.test import postgresql
from filo.testing.houses import House, house

pytestmark = pytest.mark.slow
Build = Callable[[str], House]
# A state of the tables that an older version left: steps that nothing stands on, else Django takes a minute to undo
# them, are to be done again.
OLDER = """
from django.core.management import call_command
call_command("migrate", "copies", "zero", verbosity=0)
call_command("migrate", "telephony", "zero", verbosity=0)
"""
MISSING = "from filo.config.cli.migrate import missing; print(missing())"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Makes houses of an older version, in which people live."""
    server = postgresql() if os.environ.get("DATABASE_URL", "").startswith("postgres") else ""

    def made(name: str) -> House:
        found = stack.enter_context(house(tmp_path_factory.mktemp(name), server, filled=True))
        found.python(OLDER)
        assert missing(found) >= 2
        return found

    def older(name: str) -> House:
        if server:
            return made(name)
        if not models:
            models.append(made("model"))
        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(models[0].folder, folder, dirs_exist_ok=True)
        return House(folder)

    models: list[House] = []

    with ExitStack() as stack:
        yield older


def customers(found: House) -> str:
    """How many there are and what they come to."""
    return found.python(
        "from filo.config.dump.tables import sum_of\n"
        "from filo.operational.parties.models import Party\n"
        "print(sum_of(Party))"
    )


def missing(found: House) -> int:
    """How many steps its tables are behind."""
    return int(found.python(MISSING))


def kept(found: House) -> list[Path]:
    return sorted((found.folder / "backups").glob("*.tar.gz"))


def test_it_keeps_changes_looks_and_tells_the_way_back(build: Build) -> None:
    old = build("old")
    before, steps = customers(old), missing(old)
    said = old.filo("upgrade")
    assert f": {steps} steps in " in said
    (backup,) = kept(old)
    assert f"git checkout the version before && ./filo restore --replace {backup}" in said
    assert missing(old) == 0
    assert customers(old) == before
    code = "from filo.foundation.copies.queries import last_backup; print(last_backup().file)"
    assert old.python(code).strip() == backup.name
    assert "nothing had to be done" in old.filo("upgrade")
    assert kept(old) == [backup]
    old.filo("restore", "--replace", str(backup))
    assert customers(old) == before


def test_killed_at_any_moment_it_goes_on_with_the_same_way_back(build: Build) -> None:
    old = build("killed")
    before = customers(old)
    note = old.folder / "backups" / "upgrading.json"
    process = old.start("upgrade")
    until(lambda: note.exists())
    process.kill()
    process.communicate()
    killed_with = kept(old)
    assert len(killed_with) == 1
    told = old.told("upgrade")
    assert (told["backup"], told["problems"]) == (str(killed_with[0]), {})
    assert (kept(old), note.exists()) == (killed_with, False)
    assert missing(old) == 0
    assert customers(old) == before
    assert old.told("upgrade")["steps"] == 0


def test_killed_while_it_keeps_it_begins_again_and_leaves_nothing_behind(build: Build) -> None:
    old = build("halfway")
    process = old.start("upgrade")
    # On a quick machine it may be over before it is seen: then it was not killed, and all the rest holds too.
    until(lambda: any((old.folder / "backups").glob(".*")) or process.poll() is not None)
    process.kill()
    process.communicate()
    old.filo("upgrade")
    # Killed after the first was whole and before that was noted, it keeps a second.
    assert len(kept(old)) in (1, 2)
    assert not list((old.folder / "backups").glob(".*"))
    assert missing(old) == 0


def test_only_the_last_ways_back_stay(build: Build) -> None:
    old = build("many")
    (old.folder / "backups").mkdir()
    for day in ("20260101", "20260102", "20260103"):
        (old.folder / "backups" / f"{day}-030000-before-0.0.1.tar.gz").write_bytes(b"x")
    for name in ("by-hand-1.tar.gz", "by-hand-2.tar.gz"):
        (old.folder / "backups" / name).write_bytes(b"x")
    old.filo("upgrade", "--keep", "2")
    first, second, *others = kept(old)
    assert first.name == "20260103-030000-before-0.0.1.tar.gz"
    assert second.stat().st_size > 1
    assert [one.name for one in others] == ["by-hand-1.tar.gz", "by-hand-2.tar.gz"]


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; it comes to be long before a minute is over."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.002)
