"""What gender an Italian given name suggests, where it does."""

from __future__ import annotations

from filo.foundation.folding import fold
from filo.foundation.italy.titles import Gender

_MALE_NAMES = """
    abele achille alan alex amedeo andrea aristide barnaba battista bonaventura boris cesare christian
    clemente cristian dan daniel daniele dante davide denis dennis dimitri elia elvis emanuele enea ercole
    ettore evangelista ezechia felice gabriele gaspare geremia gian gianandrea gianbattista gianluca
    gianmaria gianni giobbe giona giosue giovan giovanni giuda giuseppe igor ivan john jonathan joshua
    juri kevin leone levi loris luca luigi luka manuel martin matthew mattia michael michele misha mose
    natale nathan neri nicola nikita noe omar omer oreste oscar osea pasquale patrick paul peter pier
    pierluigi raffaele raniere ranieri rene salvatore samuel samuele sante sasha simone thomas tobia
    ulisse valter walter william wolfgang yuri zaccaria"""
_FEMALE_NAMES = """
    adele agnese alice amabile beatrice berenice bice carmen chloe cleofe cloe clotilde consuelo dafne
    denise dolores doris edith elisabeth eloise ester esther euridice filomene geltrude grace ines irene
    iris isabel jasmine jennifer judith karen lilli marie marilu mary matilde mercedes miriam nicole nives
    noemi penelope pilar rachel rachele rose rut ruth sarah selene sharon sole soledad sophie susan yvonne
    zoe"""
# Borne by both, or by one or the other depending on the country.
_UNSURE_NAMES = "ariel celeste chris diamante fiore gio gioele jo kim loren morgan nat robin sam"
_MALE = frozenset(_MALE_NAMES.split())
_FEMALE = frozenset(_FEMALE_NAMES.split())
_UNSURE = frozenset(_UNSURE_NAMES.split())


def guess_gender(given_name: str) -> Gender | None:
    """The gender that the first given name suggests, or None when unsure.

    Andrea, Luca, Nicola, Mattia are male as in Italy; other names in -a are taken as female, in -o as male.
    """
    parts = fold(given_name).split()
    if not parts or parts[0] in _UNSURE:
        return None
    name = parts[0]
    if name in _MALE:
        return "male"
    if name in _FEMALE:
        return "female"
    if len(name) < 3 or not name.isascii():
        return None
    if name.endswith("o"):
        return "male"
    return "female" if name.endswith("a") else None
