"""Everything taken out as plain files makes the same database again, on either engine."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from filo.config.cli.test import postgresql
from filo.testing.houses import ITS_OWN, House, house

pytestmark = [pytest.mark.slow, pytest.mark.once]
Build = Callable[..., House]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Makes houses on a SQLite file ("") or on a PostgreSQL server."""
    with ExitStack() as stack:
        yield lambda name, server, *, filled=False: stack.enter_context(
            house(tmp_path_factory.mktemp(name), server, filled=filled)
        )


@pytest.fixture(scope="module")
def original(build: Build) -> House:
    return build("original", "", filled=True)


@pytest.fixture(scope="module")
def dump(original: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dumps") / "all"
    told = original.told("export", "--all", str(folder))
    assert (told["folder"], told["files"]) == (str(folder), 1)
    return folder


def manifest(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def content(folder: Path) -> dict[str, object]:
    """What the rows of each model come to, but for what a house writes of itself."""
    models = manifest(folder)["models"]
    assert isinstance(models, dict)
    return {label: one for label, one in models.items() if not label.startswith(ITS_OWN)}


def test_it_is_plain_lines_with_the_fields_named(dump: Path) -> None:
    rows = [json.loads(line) for line in (dump / "data/parties.Party.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 7
    assert {"Lanificio Bassi S.r.l.", "Boutique D'Àlò"} <= {row["display_name"] for row in rows}
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    task = json.loads((dump / "data/activities.Task.jsonl").read_text(encoding="utf-8"))
    assert (task["title"], task["due_on"]) == ("Richiamare, è urgente: “domani” \\N", "2026-12-01")
    mail = json.loads((dump / "data/mail.OutgoingMail.jsonl").read_text(encoding="utf-8"))
    assert mail["text"] == "Ecco\n\tl'offerta \\. €"


def test_its_page_explains_every_model_and_every_field(dump: Path) -> None:
    page = (dump / "README.md").read_text(encoding="utf-8")
    for label in content(dump):
        assert f"### {label}\n" in page
        file = dump / "data" / f"{label}.jsonl"
        line = file.open(encoding="utf-8").readline()
        for name in json.loads(line) if line else ():
            assert f"| `{name}` |" in page.partition(f"### {label}\n")[2].partition("\n### ")[0], (label, name)
    assert "of parties.Party" in page
    assert "Where its" not in page
    assert "secret key" in page


def test_the_files_lie_under_their_hash_and_the_key_does_not(original: House, dump: Path) -> None:
    files = manifest(dump)["files"]
    assert isinstance(files, dict)
    assert set(files) == set(original.files())
    assert {path.name for path in (dump / "files").iterdir()} == {one["sha256"] for one in files.values()}
    assert "secret-key" not in files


def test_it_makes_the_same_database_again(build: Build, original: House, dump: Path, tmp_path: Path) -> None:
    again = build("again", "")
    told = again.told("import", str(dump))
    assert told["muted"] is True
    assert again.content() == original.content()
    assert again.files() == original.files()
    again.filo("export", "--all", str(tmp_path / "again"))
    assert content(tmp_path / "again") == content(dump)
    code = "from filo.foundation.search.queries import matching; print(matching('party', 'lanificio').count())"
    assert again.python(code).strip() == "1"


@pytest.mark.postgres
def test_it_moves_to_postgresql_and_back(build: Build, original: House, dump: Path, tmp_path: Path) -> None:
    server = postgresql()
    if not server:
        pytest.fail("no PostgreSQL") if os.environ.get("CI") == "true" else pytest.skip("no PostgreSQL server answers")
    large = build("large", server)
    large.filo("import", str(dump))
    assert large.content() == original.content()
    assert large.files() == original.files()
    large.filo("export", "--all", str(tmp_path / "there"))
    assert content(tmp_path / "there") == content(dump)
    large.python(  # whoever works on in the new house meets no key that is taken
        "from filo.foundation.access.principal import system\n"
        "from filo.operational.parties.services.arrivals import create_party\n"
        "create_party(system('test'), {'kind': 'person', 'family_name': 'Verdi'}, relationships=[])"
    )
    large.filo("export", "--all", str(tmp_path / "later"))
    small = build("small", "")
    small.filo("import", str(tmp_path / "later"))
    assert small.content() == large.content()
    assert small.content()["parties.Party"][0] == 8


def test_a_line_that_was_changed_is_found_before_anything_is_written(build: Build, dump: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(dump, changed)
    lines = changed / "data/parties.Party.jsonl"
    lines.write_text(lines.read_text(encoding="utf-8").replace("Bassi", "Bassa", 1), encoding="utf-8")
    empty = build("empty", "")
    assert "damaged" in empty.filo("import", str(changed), ends=1)
    (changed / "manifest.json").unlink()
    assert "its manifest is missing" in empty.filo("import", str(changed), ends=1)
    assert not (empty.folder / "filo.sqlite3").exists()


def test_neither_folder_nor_database_is_written_over(original: House, dump: Path) -> None:
    assert "not an empty directory" in original.filo("export", "--all", str(dump), ends=1)
    assert "lives in this database" in original.filo("import", str(dump), ends=1)


def test_that_it_was_taken_out_is_in_the_audit(original: House, dump: Path) -> None:
    code = (
        "from filo.foundation.audit.models import AuditEntry\n"
        "found = AuditEntry.objects.filter(action='copy.take-out')\n"
        "print([(one.actor_name, one.door, one.changes['file'][1]) for one in found])"
    )
    assert f"('command line', 'command', '{dump}')" in original.python(code)
