"""What files say: each kind, and what broken, locked and hostile ones do (nothing)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from pypdf import PdfReader, PdfWriter
from pytest_django import Settings

from filo.foundation.files.places import place_of
from filo.foundation.files.services import store_file
from filo.foundation.files.texts import PROBLEMS, FileText, problem_words, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    """Where the files of a test lie."""
    settings.MEDIA_ROOT = tmp_path / "files"


def read(data: bytes, name: str = "file") -> FileText:
    return text_of(store_file(data, name=name))


def pdf(words: str) -> bytes:
    """A page with one line, as small as a PDF can be."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    text, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF"
    return (text + end).encode("latin-1")


def archive(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as found:
        for name, text in parts.items():
            found.writestr(name, text)
    return kept.getvalue()


def docx(body: str, before: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive(**{"word/document.xml": xml})


def test_a_pdf_says_what_its_pages_say() -> None:
    assert read(pdf("Montaggio della libreria Ortisei")) == FileText("Montaggio della libreria Ortisei")


def test_a_document_says_its_paragraphs() -> None:
    first = "<w:p><w:r><w:t>Lavare a 30</w:t></w:r><w:r><w:t> gradi</w:t></w:r></w:p>"
    body = first + "<w:p><w:r><w:t>Stirare</w:t></w:r></w:p>"
    assert read(docx(body)) == FileText("Lavare a 30 gradi\nStirare")


def test_a_sheet_says_its_cells() -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("Taglie")
        sheet.write_row(0, 0, ["Uomo", "Donna"])
        sheet.write_row(1, 0, [48, "S"])
    assert read(kept.getvalue()) == FileText("Taglie\nUomo Donna\n48.0 S")


def test_a_page_says_what_one_reads() -> None:
    page = b"<!doctype html><title>Resi</title><script>alert('no')</script><h1>Resi</h1><p>Entro <b>14</b> giorni"
    assert read(page) == FileText("Resi\nResi\nEntro 14 giorni")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_in_any_encoding(encoding: str) -> None:
    text = "La qualità è garantita: così si può restituire ciò che non va. Perché è più comodo per voi."
    assert read(text.encode(encoding)).text == text


def test_a_picture_says_nothing() -> None:
    assert read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50) == FileText(problem="no-text")
    assert read(pdf("")) == FileText(problem="no-text")
    assert read(archive(hello="world")) == FileText(problem="no-text")
    assert read(b"") == FileText(problem="no-text")


def test_a_locked_pdf_says_that_it_is_locked() -> None:
    kept, writer = io.BytesIO(), PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("segreto"))))
    writer.encrypt("parola", algorithm="RC4-128")
    writer.write(kept)
    assert read(kept.getvalue()) == FileText(problem="locked")


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 no archive", b"%PDF-1.7 nothing", docx("<w:p>")[:90], docx("<w:p><w:open></w:p>")],
    ids=["no archive", "no pdf", "half a letter", "no xml"],
)
def test_a_broken_file_says_that_it_is_broken(data: bytes) -> None:
    assert read(data) == FileText(problem="broken")


def test_a_bomb_says_nothing() -> None:
    assert read(docx(" " * (65 << 20))) == FileText(problem="too-large")
    laughs = (
        '<!DOCTYPE a [<!ENTITY b "'
        + "b" * 1000
        + '">'
        + "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 20}">' for n in range(6))
    )
    found = read(docx("<w:p><w:r><w:t>&h;</w:t></w:r></w:p>", laughs + "]>"))
    assert not found.text
    assert found.problem in ("broken", "too-large")


def test_what_is_gone_says_so() -> None:
    file = store_file(b"gone", name="a.txt")
    place_of(file.sha256).unlink()
    assert text_of(file) == FileText(problem="gone")


def test_every_problem_has_a_sentence() -> None:
    assert all(problem_words(code).endswith(".") for code in PROBLEMS)
