"""`filo import` tells what became of every row and ends with the right status."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from filo.config.cli import import_
from filo.foundation.errors import DomainError
from filo.operational.parties.models import Party
from filo.operational.parties.services.editing import edit_party
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.reading import Unreadable
from filo.operational.transfer.tests.files import IMPORTER, LIBRARIES, by_code, write
from filo.testing.world import World


@pytest.fixture(autouse=True)
def kept_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)
    return import_.run(parser.parse_args(words))


def report(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_it_reports_in_json(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "biblioteche.csv", LIBRARIES)
    assert run(str(path), "--as", "organisations", "--json") == 0
    found = report(capsys)
    assert list(found)[:7] == ["created", "updated", "unchanged", "rejected", "duplicates", "seconds", "batch"]
    assert found["matched"] == {
        "codice-isil": "identity", "denominazione": "legal_name", "indirizzo": "street", "cap": "postal_code",
        "comune": "city", "provincia": "province", "latitudine": "latitude", "longitudine": "longitude",
        "telefono": "phone", "fax": "fax", "email": "email", "url": "web",
    }  # fmt: skip
    assert (found["from"], found["kept_in_rows"]) == ("", [])
    assert (found["created"], found["batch"]) == (3, str(ImportBatch.objects.get().id))


def test_a_dry_run_changes_nothing(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "biblioteche.csv", LIBRARIES)
    before = Party.objects.count()
    assert run(str(path), "--dry-run", "--json") == 0
    found = report(capsys)
    assert (found["created"], found["batch"]) == (3, None)
    assert (Party.objects.count(), ImportBatch.objects.count()) == (before, 0)


def test_it_acts_with_the_rights_of_a_person(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "biblioteche.csv", LIBRARIES)
    assert run(str(path), "--as-user", "manager@aurora.example") == 0
    assert ImportBatch.objects.get().created_by == world.people["manager"]
    with pytest.raises(DomainError):
        run(str(path), "--as-user", "agent@aurora.example")
    with pytest.raises(DomainError):
        run(str(path), "--as-user", "nobody@aurora.example")


def test_rejected_rows_are_told(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(write(tmp_path / "a.csv", "denominazione;comune\n;Salerno\nBar;Bari\n"))) == 0
    said = capsys.readouterr().out
    assert "rejected   1" in said
    assert "row 2" in said


def test_a_missing_or_unreadable_file_is_refused(world: World, tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.csv")) == 2
    path = tmp_path / "a.csv"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(Unreadable):
        run(str(path))


def test_an_import_is_taken_back_and_brought_again(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(write(tmp_path / "biblioteche.csv", LIBRARIES)), "--as", "organisations", "--json") == 0
    batch, party = ImportBatch.objects.get(), by_code("IT-XX0002")
    edit_party(IMPORTER, party, {"sector": "cultura"}, version=None)
    capsys.readouterr()
    assert run("--undo", str(batch.id), "--json") == 0
    found = report(capsys)
    assert list(found)[:7] == ["created", "updated", "unchanged", "rejected", "duplicates", "seconds", "batch"]
    assert [found[name] for name in import_.COUNTS] == [2, 0, 1, 0, 0]
    assert (found["batch"], found["state"]) == (str(batch.id), "undone")
    assert run("--again", str(batch.id), "--json") == 0
    assert report(capsys)["state"] == "done"
    assert run("--json") == import_.WRONG_USE


def test_a_directory_is_not_tried_or_brought_in_for_somebody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--dry-run"], ["--as-user", "agent@aurora.example"]):
        assert run(str(tmp_path), *words) == import_.WRONG_USE, words
    assert "as a whole or not" in capsys.readouterr().err
