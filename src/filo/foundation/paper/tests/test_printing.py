"""A template with data becomes a document that can be read, kept and searched."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from filo.foundation.paper.printing import printed

TRIAL = Path(__file__).parent / "trial.typ"
# A picture of one pixel, red.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def sheet(rows: int) -> dict[str, object]:
    return {
        "language": "it",
        "colour": "#7a2048",
        "seller": {"name": "Aurora Moda S.r.l.", "lines": ["Via Po 1", "10124 Torino TO"], "foot": "P. IVA 0123"},
        "title": "Preventivo n. 7 — perché «così»",
        "words": {"page": "Pagina", "of": "di"},
        "buyer": ["Città & Figli", "Via #1 *Roma*"],
        "columns": [
            {"label": "Cosa", "width": "fill", "right": False},
            {"label": "Netto", "width": "auto", "right": True},
        ],
        "rows": [[f"Camicia {number}", "1.234,50"] for number in range(rows)],
        "sums": [{"label": "Totale", "value": "1.234,50 €", "strong": True}],
    }


def words(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_what_is_written_is_on_the_paper_and_signs_of_the_template_are_only_text() -> None:
    (page,) = words(printed(TRIAL, sheet(3), images={"logo.png": PIXEL}))
    for told in ("Preventivo n. 7 — perché «così»", "Città & Figli", "Via #1 *Roma*", "Camicia 2", "Pagina 1 di 1"):
        assert told in page


def test_a_long_table_goes_on_over_pages_and_says_its_columns_on_each() -> None:
    pages = words(printed(TRIAL, sheet(90)))
    assert len(pages) > 1
    assert all("Netto" in page for page in pages[:-1])
    assert f"Pagina 2 di {len(pages)}" in pages[1]


def test_a_template_that_lacks_something_is_told() -> None:
    with pytest.raises(ValueError, match="seller"):
        printed(TRIAL, {})
