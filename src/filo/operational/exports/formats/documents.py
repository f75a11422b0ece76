"""JSON: the shape of the API's lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from filo.foundation.exportable import ExportColumn
from filo.foundation.rest.answers import as_json
from filo.operational.exports.formats.base import FileFormat


class DocumentWriter:
    """{"items": [...]}, a line for each."""

    def __init__(self, file: BinaryIO, _columns: Sequence[ExportColumn]) -> None:
        self._file, self._before = file, b"\n"
        file.write(b'{"items": [')

    def write(self, chunk: Sequence[Any]) -> None:
        """A document for each."""
        for document in chunk:
            self._file.write(self._before + as_json(document))
            self._before = b",\n"

    def close(self) -> None:
        """The brackets."""
        self._file.write(b"\n]}\n")

    def drop(self) -> None:
        """Nothing lies beside the file."""


JSON = FileFormat("json", "json", "application/json", "JSON", DocumentWriter, by="documents")
