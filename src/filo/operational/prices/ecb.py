"""Rates of exchange as the European Central Bank publishes them: XML and CSV, of a day, of 90 days or of all days,
plain or in a ZIP (eurofxref-daily.xml, eurofxref-hist.xml, eurofxref.csv, eurofxref-hist.csv and their .zip).
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _
from lxml import etree

from filo.foundation.errors import InvalidFields
from filo.foundation.money import CURRENCIES

LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """What one euro bought of a currency on a day."""

    currency: str
    day: date
    rate: Decimal


def read_rates(content: bytes) -> list[Told]:
    """All rates of a file in currencies that we know. Raises `InvalidFields` for what is no file of the ECB's."""
    try:
        plain = _unpacked(content)
        read = _from_xml if plain.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _from_csv
        found = [one for one in read(plain) if one.currency in CURRENCIES and one.rate > 0]
    except (ValueError, ArithmeticError, zipfile.BadZipFile, etree.XMLSyntaxError, csv.Error):
        found = []
    if not found:
        raise InvalidFields({"file": _("This is not a file of rates as the European Central Bank publishes them.")})
    return found


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK\x03\x04"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        inside = next((one for one in packed.infolist() if one.filename.lower().endswith((".csv", ".xml"))), None)
        if inside is None or inside.file_size > LARGEST:
            raise ValueError
        return packed.read(inside)


def _from_xml(content: bytes) -> Iterator[Told]:
    """Without entities and without looking anything up: a file that brings a document type is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError
    for of_day in root.iter("{*}Cube"):
        if (told := of_day.get("time")) is None:
            continue
        day = date.fromisoformat(told)
        for one in of_day.iter("{*}Cube"):
            if one.get("currency") and one.get("rate"):
                yield Told(one.get("currency", ""), day, Decimal(one.get("rate", "")))


def _from_csv(content: bytes) -> Iterator[Told]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), skipinitialspace=True)
    head = [cell.strip() for cell in next(rows, [])]
    if not head or head[0].casefold() != "date":
        raise ValueError
    for row in rows:
        if not row or not row[0].strip():
            continue
        day = _day(row[0].strip())
        for currency, cell in zip(head[1:], row[1:], strict=False):
            try:
                yield Told(currency, day, Decimal(cell.strip()))
            except InvalidOperation:
                continue  # N/A, or the empty cell at the end


def _day(text: str) -> date:
    """2026-11-27, or 27 November 2026 as the file of one day has it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007  (a day has no zone)
