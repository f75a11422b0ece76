"""The trades of the demo's customers: how their signs read, what they are, whom one meets there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """A kind of firm. Signs may name {family}, {woman}, {man}, {fancy}, {city}; `forms` are legal forms."""

    company: str
    sector: str
    weight: int
    signs: tuple[str, ...]
    forms: tuple[str, ...]
    jobs: tuple[str, ...]
    public: bool = False


_SMALL = ("", "", "", "S.n.c.", "S.a.s.", "S.r.l.", "S.r.l.s.")
_MIDDLE = ("S.r.l.", "S.r.l.", "S.r.l.", "S.n.c.", "S.p.A.")
_LARGE = ("S.p.A.", "S.r.l.")
_SHOP = ("Titolare", "Responsabile acquisti", "Commessa", "Amministrazione", "Vetrinista")
_OFFICE = ("Titolare", "Segreteria", "Amministrazione", "Collaboratore di studio")
_HOTEL = ("Direzione", "Governante", "Responsabile acquisti", "Ricevimento", "Amministrazione")
_WORKS = ("Amministratore delegato", "Ufficio acquisti", "Amministrazione", "Responsabile sede")
_COUNCIL = ("Ufficio tecnico", "Economato", "Segretario comunale", "Assessore ai lavori pubblici")
_SCHOOL = ("Dirigente scolastico", "D.S.G.A.", "Segreteria")

MODA, CASA = "aurora-moda", "aurora-casa"

TRADES = (
    Trade(
        MODA, "Abbigliamento", 30,
        ("Boutique {fancy}", "Boutique {woman}", "Abbigliamento {family}", "{family} Moda", "Confezioni {family}",
         "{fancy} Abbigliamento", "Moda {woman}", "L'Emporio di {woman}", "Guardaroba {fancy}", "Casa di Moda {family}",
         "{family} Uomo Donna", "L'Angolo di {woman}"),
        _SMALL, _SHOP,
    ),
    Trade(
        MODA, "Abbigliamento per bambini", 12,
        ("Bimbi {fancy}", "{woman} Baby", "Il Girotondo di {woman}", "Piccoli Passi {city}", "Primi Mesi {family}",
         "La Culla di {woman}"),
        _SMALL, _SHOP,
    ),
    Trade(MODA, "Calzature e pelletteria", 9, ("Calzature {family}", "Pelletteria {family}", "Scarpe {fancy}"),
          _SMALL, _SHOP),
    Trade(MODA, "Sartoria", 6, ("Sartoria {family}", "Atelier {woman} {family}", "Filo e Ago di {woman}"),
          _SMALL, _SHOP),
    Trade(MODA, "Articoli sportivi", 5, ("{city} Sport", "{family} Sport", "Tuttosport {city}"), _MIDDLE, _SHOP),
    Trade(MODA, "Grandi magazzini", 3, ("Magazzini {family}", "Grandi Magazzini {fancy}"), _LARGE, _WORKS),
    Trade(
        CASA, "Alberghi", 16,
        ("Hotel {fancy}", "Albergo {fancy}", "Hotel {family}", "Residence {fancy}", "Grand Hotel {fancy}",
         "Agriturismo {fancy}", "Locanda {fancy}"),
        _MIDDLE, _HOTEL,
    ),
    Trade(CASA, "Arredamento", 12,
          ("{family} Arredamenti", "Mobilificio {family}", "Arredamenti {fancy}", "Mobili {family}",
           "{family} Interni"),
          _MIDDLE, _SHOP),
    Trade(CASA, "Studi legali", 6, ("Studio Legale {family} & Associati", "Studio Legale {family}"), ("",), _OFFICE),
    Trade(CASA, "Studi tecnici", 6,
          ("Studio Tecnico {family}", "{family} Architetti Associati", "Studio di Ingegneria {family}"),
          ("", "", "S.t.p. S.r.l."), _OFFICE),
    Trade(CASA, "Commercialisti", 4, ("Studio Commercialista {family}", "{family} Consulenti del Lavoro"),
          ("", "", "S.t.p. S.r.l."), _OFFICE),
    Trade(CASA, "Studi medici", 5, ("Studio Dentistico {family}", "Poliambulatorio {fancy}", "Centro Medico {family}"),
          ("", "S.r.l."), _OFFICE),
    Trade(CASA, "Farmacie", 8, ("Farmacia {family}", "Farmacia {fancy}", "Farmacia Centrale {city}"),
          ("", "", "S.n.c.", "S.a.s."), _SHOP),
    Trade(CASA, "Ristorazione", 9,
          ("Ristorante {fancy}", "Trattoria da {man}", "Pizzeria {fancy}", "Osteria {fancy}", "Caffè {fancy}"),
          _SMALL, _HOTEL),
    Trade(CASA, "Industria", 7,
          ("Officine Meccaniche {family}", "Salumificio {family}", "Cantina {family}", "Cartiera {fancy}",
           "{family} Costruzioni", "Caseificio {fancy}", "Tipografia {family}"),
          _LARGE, _WORKS),
    Trade(CASA, "Sociale e sanità", 4, ("Casa di Cura Villa {fancy}", "Residenza {fancy}", "Casa di Riposo {fancy}"),
          ("S.r.l.", "Soc. coop. soc.", "Onlus"), _HOTEL),
    Trade(CASA, "Servizi", 6,
          ("Agenzia Immobiliare {family}", "Assicurazioni {family}", "Autoscuola {fancy}", "Viaggi {fancy}",
           "Palestra {fancy}"),
          _MIDDLE, _OFFICE),
    Trade(CASA, "Enti locali", 8, ("Comune di {city}",), ("",), _COUNCIL, public=True),
    Trade(CASA, "Scuole", 3, ("Istituto Comprensivo {hero}", "Liceo Statale {hero}"), ("",), _SCHOOL, public=True),
)  # fmt: skip
SUPPLIERS = (
    Trade("", "Tessile", 1, ("Tessitura {family}", "Lanificio {family}", "Filatura {fancy}"), _LARGE, _WORKS),
    Trade("", "Legno e mobili", 1, ("Falegnameria {family}", "Segheria {family}", "Imbottiti {fancy}"),
          _MIDDLE, _WORKS),
    Trade("", "Trasporti", 1, ("Autotrasporti {family}", "{family} Logistica"), _MIDDLE, _WORKS),
)  # fmt: skip
FANCY = (
    "Il Ventaglio", "La Perla", "Stella Alpina", "Bellavista", "Miramare", "Il Melograno", "La Ginestra", "Primavera",
    "Eden", "Splendid", "Belvedere", "La Pergola", "Le Magnolie", "Il Glicine", "Excelsior", "Moderno", "Vittoria",
    "Tre Fontane", "La Quercia", "I Tigli", "San Marco", "Mediterraneo", "Al Ponte", "Cavour", "Adriatico",
    "Dei Pini", "La Conchiglia", "Il Corallo", "Santa Lucia", "San Gennaro", "Bell'Aria", "Città Vecchia",
    "La Piazzetta", "Il Gelsomino", "L'Incontro", "Porta Nuova", "Due Torri", "Il Cedro", "L'Ulivo", "Villa Maria",
)  # fmt: skip
HEROES = ("Giacomo Leopardi", "Alessandro Volta", "Maria Montessori", "Dante Alighieri", "Galileo Galilei")
