"""The forms of files, a module each: what they are called and how rows are written."""

from __future__ import annotations

from collections.abc import Mapping

from filo.operational.exports.formats.base import FileFormat
from filo.operational.exports.formats.cards import VCARD
from filo.operational.exports.formats.documents import JSON
from filo.operational.exports.formats.sheet import XLSX
from filo.operational.exports.formats.text import CSV, CSV_COMMA

FORMATS: Mapping[str, FileFormat] = {found.code: found for found in (XLSX, CSV, CSV_COMMA, JSON, VCARD)}
__all__ = ["FORMATS", "FileFormat"]
