"""The Italian provinces, the current ones and those that addresses still carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.folding import fold


@dataclass(frozen=True)
class Province:
    """A province: its two letters, its name, its region; a note if it no longer exists."""

    code: str
    name: str
    region: str
    note: str | Promise = ""


# ISTAT, "Codici delle unità amministrative territoriali", 2026: 110, with the eight of Sardinia as regional
# law 7/2021 draws them. The letters of its four restored provinces are those they had until 2016.
_BY_REGION = {
    "Piemonte": (
        "AL Alessandria, AT Asti, BI Biella, CN Cuneo, NO Novara, TO Torino, VB Verbano-Cusio-Ossola, VC Vercelli"
    ),
    "Valle d'Aosta": "AO Valle d'Aosta",
    "Lombardia": (
        "BG Bergamo, BS Brescia, CO Como, CR Cremona, LC Lecco, LO Lodi, MB Monza e della Brianza, MI "
        "Milano, MN Mantova, PV Pavia, SO Sondrio, VA Varese"
    ),
    "Trentino-Alto Adige": "BZ Bolzano, TN Trento",
    "Veneto": "BL Belluno, PD Padova, RO Rovigo, TV Treviso, VE Venezia, VI Vicenza, VR Verona",
    "Friuli-Venezia Giulia": "GO Gorizia, PN Pordenone, TS Trieste, UD Udine",
    "Liguria": "GE Genova, IM Imperia, SP La Spezia, SV Savona",
    "Emilia-Romagna": (
        "BO Bologna, FC Forlì-Cesena, FE Ferrara, MO Modena, PC Piacenza, PR Parma, RA Ravenna, RE "
        "Reggio Emilia, RN Rimini"
    ),
    "Toscana": (
        "AR Arezzo, FI Firenze, GR Grosseto, LI Livorno, LU Lucca, MS Massa-Carrara, PI Pisa, PO "
        "Prato, PT Pistoia, SI Siena"
    ),
    "Umbria": "PG Perugia, TR Terni",
    "Marche": "AN Ancona, AP Ascoli Piceno, FM Fermo, MC Macerata, PU Pesaro e Urbino",
    "Lazio": "FR Frosinone, LT Latina, RI Rieti, RM Roma, VT Viterbo",
    "Abruzzo": "AQ L'Aquila, CH Chieti, PE Pescara, TE Teramo",
    "Molise": "CB Campobasso, IS Isernia",
    "Campania": "AV Avellino, BN Benevento, CE Caserta, NA Napoli, SA Salerno",
    "Puglia": "BA Bari, BR Brindisi, BT Barletta-Andria-Trani, FG Foggia, LE Lecce, TA Taranto",
    "Basilicata": "MT Matera, PZ Potenza",
    "Calabria": "CS Cosenza, CZ Catanzaro, KR Crotone, RC Reggio Calabria, VV Vibo Valentia",
    "Sicilia": (
        "AG Agrigento, CL Caltanissetta, CT Catania, EN Enna, ME Messina, PA Palermo, RG Ragusa, SR "
        "Siracusa, TP Trapani"
    ),
    "Sardegna": (
        "CA Cagliari, CI Sulcis Iglesiente, NU Nuoro, OG Ogliastra, OR Oristano, OT Gallura Nord-Est "
        "Sardegna, SS Sassari, VS Medio Campidano"
    ),
}

FORMER_PROVINCES: tuple[Province, ...] = (
    Province(
        "SU",
        "Sud Sardegna",
        "Sardegna",
        _("Until 2025; now Cagliari, Nuoro, Ogliastra, Sulcis Iglesiente or Medio Campidano."),
    ),
    Province("FO", "Forlì", "Emilia-Romagna", _("Until 1999; now Forlì-Cesena (FC).")),
    Province("PS", "Pesaro", "Marche", _("Until 1999; now Pesaro e Urbino (PU).")),
)

PROVINCES: tuple[Province, ...] = tuple(
    Province(entry[:2], entry[3:], region) for region, entries in _BY_REGION.items() for entry in entries.split(", ")
)

_RENAMED = {"FO": "FC", "PS": "PU"}

# Folded names that people and registers write besides the official one.
_ALSO = {
    "alto adige": "BZ",
    "aosta": "AO",
    "aquila": "AQ",
    "ascoli": "AP",
    "bat": "BT",
    "bolzano bozen": "BZ",
    "bozen": "BZ",
    "carbonia iglesias": "CI",
    "cesena": "FC",
    "cesena forli": "FC",
    "gallura": "OT",
    "massa": "MS",
    "massa e carrara": "MS",
    "monza": "MB",
    "monza brianza": "MB",
    "monza e brianza": "MB",
    "olbia tempio": "OT",
    "pesaro urbino": "PU",
    "reggio di calabria": "RC",
    "reggio nell emilia": "RE",
    "reggio nellemilia": "RE",
    "roma capitale": "RM",
    "spezia": "SP",
    "sudtirol": "BZ",
    "sulcis": "CI",
    "valle daosta vallee daoste": "AO",
    "vallee daoste": "AO",
    "vco": "VB",
    "verbania": "VB",
}
_LONGEST = 200  # no name is longer
_PREFIX = re.compile(
    r"^(?:(?:provincia|prov)(?: autonoma)?|citta metropolitana|libero consorzio(?: comunale)?)"
    r"(?: di| del| della)? "
)


@cache
def _by_code() -> dict[str, Province]:
    return {province.code: province for province in (*PROVINCES, *FORMER_PROVINCES)}


@cache
def _code_by_name() -> dict[str, str]:
    return _ALSO | {fold(province.name): province.code for province in (*FORMER_PROVINCES, *PROVINCES)}


@lru_cache(maxsize=2048)
def province_code(value: str) -> str | None:
    """The two letters that `value` means ("sa", "Salerno", "Salerno (SA)", "prov. di Salerno"), or None.

    Renamed provinces give their new letters (FO is FC); SU, which was split, stays SU.
    """
    value = value[:_LONGEST]
    bracketed = re.search(r"[(\[]\s*([A-Za-z]{2})\s*[)\]]\s*$", value)
    if bracketed and bracketed[1].upper() in _by_code():
        return _current(bracketed[1].upper())
    for name in (fold(value), _PREFIX.sub("", fold(value))):
        code = name.upper() if name.upper() in _by_code() else _code_by_name().get(name)
        if code:
            return _current(code)
    return None


def find_province(value: str) -> Province | None:
    """The province that `value` means, or None."""
    code = province_code(value)
    return _by_code()[code] if code else None


def region_of(province: str) -> str | None:
    """The name of the region of a province given by letters or name, or None."""
    found = find_province(province)
    return found.region if found else None


def _current(code: str) -> str:
    return _RENAMED.get(code, code)
