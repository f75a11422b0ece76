"""Files: each content once, under its hash, and nothing that a name or a type says can do harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from filo.foundation.files.answering import answer_file
from filo.foundation.files.errors import FileGone, FileTooLarge
from filo.foundation.files.naming import LONGEST_NAME, clean_media_type, clean_name
from filo.foundation.files.queries import path_of, read_file
from filo.foundation.files.services import LARGEST, forget_files, store_file

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """Where the files of a test lie."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def contents(files: Path) -> list[Path]:
    return sorted(path for path in files.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_two_files_of_one_content_share_its_bytes(files: Path) -> None:
    first = store_file(b"ciao", name="a.txt", media_type="text/plain; charset=utf-8")
    second = store_file(b"ciao", name="b.pdf", media_type="application/pdf")
    assert (first.name, first.media_type, second.name, second.media_type) == (
        "a.txt",
        "text/plain",
        "b.pdf",
        "application/pdf",
    )
    [content] = contents(files)
    assert content.name == first.sha256 == second.sha256
    assert content.stat().st_mode & 0o777 == 0o600
    assert read_file(first) == read_file(second) == b"ciao"


@pytest.mark.django_db
def test_bytes_that_are_gone_or_changed_are_no_file() -> None:
    file = store_file(b"ciao", name="a.txt")
    path_of(file).write_bytes(b"altro")
    with pytest.raises(FileGone):
        read_file(file)
    path_of(file).unlink()
    with pytest.raises(FileGone):
        read_file(file)
    with pytest.raises(FileGone):
        answer_file(file)


@pytest.mark.django_db
def test_more_than_fifty_megabytes_are_refused(files: Path) -> None:
    with pytest.raises(FileTooLarge):
        store_file(bytes(LARGEST + 1), name="a.bin")
    assert contents(files) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "media_type", "shown"),
    [
        (PNG, "image/png", True),
        (b"<script>alert(1)</script>", "image/png", False),
        (b"<svg onload=alert(1)>", "image/svg+xml", False),
        (b"<script>alert(1)</script>", "text/html", False),
        (PNG, "image/jpeg", False),
    ],
)
def test_only_pictures_are_shown_and_nothing_can_do_anything(data: bytes, media_type: str, shown: bool) -> None:
    answer = answer_file(store_file(data, name="x\r\nSet-Cookie: a=b.png", media_type=media_type), inline=True)
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer["Content-Type"] == (media_type if shown else "application/octet-stream")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer_file(store_file(PNG, name="a.png", media_type="image/png"))["Content-Disposition"].startswith(
        "attach"
    )


@given(
    st.text(max_size=5000)
    | st.sampled_from(["../../a", "a\u200b.htaccess", "\u202egpj.exe", "a\x00b", "...", "C:\\x.pdf"])
)
def test_no_name_leads_anywhere(name: str) -> None:
    found = clean_name(name)
    assert found.strip(". ") == found != ""
    assert len(found) <= LONGEST_NAME
    assert not set(found) & set('/\\\x00\r\n\u200b\u202e<>:|?*"')


@pytest.mark.parametrize("said", ["text/html\r\nX: y", "", "text", "a/b/c", "Text/HTML ; charset=x", "x" * 200 + "/y"])
def test_no_type_breaks_a_head(said: str) -> None:
    assert clean_media_type(said) in ("application/octet-stream", "text/html")


@pytest.mark.django_db(transaction=True)
def test_what_is_forgotten_goes_when_nobody_else_has_it(files: Path) -> None:
    first, second = store_file(b"ciao", name="a"), store_file(b"ciao", name="b")
    os.utime(path_of(first), (0, 0))
    forget_files([first])
    assert read_file(second) == b"ciao"
    with transaction.atomic():
        forget_files([second])
        assert len(contents(files)) == 1
    assert contents(files) == []
