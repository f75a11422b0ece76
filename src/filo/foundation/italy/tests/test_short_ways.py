"""The short ways for what nearly everybody writes say exactly what the long ones say."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.folding import clean_line, clean_text
from filo.foundation.italy import emails, phones
from filo.foundation.italy.errors import InvalidIdentity

BEGINNINGS = ("3", "32", "33", "39", "30", "31", "0", "01", "02", "089", "06", "00", "8", "1", "5", "7")


def number(rng: random.Random) -> str:
    """Digits as people group them, with and without a country code."""
    digits = rng.choice(BEGINNINGS) + "".join(rng.choice("0123456789") for _ in range(rng.randrange(3, 11)))
    if rng.random() < 0.1:
        digits = rng.choice("0123456789") * len(digits)
    joiner = rng.choice(("", "", " ", "-", ".", "/"))
    places = sorted(rng.sample(range(1, len(digits)), k=min(2, len(digits) - 1)))
    grouped = joiner.join([digits[: places[0]], digits[places[0] : places[-1]], digits[places[-1] :]])
    return rng.choice(("", "", "+39 ", "0039", "+39", "0039 ", "39", "+39-")) + grouped


def said(value: str, *, short: bool, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as patch:
        if not short:
            patch.setattr(phones, "_plain_italian", lambda _value: None)
        try:
            return phones.normalise_phone.__wrapped__(value)
        except InvalidIdentity as refusal:
            return refusal.code


@pytest.mark.once
def test_a_number_is_the_same_by_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(39)
    short = 0
    for _ in range(6_000):
        value = number(rng)
        short += phones._plain_italian(value) is not None
        assert said(value, short=True, monkeypatch=monkeypatch) == said(value, short=False, monkeypatch=monkeypatch), (
            value
        )
    assert short > 1_000


PART = st.text("abcXYZ019._+-'!", min_size=1, max_size=12)


@pytest.mark.once
@given(local=PART, domain=st.lists(st.text("abZ09-", min_size=1, max_size=8), min_size=1, max_size=4).map(".".join))
def test_an_address_is_the_same_by_both_ways(local: str, domain: str) -> None:
    value = f"{local}@{domain}"
    if emails._PLAIN.fullmatch(value):
        emails._validate(value.lower())
        assert emails.normalise_email(value) == value.lower()


@pytest.mark.once
@given(text=st.text("aè e\u0300\xa0\n\t\u200b x", max_size=30), most=st.integers(1, 12))
def test_a_line_is_clean_whichever_letters_it_has(text: str, most: int) -> None:
    line = clean_line(text, max_length=most)
    assert line == clean_line(line, max_length=most)
    assert unicodedata.is_normalized("NFC", line)
    assert (len(line) <= most, "\n" in line, "  " in line) == (True, False, False)
    assert clean_text(line, max_length=most) == line
