"""The words of which the made Italian sets consist, and the slips with which people write them down again."""

from __future__ import annotations

import random
import string

GIVEN_WORDS = """
    Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Carlo Franco Domenico Bruno Paolo
    Michele Giorgio Aldo Sergio Luciano Alessandro Andrea Marco Luca Matteo Lorenzo Davide Simone Federico Riccardo
    Stefano Roberto Massimo Maurizio Claudio Fabio Daniele Alberto Nicola Filippo Tommaso Raffaele Pasquale Gennaro
    Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Antonietta Carla Elena Concetta
    Rita Margherita Franca Paola Giulia Chiara Sara Laura Valentina Alessandra Elisabetta Silvia Federica Martina
    Roberta Daniela Patrizia Barbara Monica Simona Cristina Mariangela Ilaria Giorgia Eleonora Michela Maddalena Nicolò
"""
GIVEN = GIVEN_WORDS.split()
CALLED = {
    "Giuseppe": ("Beppe", "Pino", "Peppe"),
    "Giovanni": ("Gianni", "Nanni"),
    "Antonio": ("Toni", "Tonino"),
    "Francesco": ("Franco", "Ciccio"),
    "Luigi": ("Gigi", "Gino"),
    "Vincenzo": ("Enzo",),
    "Salvatore": ("Totò", "Turi"),
    "Domenico": ("Mimmo",),
    "Alessandro": ("Sandro", "Ale"),
    "Lorenzo": ("Renzo",),
    "Riccardo": ("Ricky",),
    "Roberto": ("Robi",),
    "Massimo": ("Max",),
    "Tommaso": ("Tommy",),
    "Raffaele": ("Lello",),
    "Pasquale": ("Pasqualino",),
    "Giuseppina": ("Pina", "Giusy"),
    "Francesca": ("Franca", "Francy"),
    "Caterina": ("Cate", "Rina"),
    "Elisabetta": ("Betta", "Elisa"),
    "Alessandra": ("Sandra",),
    "Margherita": ("Rita",),
    "Maddalena": ("Lena",),
    "Concetta": ("Tina",),
    "Federica": ("Fede",),
    "Antonietta": ("Etta",),
    "Filippo": ("Pippo",),
}
COMMON_WORDS = """
    Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini
    Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile
"""
COMMON = [*COMMON_WORDS.split(), "De Luca", "De Santis", "D'Amico", "Lo Presti", "Di Stefano", "Dell'Orto"]
_STEMS = """
    quaglia fiora berta scarpa tessa malva pasqua grima bone taglia frega zambe cava mondi lanza batta carra solda
    guerra monta passe ruta spada vigna zana corra ama penna fuma croce tarta
""".split()  # noqa: SIM905
_ENDINGS = "relli tti ni nelli rini ri ssi ldi sco rdi tini ttoli lotti gni zzi lani cci rola nesi mbelli".split()  # noqa: SIM905
RARE = sorted({(stem + ending).capitalize() for stem in _STEMS for ending in _ENDINGS})
TOWNS = [
    ("Milano", "20121", "F205"),
    ("Milano", "20144", "F205"),
    ("Roma", "00184", "H501"),
    ("Roma", "00153", "H501"),
    ("Torino", "10121", "L219"),
    ("Napoli", "80133", "F839"),
    ("Bologna", "40121", "A944"),
    ("Firenze", "50122", "D612"),
    ("Salerno", "84121", "H703"),
    ("Bari", "70121", "A662"),
    ("Verona", "37121", "L781"),
    ("Padova", "35121", "G224"),
    ("Reggio nell'Emilia", "42121", "H223"),
    ("San Donà di Piave", "30027", "H823"),
    ("Forlì", "47121", "D704"),
    ("Cava de' Tirreni", "84013", "C361"),
    ("Busto Arsizio", "21052", "B300"),
    ("Monza", "20900", "F704"),
    ("Lecce", "73100", "E506"),
    ("Trento", "38122", "L378"),
]
_STREETS = """
    Via Roma|Via Garibaldi|Corso Italia|Viale Europa|Piazza del Duomo|Via Giuseppe Verdi|Via Dante Alighieri
    Via G. Mazzini|Via XX Settembre|Via 25 Aprile|Viale della Libertà|Corso Vittorio Emanuele II|Via A. Manzoni
    Via Leonardo da Vinci|Piazza della Repubblica|Via San Francesco|Vicolo Stretto|Via Aldo Moro|Via della Stazione
    Via Cavour|Via Marconi|Contrada Serre|Via Pascoli|Via dei Mille|Viale Trieste|Via Trento|Largo Augusto
"""
STREETS = [street.strip() for line in _STREETS.strip().splitlines() for street in line.split("|")]
_SHORT = {"Viale": "V.le", "Piazza": "P.zza", "Corso": "C.so", "Via": "V.", "Largo": "L.go", "Contrada": "C.da"}
PROVIDERS = ("gmail.com", "libero.it", "hotmail.it", "virgilio.it", "alice.it", "outlook.it")


def slip(chance: random.Random, text: str) -> str:
    """`text` with one letter wrong, missing, doubled or in the place of its neighbour."""
    letters = [place for place, letter in enumerate(text) if letter.isalnum()]
    if len(letters) < 4:
        return text
    place = chance.choice(letters[1:])
    kind = chance.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place] + text[place:]
    if kind == 2:
        return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
    near = string.digits if text[place].isdigit() else string.ascii_lowercase
    return text[:place] + chance.choice(near) + text[place + 1 :]


def written_otherwise(chance: random.Random, street: str) -> str:
    """The same street as somebody else writes it."""
    first, _space, rest = street.partition(" ")
    name, _comma, number = rest.rpartition(", ")
    short = chance.choice([first, _SHORT.get(first, first), _SHORT.get(first, first).upper()])
    name = name.split()[-1] if len(name.split()) == 2 and len(name.split()[0]) > 3 and chance.random() < 0.3 else name
    return f"{short} {name}{chance.choice([', ', ' ', ' n. ', ', n° '])}{number}"
