"""How common a name is: agreeing on *Rossi* says less than on *Quagliarella*.

The shipped figures are rough shares among people in Italy and in English-speaking countries, from general
knowledge of the commonest names; whoever has many parties counts them (`Commonness.counted`), and what is
counted is mixed with what is shipped.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

_PER_THOUSAND_FAMILY = """
    5: rossi russo
    3.5: ferrari esposito smith
    2.5: bianchi romano colombo ricci jones
    2: marino greco bruno gallo conti de+luca costa giordano mancini rizzo lombardi moretti williams brown taylor
    2: johnson
    1.5: barbieri fontana santoro mariani rinaldi caruso ferrara galli martini leone longo gentile martinelli vitale
    1.5: lombardo serra coppola de+santis marchetti parisi villa conte ferraro ferri fabbri bianco marini grasso
    1.5: valentini messina sala de+angelis gatti pellegrini palumbo sanna farina rizzi monti cattaneo morelli amato
    1.5: silvestri mazza testa grassi pellegrino carbone giuliani benedetti barone rossetti caputo montanari guerra
    1.5: palmieri bernardi martino fiore de+rosa ferretti bellini basile riva donati piras vitali battaglia sartori
    1.5: neri costantini milani pagano ruggiero sorrentino damico orlando negri mantovani davies evans wilson
    1.5: thomas roberts lewis walker miller davis garcia
    1: hall wright green wood hughes edwards harris clarke jackson white allen king scott hill moore turner
    1: clark cooper
    1: ward morris baker watson harrison morgan patel young mitchell anderson lee thompson robinson martin campbell
    1: kelly
    1: webb murphy stewart phillips parker collins cook bell murray cox shaw ellis nguyen adams carter nelson rogers
    1: valente bassi piazza monaco fumagalli franco marchi grimaldi bruni pace poli galletti oliva ferrero
    1: cocco meloni carta porcu deiana melis murgia locatelli brambilla villani santini fusco leoni ventura rota
"""
_PER_THOUSAND_GIVEN = """
    25: giuseppe maria
    20: antonio giovanni anna
    15: mario luigi francesco john david michael
    12: angelo vincenzo marco andrea paolo giuseppina rosa angela giovanna james robert william
    10: pietro salvatore carlo franco domenico bruno stefano roberto alessandro teresa lucia carmela caterina francesca
    10: daniele luca antonietta carla elena laura paola sara thomas richard sarah emily jessica
    8: giorgio michele gianni claudio massimo maurizio fabio matteo lorenzo davide simone federico riccardo giulia
    8: chiara
    8: concetta rita margherita franca silvia valentina elisa alessandra roberta daniela patrizia barbara monica
    8: thomas joshua jack daniel matthew charles joseph george samuel oliver harry emma sophie olivia jennifer mary
    6: sergio luciano alberto nicola raffaele pasquale ciro gennaro emanuele enrico renato gabriele simona cristina
    6: federica sabrina maria+grazia maria+teresa ilaria martina giorgia elisabetta michela alessia eleonora vittoria
    6: lachlan jacob benjamin ryan ethan luke nicholas alexander isabella chloe hannah grace lucy ella mia amy
    4: filippo tommaso leonardo edoardo giacomo gianluca vittorio umberto aldo guido dario ivan mattia cristian alice
    4: beatrice camilla aurora sofia gaia nicoletta manuela emanuela lidia luisa silvana ornella loredana antonella
    4: rosaria maddalena bruna gabriella adriana graziella harrison liam connor kayla georgia charlotte zoe abby
"""
_PER_THOUSAND_WORD = """
    30: bar
    20: ristorante studio hotel immobiliare restaurant cafe
    15: costruzioni service group italia trattoria pizzeria associati grill
    10: impianti arredamenti autofficina farmacia gruppo edilizia servizi consulting trasporti figli fratelli f+lli sons
    10: azienda agricola cooperativa societa centro house company inn
    6: tecno euro impresa edile elettronica immobili commerciale distribuzione logistica international systems solutions
    6: ottica gioielleria parrucchiere estetica macelleria panificio pasticceria abbigliamento calzature mobili arredo
    6: sport roma milano napoli torino nuova nuovo casa moda design engineering informatica meccanica elettrica officina
    4: albergo pub club bistro kitchen bakery deli shop store market food garden new york los angeles san francisco
    4: san santa autotrasporti lavanderia carrozzeria gomme pneumatici legno ferro marmi infissi serramenti vetreria
    4: idraulica termoidraulica alimentari vini bio green energia solar media web digital software marketing
    4: partners holding finanziaria assicurazioni notaio avvocato dott ing geom architetti medico dentistico veterinario
"""
_PER_THOUSAND_CITY = """
    45: roma
    25: milano london
    15: napoli torino
    10: palermo genova manchester birmingham leeds
    7: bologna firenze bari catania venezia verona messina padova trieste brescia parma prato taranto modena
    3: reggio+emilia reggio+di+calabria perugia livorno ravenna cagliari foggia rimini salerno ferrara sassari latina
    3: monza siracusa bergamo pescara trento forli vicenza terni bolzano novara piacenza ancona andria udine arezzo
"""


def _read(table: str) -> dict[str, float]:
    shares: dict[str, float] = {}
    for line in table.strip().splitlines():
        number, _colon, names = line.strip().partition(": ")
        shares |= {name.replace("+", " "): float(number) / 1000 for name in names.split()}
    return shares


_SHIPPED: Mapping[str, Mapping[str, float]] = {
    "family_name": _read(_PER_THOUSAND_FAMILY),
    "given_name": _read(_PER_THOUSAND_GIVEN),
    "name": _read(_PER_THOUSAND_WORD),
    "city": _read(_PER_THOUSAND_CITY),
}
# What is in no table: names that are neither common nor unique.
_OTHERS = {"family_name": 0.0001, "given_name": 0.0005, "name": 0.0001, "city": 0.001}
OF_WORDS = " (words)"  # after the name of a column of phrases: its words, counted
_WEIGHT_OF_SHIPPED = 2000  # as if so many had been counted before


@dataclass(frozen=True, eq=False)
class Commonness:
    """The share of those who have a value, by field; counted ones are mixed with the shipped."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    rarities: dict[tuple[str, str], float] = field(default_factory=dict, init=False)

    @classmethod
    def counted(cls, values: Mapping[str, Iterable[str]]) -> Commonness:
        """From all the values of some fields: a value for each party that has one."""
        counts = {name: Counter(rows) for name, rows in values.items()}
        return cls(counts, {name: sum(found.values()) for name, found in counts.items()})

    def of(self, name: str, value: str) -> float:
        """The share of a value of the field `name`, from 0 to 1; 0 where nothing is known of such a field."""
        shipped = _SHIPPED.get(name)
        counts = self.counts.get(name)
        if counts is None:
            return 0.0 if shipped is None else shipped.get(value, _OTHERS[name])
        # The two that are compared may be one: they do not speak for others of that name.
        others = max(counts.get(value, 0) - 2.0, 0.0)
        if shipped is None:
            return others / self.totals[name]
        known = shipped.get(value, _OTHERS[name]) * _WEIGHT_OF_SHIPPED
        return (others + known) / (self.totals[name] + _WEIGHT_OF_SHIPPED)

    def rarity(self, word: str) -> float:
        """The bits that a word of a firm's name tells."""
        return self._rarity("name", word)

    def rarity_in(self, name: str) -> Callable[[str], float]:
        """How to tell the bits of a word in a column of phrases."""
        return partial(self._rarity, f"{name}{OF_WORDS}")

    def _rarity(self, name: str, word: str) -> float:
        known = self.rarities.get((name, word))
        if known is None:
            known = self.rarities[name, word] = -math.log2(max(self.of(name, word), 1e-6))
        return known
