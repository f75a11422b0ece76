"""The kinds of facts that every firm starts with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Choices = tuple[tuple[str, str, str], ...]
SIZES: Choices = tuple((code, code.upper(), code.upper()) for code in ("xs", "s", "m", "l", "xl", "xxl"))
COLOURS: Choices = (
    ("white", "bianco", "white"),
    ("black", "nero", "black"),
    ("grey", "grigio", "grey"),
    ("blue", "blu", "blue"),
    ("light-blue", "azzurro", "light blue"),
    ("green", "verde", "green"),
    ("red", "rosso", "red"),
    ("pink", "rosa", "pink"),
    ("yellow", "giallo", "yellow"),
    ("orange", "arancione", "orange"),
    ("purple", "viola", "purple"),
    ("brown", "marrone", "brown"),
    ("beige", "beige", "beige"),
)
FIBRES: Choices = (
    ("natural", "fibre naturali", "natural fibres"),
    ("synthetic", "sintetico", "synthetic"),
    ("cotton", "cotone", "cotton"),
    ("wool", "lana", "wool"),
    ("linen", "lino", "linen"),
    ("silk", "seta", "silk"),
    ("cashmere", "cashmere", "cashmere"),
    ("polyester", "poliestere", "polyester"),
    ("nylon", "nylon", "nylon"),
    ("acrylic", "acrilico", "acrylic"),
    ("viscose", "viscosa", "viscose"),
)
CHANNELS: Choices = (
    ("mail", "e-mail", "e-mail"),
    ("phone", "telefono", "telephone"),
    ("chat", "chat", "chat"),
    ("letter", "lettera", "letter"),
)


@dataclass(frozen=True)
class ReadyKind:
    """A kind as the code knows it. choices: (code, Italian, English)."""

    label_it: str
    label_en: str
    type: str
    many: bool = False
    choices: Choices = ()


READY: Mapping[str, ReadyKind] = {
    "size": ReadyKind("Taglia", "Size", "choice", choices=SIZES),
    "colours-liked": ReadyKind("Colori preferiti", "Colours liked", "choice", many=True, choices=COLOURS),
    "fibres-wanted": ReadyKind("Fibre volute", "Fibres wanted", "choice", many=True, choices=FIBRES),
    "fibres-avoided": ReadyKind("Fibre da evitare", "Fibres avoided", "choice", many=True, choices=FIBRES),
    "child-birth-year": ReadyKind("Anno di nascita dei figli", "Children’s birth year", "number", many=True),
    "preferred-channel": ReadyKind("Canale preferito", "Preferred channel", "choice", choices=CHANNELS),
    "topics": ReadyKind("Temi di interesse", "Favourite topics", "text", many=True),
}
# What is wanted is not avoided: learning the one ends the other.
OPPOSITE: Mapping[str, str] = {"fibres-wanted": "fibres-avoided", "fibres-avoided": "fibres-wanted"}
