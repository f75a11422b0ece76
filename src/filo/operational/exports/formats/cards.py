"""vCard 3.0: an address book for telephones and mail programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from filo.foundation.exportable import ExportColumn
from filo.operational.exports.formats.base import FileFormat


class CardWriter:
    """One card after the other."""

    def __init__(self, file: BinaryIO, _columns: Sequence[ExportColumn]) -> None:
        self._file = file

    def write(self, chunk: Sequence[Any]) -> None:
        """The cards as they are."""
        self._file.write("".join(chunk).encode())

    def close(self) -> None:
        """Nothing stands at the end."""

    def drop(self) -> None:
        """Nothing lies beside the file."""


VCARD = FileFormat("vcf", "vcf", "text/vcard; charset=utf-8", _("Address book (vCard)"), CardWriter, by="cards")
