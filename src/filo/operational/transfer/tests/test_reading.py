"""Any text table is read: encodings, delimiters, quotes, broken rows; anything else is refused with a sentence."""

from __future__ import annotations

import contextlib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filo.operational.transfer.reading import Shape, Unreadable, read_rows
from filo.operational.transfer.recognising import recognise
from filo.operational.transfer.tests.files import write


def table(path: Path) -> tuple[Shape, list[list[str]]]:
    shape = recognise(path)
    return shape, [cells for _number, cells in read_rows(path, shape)]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_accents_come_through_in_every_usual_encoding(tmp_path: Path, encoding: str, found: str) -> None:
    text = "nome;città\nNicolò D’Àlò;Forlì\n"
    shape, rows = table(write(tmp_path / "a.csv", text, encoding=encoding))
    assert (shape.encoding, shape.headers) == (found, ("nome", "città"))
    assert rows == [["Nicolò D’Àlò", "Forlì"]]


def test_one_accent_at_the_very_end_of_a_large_file_tells_the_encoding(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "nome;via\n" + "Anna;Roma\n" * 200_000 + "Nicolò;Roma\n", encoding="cp1252")
    assert recognise(path).encoding == "cp1252"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = f"nome{delimiter}nota\n" + f'"Rossi{delimiter} Anna"{delimiter}una; due, tre\n' * 2
    text = text.replace("una; due, tre", '"una; due, tre | e quattro"')
    shape, rows = table(write(tmp_path / "a.csv", text))
    assert shape.delimiter == delimiter
    assert rows[0] == [f"Rossi{delimiter} Anna", "una; due, tre | e quattro"]


def test_a_cell_may_hold_lines_and_doubled_quotes(tmp_path: Path) -> None:
    _shape, rows = table(write(tmp_path / "a.csv", 'nome,nota\r\nAnna,"prima\r\nseconda ""detta"""\r\n'))
    assert rows == [["Anna", 'prima\r\nseconda "detta"']]


def test_quotes_inside_a_name_are_letters(tmp_path: Path) -> None:
    _shape, rows = table(write(tmp_path / "a.csv", 'nome;via\nBiblioteca "Murmura";Via Roma\n'))
    assert rows == [['Biblioteca "Murmura"', "Via Roma"]]


def test_a_file_put_together_of_two_encodings_is_read_in_both(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("nome;città\nNicolò;Forlì\n".encode() + "Nicolò;Cefalù – mare\n".encode("cp1252"))
    shape, rows = table(path)
    assert shape.encoding == "mixed"
    assert rows == [["Nicolò", "Forlì"], ["Nicolò", "Cefalù – mare"]]


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_accents_of_dos_and_macintosh_are_told_by_where_they_stand(tmp_path: Path, encoding: str) -> None:
    text = "nome;città\nNicolò Là;Forlì\nGesù;Cefalù\nPerché;Così è\n"
    assert table(write(tmp_path / "a.csv", text, encoding=encoding))[0].encoding == encoding


def test_titles_above_the_table_are_none_of_its_rows(tmp_path: Path) -> None:
    above = "Elenco clienti\n\nStampato il 12/03/2026;;;\n"
    text = above + "nome;via;cap;città\nAnna;Roma;84121;Salerno\nUgo;Bari;70121;Bari\n"
    path = write(tmp_path / "a.csv", text)
    shape = recognise(path)
    assert shape.headers == ("nome", "via", "cap", "città")
    assert [number for number, _cells in read_rows(path, shape)] == [5, 6]
    assert [number for number, _cells in read_rows(path, shape, after=5)] == [6]


def test_null_bytes_and_lone_carriage_returns_do_no_harm(tmp_path: Path) -> None:
    _shape, rows = table(write(tmp_path / "a.csv", "nome,via\rAn\x00na,Roma\rUgo,Bari\r"))
    assert rows == [["Anna", "Roma"], ["Ugo", "Bari"]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "nome;via\nAnna;Roma\n\n;;\nUgo;Bari\n")
    shape = recognise(path)
    assert [number for number, _cells in read_rows(path, shape)] == [2, 5]
    assert [number for number, _cells in read_rows(path, shape, after=2)] == [5]


def test_short_rows_are_filled_and_long_ones_kept(tmp_path: Path) -> None:
    _shape, rows = table(write(tmp_path / "a.csv", "nome;via;cap\nAnna\nUgo;Bari;70121;oltre\n"))
    assert rows == [["Anna", "", ""], ["Ugo", "Bari", "70121", "oltre"]]


def test_headers_are_told_apart(tmp_path: Path) -> None:
    shape, _rows = table(write(tmp_path / "a.csv", "email;email;;Email \na@b.it;c@d.it;;\n"))
    assert (shape.headers[:2], shape.headers[3]) == (("email", "email (2)"), "Email")
    assert "3" in shape.headers[2]


def test_a_file_without_header_is_known_by_its_first_row(tmp_path: Path) -> None:
    shape, rows = table(write(tmp_path / "a.csv", "Anna;anna@example.it\nUgo;ugo@example.it\n"))
    assert (shape.has_header, len(rows)) == (False, 2)


def test_excels_hint_is_followed(tmp_path: Path) -> None:
    shape, rows = table(write(tmp_path / "a.csv", "sep=;\r\nnome;via, numero\r\nAnna;Roma, 1\r\n"))
    assert (shape.headers, rows) == (("nome", "via, numero"), [["Anna", "Roma, 1"]])


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert table(write(tmp_path / "a.csv", "nome;cognome\n"))[1] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty-file"),
        (bytes(range(256)) * 20, "not-a-table"),
        (b";".join([b"c"] * 1001) + b"\n", "too-many-columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refusal:
        recognise(path)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'nome;via\nAnna;Roma\nUgo;"Bari\n' + "Rosa;Napoli\n" * 2000)
    shape = recognise(path, delimiter=";")
    with pytest.raises(Unreadable) as refusal:
        list(read_rows(path, shape))
    assert refusal.value.code == "open-quotation"
    assert "3" in str(refusal.value)


def test_a_large_file_is_read_row_by_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "nome;via\n" + "Anna Maria;Via Roma 1\n" * 150_000)
    shape = recognise(path)
    tracemalloc.start()
    count = sum(1 for _row in read_rows(path, shape))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 150_000
    assert peak < 1_000_000


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | st.text(alphabet="ab;,\t|\"'\n\r\x00=è", max_size=200).map(str.encode))
def test_no_bytes_whatsoever_break_the_reader(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    with contextlib.suppress(Unreadable):
        shape = recognise(path)
        for _number, cells in read_rows(path, shape):
            assert len(cells) >= len(shape.headers)
