"""Facts are found in sentences that tell them, and in no others."""

from __future__ import annotations

from datetime import date

import pytest

from filo.operational.profile.reading import traits_in

TODAY = date(2026, 11, 20)
TELLING = [
    ("it", "Di solito porto la L.", {("size", "l")}),
    ("it", "La mia taglia è M, grazie", {("size", "m")}),
    ("it", "Vesto una XL e cerco una giacca", {("size", "xl")}),
    ("it", "Vorrei la camicia in taglia S", {("size", "s")}),
    ("it", "Prendo sempre la xxl", {("size", "xxl")}),
    ("en", "I wear a size M.", {("size", "m")}),
    ("en", "I’m usually a large", {("size", "l")}),
    ("en", "My size is XS", {("size", "xs")}),
    ("en", "I usually take an extra large", {("size", "xl")}),
    ("en", "One shirt in size S please", {("size", "s")}),
    ("it", "Niente sintetico, per favore", {("fibres-avoided", "synthetic")}),
    ("it", "solo fibre naturali", {("fibres-wanted", "natural")}),
    (
        "it",
        "Niente sintetico, solo fibre naturali!",
        {("fibres-avoided", "synthetic"), ("fibres-wanted", "natural")},
    ),
    ("it", "Sono allergica alla lana", {("fibres-avoided", "wool")}),
    ("it", "Non voglio poliestere o acrilico", {("fibres-avoided", "polyester"), ("fibres-avoided", "acrylic")}),
    ("it", "Preferisco il lino", {("fibres-wanted", "linen")}),
    ("it", "Avete maglie senza lana?", {("fibres-avoided", "wool")}),
    ("en", "No synthetics please", {("fibres-avoided", "synthetic")}),
    ("en", "I only wear cotton and linen", {("fibres-wanted", "cotton"), ("fibres-wanted", "linen")}),
    ("en", "I am allergic to wool", {("fibres-avoided", "wool")}),
    ("en", "I don’t want any polyester", {("fibres-avoided", "polyester")}),
    ("en", "Only natural fibres, nothing synthetic", {("fibres-wanted", "natural"), ("fibres-avoided", "synthetic")}),
    ("it", "Mi piace molto il blu", {("colours-liked", "blue")}),
    ("it", "Adoro il verde e il bianco", {("colours-liked", "green"), ("colours-liked", "white")}),
    ("en", "My favourite colour is light blue", {("colours-liked", "light-blue")}),
    ("en", "I love red", {("colours-liked", "red")}),
    ("it", "Mio figlio ha 6 anni", {("child-birth-year", "2020")}),
    ("it", "Ho due figli di 4 e 7 anni", {("child-birth-year", "2022"), ("child-birth-year", "2019")}),
    ("it", "Cerco un body per la mia bambina di tre anni", {("child-birth-year", "2023")}),
    ("it", "Mia figlia, nata nel 2018, cresce", {("child-birth-year", "2018")}),
    ("en", "My son is 6 years old", {("child-birth-year", "2020")}),
    ("en", "It is for my 4-year-old daughter", {("child-birth-year", "2022")}),
    ("en", "My daughter is four", {("child-birth-year", "2022")}),
]
TELLING_NOTHING = [
    ("it", "La taglia L è troppo grande"),
    ("it", "Vorrei cambiare la taglia M con la L"),
    ("it", "Mio marito porta la L"),
    ("it", "È per mia moglie, taglia S"),
    ("it", "Avete la taglia M?"),
    ("it", "Non porto la L"),
    ("it", "Un regalo in taglia M"),
    ("it", "Non mi piace il rosso"),
    ("it", "Vi piace il blu?"),
    ("it", "Avete finito il cotone?"),
    ("it", "La camicia di cotone è arrivata"),
    ("it", "Ho questa maglia da 6 anni"),
    ("it", "Mio figlio ha 40 anni"),
    ("it", "> Di solito porto la L."),
    ("it", "Nessun problema, grazie"),
    ("it", "Il pacco pesa 3 kg e il numero è 12345"),
    ("en", "The size L is too big"),
    ("en", "Do you have it in size M?"),
    ("en", "My husband wears a size L"),
    ("en", "I want to exchange size M for size L"),
    ("en", "I don’t like red"),
    ("en", "The cotton shirt arrived"),
    ("en", "I have had this jumper for 6 years"),
    ("en", "My son is 6 months late with his homework"),
    ("en", "I take a look and wear it"),
    ("en", "My mother says no wool"),
    ("de", "Ich trage Größe M"),
    ("it", ""),
]


@pytest.mark.parametrize(("language", "text", "wanted"), TELLING)
def test_what_a_sentence_tells_is_found(language: str, text: str, wanted: set[tuple[str, str]]) -> None:
    assert {(one.kind, one.value) for one in traits_in(text, language, today=TODAY)} == wanted


@pytest.mark.parametrize(("language", "text"), TELLING_NOTHING)
def test_other_sentences_tell_nothing(language: str, text: str) -> None:
    assert traits_in(text, language, today=TODAY) == []


def test_the_words_are_kept_and_a_question_is_less_sure() -> None:
    said = traits_in("Buongiorno. Niente sintetico, grazie!\nSaluti", "it", today=TODAY)
    assert [(one.said, one.confidence) for one in said] == [("Niente sintetico, grazie!", 0.9)]
    assert traits_in("Avete calze senza nylon?", "it", today=TODAY)[0].confidence == 0.6


def test_two_sizes_in_one_text_are_nobodys() -> None:
    assert traits_in("Vorrei la camicia in taglia S. E i pantaloni in taglia M.", "it", today=TODAY) == []


def test_long_and_strange_texts_are_read_in_a_moment() -> None:
    assert traits_in("porto la " * 20_000 + "e " * 20_000, "it", today=TODAY) == []
    assert traits_in("\x00 ١٢٣ 👕" * 1_000, "en", today=TODAY) == []
