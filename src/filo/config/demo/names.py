"""Italian given names, family names and titles, as one meets them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from filo.foundation.folding import fold

_MALE = """
    Marco Andrea Luca Giuseppe Antonio Francesco Alessandro Matteo Stefano Paolo Roberto Davide Simone Giovanni
    Fabio Massimo Claudio Daniele Riccardo Enrico Giorgio Maurizio Salvatore Vincenzo Luigi Pietro Michele
    Domenico Carlo Alberto Franco Bruno Sergio Gianluca Filippo Federico Lorenzo Emanuele Nicola Tommaso
    Gabriele Angelo Raffaele Pasquale Gennaro Carmine Rocco Cosimo Calogero Ettore Edoardo Guido Umberto
    Renato Silvano Walter Ivano Dario Samuele Elia Niccolò Giosuè Gianfranco Pierluigi Piergiorgio"""
_FEMALE = """
    Giulia Francesca Chiara Sara Laura Valentina Martina Silvia Elena Alessandra Paola Anna Maria Federica
    Roberta Simona Barbara Cristina Monica Daniela Patrizia Antonella Rosa Angela Giovanna Teresa Lucia
    Carmela Giuseppina Caterina Rita Sofia Alice Beatrice Camilla Elisa Ilaria Serena Irene Michela Eleonora
    Claudia Marta Stefania Tiziana Manuela Nadia Lorena Rossella Concetta Assunta Immacolata Filomena Agata
    Ludovica Bianca Noemi Miriam Desirée Mariangela Annalisa Donatella"""
_FAMILY = """
    Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano
    Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone
    Longo Gentile Martinelli Vitale Lombardo Serra Coppola Marchetti Parisi Villa Conte Ferraro Fabbri Bianco
    Marini Grasso Valentini Messina Sala Gatti Pellegrini Palumbo Sanna Farina Rizzi Monti Cattaneo Morelli
    Amato Silvestri Mazza Testa Grassi Pellegrino Carbone Giuliani Benedetti Barone Rossetti Caputo Montanari
    Guerra Palmieri Bernardi Martino Fiore Ferretti Bellini Basile Riva Donati Piras Vitali Battaglia Sartori
    Neri Costantini Milani Pagano Ruggiero Sorrentino Orlando Damico Negri Mantovani Zanella Toffoli Dalmasso
    Bortolotti Pedretti Bonfanti Ghidini Casagrande Trevisan Cazzola Zambon Marangoni Furlan Cossu Melis Loddo
    Scognamiglio Cacciapuoti Capuano Iovine Liguori Cirillo Imparato Buonocore Sessa Apicella Naddeo Landi
    Cardella Spampinato Cannizzaro Licata Butera Scalia Vizzini Laganà Nicolosi Macrì Surace Barillà Gullà
    Tassinari Zoli Bagnara Casadei Fabbrini Cecchi Nencini Innocenti Bartolini Pieraccini Ciampi Tozzi Proietti
    Cesaroni Mastrangelo Lorusso Cassano Lacerenza Quaranta Semeraro Carrozzo Perrone Margiotta"""
_TWO_WORDS = (
    "D'Angelo", "De Luca", "De Santis", "D'Àlò", "Dell'Acqua", "Lo Presti", "Di Stefano", "La Rocca", "De Angelis",
    "Dal Molin", "Dalla Costa", "D'Amico", "Del Vecchio", "Di Gregorio", "Li Volsi", "Dell'Orto", "De’ Medici",
)  # fmt: skip
_RARE = (
    "Cefalù", "Cantù", "Forlì", "Mammì", "Colonna Romano di Sant'Elia", "Montecuccoli degli Erri", "Hoxha",
    "Popescu", "El Amrani", "Fernández", "Hu", "Singh", "Kowalczyk", "Oberhofer", "Pichler", "Vuerich",
)  # fmt: skip
_LONG = ("Maria Francesca Antonella", "Anna Maria", "Maria Grazia", "Maria Teresa", "Rosa Maria")
_ABROAD = (
    ("female", "Sarah", "Thompson"), ("male", "James", "O'Connor"), ("female", "Emily", "Clarke"),
    ("male", "William", "Hargreaves"), ("female", "Anneke", "van der Berg"), ("male", "Björn", "Åkesson"),
)  # fmt: skip
_PROFESSIONS = ("Avv.", "Ing.", "Arch.", "Geom.", "Rag.")

MALE, FEMALE, FAMILY = tuple(_MALE.split()), tuple(_FEMALE.split()), tuple(_FAMILY.split())


@dataclass(frozen=True)
class Name:
    """Who somebody is: names, gender, title (empty for none) and the language one speaks with them."""

    given: str
    family: str
    gender: str
    title: str
    language: str = "it"

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}"


def some_name(rng: random.Random, *, family: str = "", gender: str = "") -> Name:
    """Somebody's name; of a given family or gender where one is said."""
    if not family and not gender and rng.random() < 0.01:
        known, given, abroad = rng.choice(_ABROAD)
        return Name(given, abroad, known, "", "en")
    gender = gender or rng.choice(("male", "female"))
    return Name(_given(rng, gender), family or some_family(rng), gender, _title(rng, gender))


def some_family(rng: random.Random) -> str:
    """A family name: mostly a plain one, now and then D'Àlò or a long one."""
    chance = rng.random()
    return rng.choice(_RARE) if chance < 0.03 else rng.choice(_TWO_WORDS) if chance < 0.12 else rng.choice(FAMILY)


def _given(rng: random.Random, gender: str) -> str:
    if gender == "male":
        return rng.choice(MALE)
    return rng.choice(_LONG) if rng.random() < 0.04 else rng.choice(FEMALE)


def _title(rng: random.Random, gender: str) -> str:
    chance = rng.random()
    if chance < 0.55:
        return "Sig." if gender == "male" else "Sig.ra"
    if chance < 0.70:
        return "Dott." if gender == "male" else "Dott.ssa"
    if chance < 0.74:
        return "Prof." if gender == "male" else "Prof.ssa"
    return rng.choice(_PROFESSIONS) if chance < 0.85 else ""


def polite(name: Name) -> str:
    """How colleagues call somebody in a note: *il sig. Conti*, *la dott.ssa Riva*, *l’avv. Neri*."""
    title = name.title or ("Sig." if name.gender == "male" else "Sig.ra")
    if title[0] in "AI":
        return f"l’{title.lower()} {name.family}"
    return f"{'il' if name.gender == 'male' else 'la'} {title.lower()} {name.family}"


def slug(text: str, joiner: str = "") -> str:
    """What of a text can stand in an e-mail address or a domain."""
    return joiner.join(word for word in fold(text).split() if word.isascii())
