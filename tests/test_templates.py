"""No template says anything that is not translated, and each one can be parsed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Lexer, TokenType

from filo.testing.pages import words_on

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "filo"
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
# What is the same in every language: our name, units, keys, examples of what to type, names of languages and formats.
SAME_EVERYWHERE = {
    "Live Interaction",  # how the button is called since the first plan
    "Filo",
    "party",  # what a page is about, for the palette
    "min",
    "ms",
    "Italiano",
    "English",
    "MI, Salerno…",
    "CSV",
    "JSON",
    "API",
    "Europe/Rome",
    "Message-ID",
    "Bearer",
    "SMTP",
    "PDF",
    "XML",
    "XLSX",
    "CIG",
    "CUP",
    "IBAN",
    "D.Lgs. 231/2002",  # a law
}


def spoken(text: str) -> list[str]:
    """The words of a template outside translation tags."""
    kept, inside = [], False
    for token in Lexer(text).tokenize():
        if token.token_type is TokenType.BLOCK:
            if token.contents.startswith(("blocktranslate", "blocktrans")):
                inside = True
            elif token.contents.startswith(("endblocktranslate", "endblocktrans")):
                inside = False
            kept.append("\ufffc")
        elif token.token_type is TokenType.TEXT and not inside:
            kept.append(token.contents)
        elif token.token_type is TokenType.VAR:
            kept.append("\ufffc")
    return [piece for word in words_on("".join(kept)) for piece in word.split("\ufffc")]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_says_nothing_untranslated(path: Path) -> None:
    said = [piece.strip(" ·,:;.()–—+«»\"'") for piece in spoken(path.read_text(encoding="utf-8"))]
    loose = [piece for piece in said if re.search(r"[A-Za-zÀ-ÿ]{2,}", piece) and piece not in SAME_EVERYWHERE]
    assert not loose


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_can_be_parsed(path: Path) -> None:
    name = str(path).split("/templates/", 1)[1]
    assert engines["django"].get_template(name)


def test_an_image_has_words_and_an_input_a_type() -> None:
    wrong = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        wrong += [f"{path.name}: {tag}" for tag in re.findall(r"<img\b[^>]*>", text) if "alt=" not in tag]
        wrong += [f"{path.name}: {tag}" for tag in re.findall(r"<html\b[^>]*>", text) if "lang=" not in tag]
        wrong += [f"{path.name}: {tag}" for tag in re.findall(r"<(?:th)\b[^>]*>", text) if "scope=" not in tag]
    assert not wrong


def test_no_address_is_written_twice() -> None:
    """A page links by name, so that an address can change in one place; these few stand above their targets."""
    known = {"/", "/imports/new", "/imports", "/api/v1/docs", "/tasks", "/parties", "/start"}
    wrong = []
    for path in TEMPLATES:
        for target in re.findall(r"(?:href|action)=\"(/[^\"{]*)\"", path.read_text(encoding="utf-8")):
            if target not in known:
                wrong.append(f"{path.name}: {target}")
    assert not wrong
