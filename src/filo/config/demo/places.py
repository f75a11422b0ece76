"""Where the demo's customers are: real municipalities with their CAP, streets and telephone prefixes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from filo.foundation.italy.places import Comune, all_comuni, find_comune

_NORTH_WEST = frozenset({"Piemonte", "Valle d'Aosta", "Lombardia", "Liguria"})
_NORTH_EAST = frozenset({"Trentino-Alto Adige", "Veneto", "Friuli-Venezia Giulia", "Emilia-Romagna"})
_CENTRE = frozenset({"Toscana", "Umbria", "Marche", "Lazio"})

# Towns where shops and firms are thick on the ground; the others are drawn from all of Italy.
_TOWNS = """
    Milano MI, Torino TO, Genova GE, Bergamo BG, Brescia BS, Como CO, Varese VA, Monza MB, Pavia PV, Novara NO,
    Alessandria AL, Cuneo CN, Savona SV, Sanremo IM, Busto Arsizio VA, Vigevano PV, Lecco LC, Cremona CR,
    Verona VR, Padova PD, Vicenza VI, Venezia VE, Treviso TV, Trento TN, Bolzano BZ, Udine UD, Trieste TS,
    Bologna BO, Modena MO, Parma PR, Reggio nell'Emilia RE, Ferrara FE, Ravenna RA, Rimini RN, Forlì FC,
    Bassano del Grappa VI, Mestrino PD, Carpi MO, Firenze FI, Prato PO, Pisa PI, Lucca LU, Livorno LI, Siena SI,
    Arezzo AR, Grosseto GR, Perugia PG, Terni TR, Ancona AN, Pesaro PU, Macerata MC, Roma RM, Latina LT,
    Viterbo VT, Frosinone FR, Tivoli RM, Viareggio LU, Napoli NA, Salerno SA, Caserta CE, Avellino AV,
    Benevento BN, Nola NA, Pozzuoli NA, Torre del Greco NA, Battipaglia SA, Bari BA, Lecce LE, Taranto TA,
    Foggia FG, Barletta BT, Brindisi BR, Pescara PE, Chieti CH, Campobasso CB, Potenza PZ, Matera MT,
    Cosenza CS, Catanzaro CZ, Reggio di Calabria RC, Palermo PA, Catania CT, Messina ME, Siracusa SR, Ragusa RG,
    Trapani TP, Cagliari CA, Sassari SS, Olbia SS"""
_STREETS = """
    Via Roma|Corso Italia|Via Giuseppe Garibaldi|Via Guglielmo Marconi|Via Giacomo Matteotti|Piazza della Libertà|
    Via Dante Alighieri|Corso Vittorio Emanuele II|Via Giuseppe Mazzini|Via Cavour|Viale della Repubblica|
    Via XX Settembre|Via IV Novembre|Piazza Duomo|Via Aldo Moro|Viale Europa|Via Alessandro Manzoni|
    Via San Francesco d'Assisi|Via dei Mille|Largo Augusto|Via della Stazione|Via Antonio Gramsci|
    Via Sant'Antonio|Corso Umberto I|Vicolo del Forno|Strada Provinciale|Via dell'Industria|Via del Commercio|
    Via delle Rose|Via Enrico Fermi|Lungomare Cristoforo Colombo|Contrada Piana|Via Leonardo da Vinci"""
STREETS = tuple(street.strip() for street in _STREETS.split("|"))

# The numbers that the tax office gives to provinces, in its order from 001 (new provinces keep an old one's).
_OFFICES = """
    TO VC NO CN AT AL AO IM SV GE SP VA CO SO MI BG BS PV CR MN BZ TN VR VI BL TV VE PD RO UD GO TS PC PR RE MO
    BO FE RA FC PU AN MC AP MS LU PT FI LI PI AR SI GR PG TR VT RI RM LT FR CE BN NA AV SA AQ TE PE CH CB FG BA
    TA BR LE PZ MT CS CZ RC TP PA ME AG CL EN CT RG SR SS NU CA PN IS OR BI LC LO RN PO"""
_PREFIXES = """
    AG0922 AL0131 AN071 AO0165 AP0736 AQ0862 AR0575 AT0141 AV0825 BA080 BG035 BI015 BL0437 BN0824 BO051 BR0831
    BS030 BT0883 BZ0471 CA070 CB0874 CE0823 CH0871 CL0934 CN0171 CO031 CR0372 CS0984 CT095 CZ0961 EN0935 FC0543
    FE0532 FG0881 FI055 FM0734 FR0775 GE010 GO0481 GR0564 IM0183 IS0865 KR0962 LC0341 LE0832 LI0586 LO0371 LT0773
    LU0583 MB039 MC0733 ME090 MI02 MN0376 MO059 MS0585 MT0835 NA081 NO0321 NU0784 OR0783 PA091 PC0523 PD049
    PE085 PG075 PI050 PN0434 PO0574 PR0521 PT0573 PU0721 PV0382 PZ0971 RA0544 RC0965 RE0522 RG0932 RI0746 RM06
    RN0541 RO0425 SA089 SI0577 SO0342 SP0187 SR0931 SS079 SV019 TA099 TE0861 TN0461 TO011 TP0923 TR0744 TS040
    TV0422 UD0432 VA0332 VB0323 VC0161 VE041 VI0444 VR045 VT0761 VV0963"""
_OFFICE = {province: number for number, province in enumerate(_OFFICES.split(), start=1)}
_PREFIX = {entry[:2]: entry[2:] for entry in _PREFIXES.split()}
_MOBILES = "320 328 329 331 333 334 335 338 339 340 342 345 347 348 349 366 380 388 389 392 393"
_MOBILE = _MOBILES.split()


@dataclass(frozen=True)
class Place:
    """A municipality and what belongs to it in the demo."""

    comune: Comune

    @property
    def area(self) -> str:
        """The selling area that its region belongs to."""
        region = self.comune.region
        return "nord" if region in _NORTH_WEST | _NORTH_EAST else "centro" if region in _CENTRE else "sud"

    @property
    def is_north_east(self) -> bool:
        """Which of the two units of the North looks after it."""
        return self.comune.region in _NORTH_EAST

    @property
    def tax_office(self) -> int:
        """The number of the province in a P.IVA."""
        return _OFFICE.get(self.comune.province, 100)

    def address(self, rng: random.Random, *, use: str = "main") -> dict[str, str]:
        """Some address here, in the names that `clean_party` takes."""
        return {
            "use": use,
            "street": f"{rng.choice(STREETS)} {rng.randint(1, 180)}{rng.choice(('', '', '', '', '/A', '/B'))}",
            "postal_code": rng.choice(self.comune.postal_codes),
            "city": self.comune.name,
            "province": self.comune.province,
            "country": "IT",
        }

    def phone(self, rng: random.Random) -> str:
        """Some fixed line here, written as people write it."""
        prefix = _PREFIX.get(self.comune.province, "070")
        digits = {2: 8, 3: 7, 4: 6}[len(prefix)]
        return f"{prefix} {rng.randint(10 ** (digits - 1), 10**digits - 1)}"


def mobile(rng: random.Random) -> str:
    """Some mobile number, with the country code as often as without."""
    country = "+39 " if rng.random() < 0.5 else ""
    return f"{country}{rng.choice(_MOBILE)} {rng.randint(1000000, 9999999)}"


def some_place(rng: random.Random) -> Place:
    """A town where many are, three times in four; else any municipality of Italy."""
    return Place(rng.choice(_thick() if rng.random() < 0.75 else _all()))


def place_named(name: str, province: str) -> Place:
    """The municipality of this name; it is one of ours, so it exists."""
    found = find_comune(name, province)
    if found is None:
        raise LookupError(name)
    return Place(found)


@cache
def _thick() -> tuple[Comune, ...]:
    pairs = [" ".join(entry.split()) for entry in _TOWNS.split(",")]
    return tuple(place_named(pair[:-3], pair[-2:]).comune for pair in pairs)


@cache
def _all() -> tuple[Comune, ...]:
    return tuple(comune for comune in all_comuni() if comune.postal_codes)
