"""A backup holds everything, is found damaged by a single bit, and comes back whole or not at all, and muted."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import shutil
import socket
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from pytest_django.fixtures import Settings

from filo.config.cli.test import postgresql
from filo.config.copies.archive import Archive, Writer, checked
from filo.config.copies.files import put_file, with_a_place_here
from filo.config.copies.manifest import File
from filo.config.copies.progress import in_silence
from filo.config.copies.refusals import BrokenBackup, NoBackup
from filo.config.processes import until
from filo.testing.houses import KEY, House, house

pytestmark = pytest.mark.slow
Build = Callable[..., House]


def server() -> str:
    """Where this run has its databases: PostgreSQL when the suite runs on it, else none."""
    return postgresql() if os.environ.get("DATABASE_URL", "").startswith("postgres") else ""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Makes houses, empty ones or lived in, all gone at the end."""
    with ExitStack() as stack:
        yield lambda name, *, filled=False: stack.enter_context(
            house(tmp_path_factory.mktemp(name), server(), filled=filled)
        )


@pytest.fixture(scope="module")
def original(build: Build) -> House:
    """The house in which people live."""
    return build("original", filled=True)


@pytest.fixture(scope="module")
def backup(original: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("backups") / "filo.tar.gz"
    told = original.told("backup", str(file))
    assert (told["file"], told["files"], told["bytes"]) == (str(file), 1 + bool(not server()), file.stat().st_size)
    assert file.stat().st_mode & 0o777 == 0o600
    return file


@pytest.fixture(scope="module")
def restored(build: Build, backup: Path) -> House:
    """A house into which it was brought back."""
    found = build("restored")
    told = found.told("restore", str(backup))
    assert (told["muted"], told["before"], told["steps"], told["warnings"]) == (True, None, 0, [])
    return found


# --- the file ---------------------------------------------------------------------------------------------------


def small(path: Path) -> Archive:
    """A backup of two parts."""
    with path.open("wb") as target:
        writer = Writer(target)
        writer.add("tables/a/000000", b"1\tBassi\n" * 40)
        writer.add_file("files/b", io.BytesIO(b"\0\1\2" * 700), 2100)
        writer.close(b'{"form": 1}')
    return checked(path, in_silence)


def test_any_tool_opens_it(tmp_path: Path) -> None:
    small(tmp_path / "a.tar.gz")
    with tarfile.open(tmp_path / "a.tar.gz") as tar:
        assert tar.getnames() == ["tables/a/000000", "files/b", "manifest.json"]
        part = tar.extractfile("files/b")
        assert part is not None
        assert part.read() == b"\0\1\2" * 700
    assert gzip.decompress((tmp_path / "a.tar.gz").read_bytes())


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = small(tmp_path / "a.tar.gz")
    assert found.manifest() == b'{"form": 1}'
    assert [(name, size, part.read()[:3]) for name, size, part in found.parts()] == [
        ("tables/a/000000", 320, b"1\tB"),
        ("files/b", 2100, b"\0\1\2"),
    ]


def test_a_single_bit_anywhere_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    small(path)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        with pytest.raises((BrokenBackup, NoBackup)):
            checked(path, in_silence)


def test_half_a_backup_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    small(path)
    whole = path.read_bytes()
    for length in (0, 1, 200, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises((BrokenBackup, NoBackup)):
            checked(path, in_silence)


# --- the commands -----------------------------------------------------------------------------------------------


def test_every_row_and_every_file_comes_back(original: House, restored: House) -> None:
    before, after = original.content(), restored.content()
    assert {label for label in before if before[label] != after[label]} == set()
    assert before["parties.Party"][0] == 7
    assert restored.files() == original.files()
    if not server():
        assert (restored.folder / "secret-key").read_bytes() == (original.folder / "secret-key").read_bytes()


def test_whoever_is_found_is_found_in_the_copy(restored: House) -> None:
    code = "from filo.foundation.search.queries import matching; print(matching('party', 'lanificio').count())"
    assert restored.python(code).strip() == "1"


def test_the_copy_is_muted_and_says_so(restored: House) -> None:
    process = restored.start("doctor", "--json", "--language", "en")
    checks = {one["check"]: one for one in json.loads(process.communicate()[0])["checks"]}
    assert checks["copy"]["level"] == "warn"
    assert checks["copy"]["sentence"].startswith("This is a muted copy of ")
    assert restored.python("from filo.foundation.copies.queries import is_muted; print(is_muted())") == "True\n"


def test_the_original_knows_that_it_was_made(original: House, backup: Path) -> None:
    code = "from filo.foundation.copies.queries import last_backup; print(last_backup().file, last_backup().size)"
    assert original.python(code).split() == [backup.name, str(backup.stat().st_size)]


def test_a_house_in_which_somebody_lives_is_not_written_over(original: House, backup: Path) -> None:
    before = original.content()
    assert "--replace" in original.filo("restore", str(backup), ends=1)
    assert original.content() == before


def test_with_replace_what_was_there_is_kept_first(build: Build, backup: Path, original: House) -> None:
    other = build("other")
    other.filo("migrate")
    people = ["user", "add", "ada@aurora.example", "--role", "administrator", "--firm", "Altra"]
    other.filo(*people)
    (other.folder / "outbox").mkdir(exist_ok=True)
    (other.folder / "outbox" / "old.eml").write_bytes(b"old")
    told = other.told("restore", str(backup), "--replace")
    assert other.content()["parties.Party"] == original.content()["parties.Party"]
    assert not (other.folder / "outbox" / "old.eml").exists()
    kept = Path(str(told["before"]))
    assert kept.parent == other.folder / "backups"
    other.filo("restore", str(kept), "--replace")
    assert "ada@aurora.example" in other.filo("user", "list")
    assert (other.folder / "outbox" / "old.eml").read_bytes() == b"old"


@pytest.mark.once
@pytest.mark.parametrize("embedded", [True, False])
def test_where_the_environment_says_the_key_it_stays_and_that_is_told(
    backup: Path, original: House, tmp_path: Path, *, embedded: bool
) -> None:
    settings = {"FILO_SECRET_KEY": KEY}
    other = House(tmp_path, "" if embedded else f"sqlite:///{tmp_path}/firm.sqlite3", settings)
    told = other.told("restore", str(backup))
    assert [str(one)[:26] for one in told["warnings"]] == ["The secret key here is ano"]  # type: ignore[attr-defined]
    assert (told["muted"], (tmp_path / "secret-key").exists()) == (True, embedded)
    assert other.content() == original.content()


def test_a_damaged_backup_changes_nothing(build: Build, backup: Path, tmp_path: Path) -> None:
    damaged, whole = tmp_path / "damaged.tar.gz", backup.read_bytes()
    empty = build("empty")
    chosen = random.Random(4)
    for place in [chosen.randrange(len(whole)) for _time in range(3)]:
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert "damaged" in empty.filo("restore", str(damaged), ends=1)
    damaged.write_bytes(whole[: len(whole) // 2])
    assert "no backup of Filo" in empty.filo("restore", str(damaged), ends=1)
    assert not (empty.folder / "filo.sqlite3").exists()
    assert empty.filo("restore", str(tmp_path / "none"), ends=2)


def test_nothing_is_written_under_a_house_that_runs(build: Build, backup: Path) -> None:
    running = build("running", filled=True)
    me = f"{socket.gethostname()[:120]!r}, {os.getpid()}"
    running.python(
        "from filo.foundation.health.services import Process, beat\n"
        f"beat(Process({me}, 'all', '1'), memory=1, sockets=0, loops=[])"
    )
    assert f"process {os.getpid()}" in running.filo("restore", str(backup), ends=1)


def test_what_is_written_meanwhile_is_wholly_in_it_or_not_at_all(build: Build, tmp_path: Path) -> None:
    """While tasks are added in pairs, each pair in one transaction, a backup holds whole pairs only."""
    busy, target = build("busy", filled=True), build("target")
    over = busy.folder / "over"
    writer = threading.Thread(target=lambda: busy.python(WRITER.replace("OVER", str(over))))
    writer.start()
    assert until(lambda: int(str(busy.content()["activities.Task"][0])) > 1, seconds=60)
    busy.filo("backup", str(tmp_path / "a.tar.gz"))
    over.touch()
    writer.join()
    target.filo("restore", str(tmp_path / "a.tar.gz"))
    added = int(str(target.content()["activities.Task"][0])) - 1
    assert added > 0
    assert added % 2 == 0
    assert added < int(str(busy.content()["activities.Task"][0])) - 1


WRITER = """
from datetime import date
from pathlib import Path
from django.db import transaction
from filo.foundation.accounts.queries import person_by_email, principal_of
from filo.operational.activities.services import add_task
agent = principal_of(person_by_email("agent@aurora.example"))
while not Path("OVER").exists():
    with transaction.atomic():
        for half in ("left", "right"):
            add_task(agent, title=half, due_on=date(2026, 12, 1))
"""


def test_a_file_of_another_name_is_never_put_elsewhere(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    for name in ("../x", "/etc/x", "files/../../x", "filo.sqlite3", "metrics/x", "a\0b", ".x", ""):
        with pytest.raises(BrokenBackup):
            put_file(name, io.BytesIO(b""), File(0, ""))
        with pytest.raises(BrokenBackup):
            with_a_place_here({"files/good": File(0, ""), name: File(0, "")})
    assert list(tmp_path.iterdir()) == []


def test_it_goes_through_a_pipe(original: House, tmp_path: Path) -> None:
    file = tmp_path / "piped.tar.gz"
    with file.open("wb") as target:
        process = original.start("backup", "-")
        assert process.stdout is not None
        shutil.copyfileobj(process.stdout.buffer, target)
        assert process.wait() == 0
    assert json.loads(checked(file, in_silence).manifest())["version"]


@pytest.mark.postgres
@pytest.mark.once
def test_a_backup_of_another_engine_points_to_the_way_that_works(original: House, backup: Path, tmp_path: Path) -> None:
    address = postgresql()
    if not address:
        pytest.skip("no PostgreSQL server answers")
    with house(tmp_path / "other", address) as other:
        assert "export --all" in other.filo("restore", str(backup), ends=1)
        with psycopg.connect(other.url) as line:
            assert line.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
