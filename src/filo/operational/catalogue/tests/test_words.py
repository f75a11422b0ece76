"""Colours and materials are read in the reader's language; what is no usual word stays as it was written."""

from __future__ import annotations

import pytest
from django.utils import translation

from filo.operational.catalogue.queries.words import value_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("en", "azzurro", "light blue"),
        ("en", "Lana merino", "merino wool"),
        ("en", "42", "42"),
        ("it", "azzurro", "azzurro"),
        ("it", "light blue", "azzurro"),
    ],
)
def test_a_value_is_read_in_the_readers_language(language: str, written: str, read: str) -> None:
    with translation.override(language):
        assert value_words(written) == read
