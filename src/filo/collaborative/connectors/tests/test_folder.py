"""Files that a back office puts into a folder come in once, whole and accounted for."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from filo.collaborative.connectors.contract import NotConnected
from filo.collaborative.connectors.kinds.csv_folder.connector import Connector
from filo.collaborative.connectors.models import Connection, RejectedRow
from filo.collaborative.connectors.queries import line_to, reconciled
from filo.collaborative.connectors.services.syncing import sync
from filo.collaborative.connectors.tests.conftest import HOUSE, exchange_of
from filo.operational.catalogue.models import Stock


def put(folder: Path, name: str, content: str | bytes, *, seconds_ago: float = 60) -> Path:
    """A file as it lies there since a while."""
    place = folder / "exchange" / "gestionale" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    moment = place.stat().st_mtime - seconds_ago
    os.utime(place, (moment, moment))
    return place


def on_hand() -> dict[str, Decimal]:
    return {
        f"{row.variant.sku}/{row.place.code}": row.on_hand for row in Stock.objects.select_related("variant", "place")
    }


def look(connection: Connection) -> tuple[int, ...]:
    run = sync(HOUSE, exchange_of(connection, "stock"))
    assert run is not None
    return (run.rows_in, run.created, run.updated, run.unchanged, run.rejected)


def test_counts_in_italian_writing_come_in_and_the_file_moves_away(over_folder: Connection, tmp_path: Path) -> None:
    head = "Codice;Descrizione;Magazzino;Giacenza\n"
    rows = "cam-m;Camicia città M;centrale;1.250,5\nCAM-L;Camicia L;negozio;7\nNON-C'È;?;centrale;1\n;;;5\n"
    file = put(tmp_path, "in/stock-2026-11-28.csv", (head + rows).encode("cp1252"))
    assert look(over_folder) == (4, 2, 0, 0, 2)
    assert on_hand() == {"CAM-M/centrale": Decimal("1250.500"), "CAM-L/negozio": Decimal(7)}
    assert not file.exists()
    assert [one.name.split("-", 2)[2] for one in (tmp_path / "exchange/gestionale/done").iterdir()] == [file.name]
    told = {row.key: row.because for row in RejectedRow.objects.filter(ended_at=None)}
    assert told["non-c'è / centrale"] == "Nessun prodotto ha il codice NON-C'È."
    assert len(told) == 2


def test_the_same_file_again_changes_nothing_and_what_was_mended_is_no_longer_refused(
    over_folder: Connection, tmp_path: Path
) -> None:
    put(tmp_path, "in/stock-1.csv", "sku;quantity\nCAM-M;5\nCAM-L;molti\n")
    assert look(over_folder) == (2, 1, 0, 0, 1)
    put(tmp_path, "in/stock-2.csv", "sku;quantity\nCAM-M;5\nCAM-L;3\n")
    assert look(over_folder) == (2, 1, 0, 1, 0)
    assert on_hand() == {"CAM-M/centrale": Decimal(5), "CAM-L/centrale": Decimal(3)}


def test_files_of_windows_and_headings_of_lists_are_known(over_folder: Connection, tmp_path: Path) -> None:
    put(tmp_path, "in/STOCK-1.CSV", "COD_ART;Q.tà in giacenza;Deposito\nCAM-M;5,0;centrale\n")
    assert look(over_folder) == (1, 1, 0, 0, 0)
    assert on_hand() == {"CAM-M/centrale": Decimal(5)}


def test_a_file_that_is_still_written_is_left_alone(over_folder: Connection, tmp_path: Path) -> None:
    put(tmp_path, "in/stock-new.csv", "sku;quantity\nCAM-M;5\n", seconds_ago=0)
    put(tmp_path, "in/stock-half.csv.part", "sku;quantity\nCAM-M;9\n")
    assert look(over_folder) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02" * 900, b"nothing that has columns"], ids=["empty", "binary", "prose"]
)
def test_what_is_no_table_is_put_aside_with_the_reason(over_folder: Connection, tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "in/stock-broken.csv", content)
    put(tmp_path, "in/stock-good.csv", "sku;quantity\nCAM-M;5\n")
    assert look(over_folder) == (1, 1, 0, 0, 0)
    aside = sorted(one.suffix for one in (tmp_path / "exchange/gestionale/rejected").iterdir())
    assert aside == [".csv", ".txt"]


@pytest.mark.parametrize("folder", ["", "..", "../files", "/etc"])
def test_a_folder_outside_of_the_exchange_is_refused(over_folder: Connection, folder: str, settings: Settings) -> None:
    over_folder.given = {"folder": folder}
    with pytest.raises(NotConnected):
        line_to(over_folder).try_out()


def test_both_sides_are_compared_by_counts_sums_and_rows(over_folder: Connection, tmp_path: Path) -> None:
    put(tmp_path, "in/stock-1.csv", "sku;quantity\nCAM-M;5\nCAM-L;3\n")
    look(over_folder)
    put(tmp_path, "all/stock.csv", "sku;quantity\nCAM-M;5\nCAM-L;4\nCAM-S;1\n")
    told = reconciled(HOUSE, exchange_of(over_folder, "stock"))
    assert told is not None
    assert (told.ours.count, told.theirs.count) == (2, 3)
    assert (told.ours.sums["quantity"], told.theirs.sums["quantity"]) == (Decimal(8), Decimal(10))
    assert [(one.key, one.only, dict(one.fields)) for one in told.differing] == [
        ("cam-l / centrale", "", {"quantity": ("3", "4")}),
        ("cam-s / centrale", "theirs", {"quantity": ("", "1"), "sku": ("", "CAM-S")}),
    ]


def test_a_full_disk_ends_the_look_and_is_told(over_folder: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Connector, "put", put)
    exchange = exchange_of(over_folder, "items")
    exchange.owners = {"name": "ours"}
    exchange.save()
    run = sync(HOUSE, exchange)
    assert run is not None
    assert (run.state, run.because) == ("failed", "No space left on device")
    over_folder.refresh_from_db()
    exchange.refresh_from_db()
    assert (over_folder.failures, exchange.busy_until) == (1, None)
