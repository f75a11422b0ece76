"""Files are kept under their hash, whatever they are called; what was refused leaves nothing behind."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filo.operational.transfer.reading import Unreadable, read_rows
from filo.operational.transfer.recognising import recognise
from filo.operational.transfer.storing import keep, shown_name
from filo.operational.transfer.tests.files import LIBRARIES, prepared
from filo.operational.transfer.writing import csv_lines, defused
from filo.testing.world import World


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_stored_name_is_the_hash(world: World, kept_files: Path) -> None:
    batch = prepared(LIBRARIES, name="../../.htaccess\u200b.csv")
    assert batch.file_name == ".htaccess.csv"
    assert files_in(kept_files) == [batch.path]
    assert batch.path.name == batch.sha256
    assert batch.path.stat().st_mode & 0o077 == 0


def test_a_refused_file_is_not_kept(world: World, kept_files: Path) -> None:
    with pytest.raises(Unreadable):
        prepared(b"%PDF-1.4")
    assert files_in(kept_files) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_no_name_leads_anywhere(kept_files: Path, name: str) -> None:
    shown = shown_name(name)
    assert shown
    assert len(shown) <= 200
    assert "/" not in shown
    kept = keep([name.encode("utf-8", "replace")])
    assert kept.path.resolve().is_relative_to(kept_files.resolve())


@pytest.mark.parametrize("cell", ["=1+1", "+39 089 123456", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1"])
def test_formulas_are_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(alphabet="a1=+-@'\"; \t\u200bè", min_size=1, max_size=12).filter(str.strip), min_size=2, max_size=2
    )
)
def test_what_was_defused_is_read_back_as_it_was(tmp_path: Path, cells: list[str]) -> None:
    path = tmp_path / "back.csv"
    path.write_text("".join(csv_lines(["nome", "nota"], [cells])), encoding="utf-8", newline="")
    shape = recognise(path, delimiter=";", has_header=True)
    [(_number, found)] = read_rows(path, shape)
    assert [cell.strip() for cell in found] == [cell.strip() for cell in cells]
    plain = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))[1]
    assert not any(cell.strip(" \u200b")[:1] in tuple("=+-@\t\r") for cell in plain)
