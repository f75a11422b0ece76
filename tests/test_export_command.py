"""`filo export` writes a list into a file, tells how fast, and ends with the right status."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from filo.config.cli import export
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError
from filo.operational.exports.models import Export
from filo.testing.world import World


@pytest.fixture(autouse=True)
def kept_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    export.add_arguments(parser)
    return export.run(parser.parse_args(words))


def test_it_reports_in_json(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "clienti.csv"
    assert run("parties", "--to", str(path), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["what"], found["rows"], found["bytes"], found["error"]) == (
        "parties", 7, path.stat().st_size, "",
    )  # fmt: skip
    assert len(list(csv.reader(path.open(encoding="utf-8-sig", newline=""), delimiter=";"))) == 8
    assert Export.objects.get().state == "gone"  # no second copy lies here
    assert AuditEntry.objects.get(action="export.done").door == "command"


def test_a_filter_an_order_and_columns(world: World, tmp_path: Path) -> None:
    path = tmp_path / "clienti.csv"
    tree = '{"field": "area", "op": "is", "value": "sud"}'
    assert run("parties", "--to", str(path), "--filter", tree, "--sort=-name", "--columns", "name", "--comma") == 0
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["Nome", "Moda Sud S.p.A.", "Calzature Neri"]


def test_it_acts_with_the_rights_of_a_person(world: World, tmp_path: Path) -> None:
    path = tmp_path / "clienti.json"
    assert run("parties", "--to", str(path), "--as-user", "manager@aurora.example") == 0
    assert len(json.loads(path.read_bytes())["items"]) == 5
    with pytest.raises(DomainError):
        run("parties", "--to", str(path), "--as-user", "agent@aurora.example")
    with pytest.raises(DomainError):
        run("parties", "--to", str(path), "--as-user", "nobody@aurora.example")


def test_wrong_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["parties"], ["parties", "--to", "x.pdf"], ["parties", "--to", "/nowhere/x.csv"], []):
        assert run(*words) == 2, words
    assert "csv, .xlsx" in capsys.readouterr().err


def test_everything_is_not_narrowed_to_what_a_person_sees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--as-user", "agent@aurora.example"], ["--words", "bassi"], ["parties"]):
        assert run("--all", str(tmp_path / "all"), *words) == 2, words
    assert not (tmp_path / "all").exists()
    assert "takes everything out" in capsys.readouterr().err


def test_a_refusal_leaves_no_file(world: World, tmp_path: Path) -> None:
    path = tmp_path / "clienti.csv"
    with pytest.raises(DomainError):
        run("parties", "--to", str(path), "--filter", '{"field": "secret", "value": 1}')
    assert list(tmp_path.iterdir()) == []
