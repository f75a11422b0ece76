"""A folder that both sides write CSV files into: the plainest line to a back office, which every ERP can do.

Under the folder: `in/` for files of the back office, whose names begin with the subject (`items-2026-11-28.csv`),
taken in the order of their names and then moved to `done/`; a file that cannot be read goes to `rejected/`, with the
reason beside it; `all/` for files that hold everything of a subject, for comparing; `out/` for what Filo gives.
A file is left alone until it has not changed for some seconds; better are files that are renamed when whole
(names ending in .part and .tmp are nobody's yet).
"""

from __future__ import annotations

import csv
import io
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.collaborative.connectors.contract import BackOffice, Batch, NotConnected, Row, Setting
from filo.foundation import clock
from filo.operational.transfer.encodings import encoding_of
from filo.operational.transfer.figures import has_decimal_point

AT_ONCE = 500
QUIET_SECONDS = 3.0
LARGEST = 200 * 1024 * 1024
_UNFINISHED = (".part", ".tmp", ".swp")


class Connector(BackOffice):
    """The folder lies under `exchange/` of Filo's data directory, where the back office's share is mounted."""

    kind = "csv-folder"
    label: ClassVar[str | Promise] = gettext_lazy("Folder of CSV files")
    settings = (
        Setting(
            "folder",
            gettext_lazy("Folder"),
            gettext_lazy("Its name under “exchange” in Filo’s data directory; it is made if it is not there."),
        ),
    )

    def try_out(self) -> str:
        """How many files wait."""
        self._there()
        waiting = len(self._files("in", ""))
        return _("The folder is there; files that wait: %(n)s.") % {"n": waiting}

    def rows(self, subject: str, since: str) -> Iterator[Batch]:
        """The files of a subject, one after the other; a file that cannot be read is put aside and told."""
        self._there()
        for file in self._files("in", subject):
            if file.name.endswith(_UNFINISHED) or time.time() - file.stat().st_mtime < QUIET_SECONDS:
                continue
            as_of = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            try:
                found = list(read_rows(file))
            except (ValueError, csv.Error, UnicodeError) as error:
                self._put_aside(file, str(error))
                continue
            points = points_in(found)
            for start in range(0, len(found), AT_ONCE):
                yield Batch(found[start : start + AT_ONCE], since, as_of, file.name, points)
            self._move(file, "done")

    def put(self, subject: str, rows: Sequence[Row]) -> Mapping[str, str]:
        """One file with these rows, whole as soon as it is there."""
        self._there()
        moment = clock.now().strftime("%Y%m%d-%H%M%S-%f")
        file = self._place("out") / f"{subject}-{moment}.csv"
        half = file.with_suffix(".part")
        names = list(dict.fromkeys(name for row in rows for name in row))
        with half.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.DictWriter(target, names, delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
            target.flush()
            os.fsync(target.fileno())
        half.replace(file)
        return {}

    def figures(self, subject: str) -> list[Row] | None:
        """The newest file in `all/` that holds everything."""
        self._there()
        files = sorted(self._files("all", subject), key=lambda file: file.stat().st_mtime)
        if not files:
            return None
        try:
            return list(read_rows(files[-1]))
        except (ValueError, csv.Error, UnicodeError) as error:
            raise NotConnected(f"{files[-1].name}: {error}") from None

    def _root(self) -> Path:
        base = (Path(settings.DATA_DIR) / "exchange").resolve()
        name = str(self.given.get("folder", ""))
        place = (base / name).resolve()
        if not name or place == base or base not in place.parents:
            raise NotConnected(_("“%(name)s” is not the name of a folder under “exchange”.") % {"name": name})
        return place

    def _place(self, name: str) -> Path:
        return self._root() / name

    def _files(self, where: str, subject: str) -> list[Path]:
        """In the order of their names; programs of Windows may write them large: ITEMS-1.CSV."""
        names = ((file.name.lower(), file) for file in self._place(where).iterdir())
        return [file for name, file in sorted(names) if name.startswith(subject) and name.endswith(".csv")]

    def _there(self) -> None:
        try:
            for name in ("in", "done", "rejected", "all", "out"):
                self._place(name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotConnected(_("The folder cannot be used: %(why)s") % {"why": error.strerror or ""}) from None

    def _move(self, file: Path, where: str) -> None:
        file.replace(self._place(where) / f"{clock.now():%Y%m%d-%H%M%S}-{file.name}")

    def _put_aside(self, file: Path, why: str) -> None:
        name = f"{clock.now():%Y%m%d-%H%M%S}-{file.name}"
        (self._place("rejected") / f"{name}.txt").write_text(f"{why}\n", encoding="utf-8")
        file.replace(self._place("rejected") / name)


def read_rows(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by its header. Raises `ValueError` with a sentence for one that is none."""
    if file.stat().st_size > LARGEST:
        raise ValueError(_("The file is larger than %(n)s MB.") % {"n": LARGEST // 2**20})
    content = file.read_bytes()
    if not content.strip():
        raise ValueError(_("The file is empty."))
    if b"\x00" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError(_("This is not a text file."))
    text = content.decode(_codec(encoding_of(file, content[: 1 << 20])), errors="replace")
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(";,\t|", key=head.count)
    if not head.count(delimiter):
        raise ValueError(_("The first line does not name the columns."))
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, restkey="", restval="")
    for row in reader:
        found = {str(name).strip(): (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        if any(found.values()):
            yield found


def points_in(rows: Sequence[Row]) -> frozenset[str]:
    """The columns whose numbers prove a decimal point; a comma is what is expected of a file from here."""
    names = list(rows[0]) if rows else []
    return frozenset(name for name in names if has_decimal_point(row.get(name, "") for row in rows))


def _codec(name: str) -> str:
    return name if name.startswith(("utf", "cp", "mac")) else "cp1252"
