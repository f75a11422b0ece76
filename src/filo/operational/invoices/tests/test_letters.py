"""Names keep their letters where the format has them, and get their usual spelling where it has not."""

from __future__ import annotations

import pytest

from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.letters import basic, latin, pieces, whole


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Città di Castello — “così”", 'Città di Castello - "così"'),
        ("Łódź", "Lódz"),
        ("Škoda Plzeň", "Skoda Plzen"),
        ("prezzo 3 €", "prezzo 3 EUR"),
        ("Αθήνα", "Athina"),
        ("София", "Sofiya"),
        ("Müller & Söhne", "Müller & Söhne"),
        ("una\nriga\te  un'altra", "una riga e un'altra"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_what_has_a_spelling_in_latin_letters_gets_it(typed: str, written: str) -> None:
    assert latin(typed, 80, "Denominazione") == written


@pytest.mark.parametrize("typed", ["株式会社", "شركة", "🙂 s.r.l."])
def test_what_has_none_is_refused_by_name(typed: str) -> None:
    with pytest.raises(Unwritable) as refused:
        latin(typed, 80, "Denominazione")
    assert refused.value.field == "Denominazione"


def test_ascii_fields_lose_the_marks_of_letters() -> None:
    assert basic("Müller straße", 40, "x") == "Muller strasse"


def test_a_number_is_refused_rather_than_cut() -> None:
    with pytest.raises(Unwritable):
        whole("1" * 21, 20, "Numero")


def test_a_long_cause_is_broken_between_words() -> None:
    told = " ".join(["parola"] * 60)
    found = pieces(told, 200, "Causale")
    assert all(len(one) <= 200 for one in found)
    assert " ".join(found) == told
