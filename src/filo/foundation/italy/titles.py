"""The titles that Italians put before a name, and the gender that some of them tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from filo.foundation.folding import fold

Gender = Literal["male", "female"]


@dataclass(frozen=True)
class Title:
    """A title: in Italian, in English ("" where one says Mr or Ms), and its gender if it tells one."""

    italian: str
    english: str = ""
    gender: Gender | None = None
    also: tuple[str, ...] = ()


TITLES: tuple[Title, ...] = (
    Title("Sig.", "Mr", "male", ("signor", "signore", "mr", "mister")),
    Title("Sig.ra", "Ms", "female", ("signora", "sigra", "ms", "mrs", "miss", "sig.na", "signorina")),
    Title("Dott.", "Dr", "male", ("dottor", "dottore")),
    Title("Dott.ssa", "Dr", "female", ("dottoressa", "dottssa", "dr.ssa", "drssa")),
    Title("Dr.", "Dr", None, ("doctor",)),
    Title("Ing.", "", None, ("ingegnere", "ingegner")),
    Title("Avv.", "", None, ("avvocato", "avvocata", "avvocatessa")),
    Title("Arch.", "", None, ("architetto", "architetta")),
    Title("Geom.", "", None, ("geometra",)),
    Title("Rag.", "", None, ("ragioniere", "ragionier", "ragioniera")),
    Title("Prof.", "Professor", "male", ("professor", "professore")),
    Title("Prof.ssa", "Professor", "female", ("professoressa", "profssa")),
    Title("Notaio", "", None, ("not.", "notaia")),
    Title("Per. Ind.", "", None, ("perito industriale", "p.i.")),
    Title("Cav.", "", None, ("cavaliere", "cavalier")),
    Title("Comm.", "", None, ("commendatore", "commendator")),
    Title("On.", "The Hon.", None, ("onorevole",)),
    Title("Sen.", "Senator", None, ("senatore", "senatrice")),
    Title("Gen.", "General", None, ("generale",)),
    Title("Col.", "Colonel", None, ("colonnello",)),
    Title("Don", "Father", "male", ()),
    Title("Mons.", "Monsignor", "male", ("monsignore", "monsignor")),
    Title("Suor", "Sister", "female", ("suora",)),
)

TITLE_CHOICES: tuple[tuple[str, str], ...] = tuple((title.italian, title.italian) for title in TITLES)


@cache
def _by_spelling() -> dict[str, Title]:
    return {_key(spelling): title for title in TITLES for spelling in (title.italian, *title.also)}


def find_title(value: str) -> Title | None:
    """The title that `value` means ("dott", "Dottoressa", "SIG.RA"), or None."""
    return _by_spelling().get(_key(value))


def _key(spelling: str) -> str:
    return fold(spelling).replace(" ", "")
