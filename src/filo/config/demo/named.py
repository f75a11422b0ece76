"""Those whom everybody looks for first: Mario Rossi and his family, and three firms."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from filo.config.demo import numbers
from filo.config.demo.cast import SEED, who_of
from filo.config.demo.company import Company
from filo.config.demo.entrance import Arrived, let_in
from filo.config.demo.firms import firm, with_contacts
from filo.config.demo.history import ROME, Outcomes, know_relationships
from filo.config.demo.people import Pen
from filo.config.demo.places import place_named
from filo.config.demo.roster import Guest, Household, Link, Tie
from filo.config.demo.trades import CASA, MODA, TRADES
from filo.foundation import clock
from filo.operational.activities.services import add_task
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.services.stages import move_stage

_MAIL = {"type": "email", "value": "mario.rossi@example.it"}
_HOME = {"street": "Via Roma 12", "postal_code": "84121", "city": "Salerno", "province": "SA", "country": "IT"}
_SOUTH = "agente.sud"


@dataclass(frozen=True)
class Talk:
    """One entry of a story that is written out; `who` is a mailbox, `outcome` may be empty."""

    day: date
    who: str
    channel: str
    direction: str
    subject: str
    body: str
    outcome: str = ""
    minutes: int | None = None


_TALKS = (
    Talk(date(2021, 3, 16), "operatore", "call", "in", "Iscrizione in negozio",
         "Ha lasciato i dati alla cassa di Salerno. Cerca maglieria in fibre naturali.", "spoken", 6),
    Talk(date(2021, 4, 2), _SOUTH, "meeting", "out", "Prova dei pullover",
         "Taglia L, preferisce il blu. Vuole sapere quando arrivano i colori nuovi.", "interested", 35),
    Talk(date(2021, 11, 26), _SOUTH, "call", "out", "Novità autunno/inverno",
         "Interessano i cardigan in lana merino.", "spoken", 8),
    Talk(date(2022, 9, 13), _SOUTH, "meeting", "out", "Acquisti per i bambini",
         "Comprati due giubbini taglia 18 mesi: avvisare quando arriva la collezione 0-12.", "held", 25),
    Talk(date(2023, 6, 7), "operatore", "note", "", "Preferenze", "Niente sintetici. Taglia L, colori scuri."),
    Talk(date(2024, 1, 16), "operatore", "call", "in", "Taglia sbagliata",
         "Il pullover arrivato è una M: cambio spedito in giornata.", "spoken", 5),
    Talk(date(2024, 1, 22), "operatore", "call", "out", "Cambio arrivato", "Tutto a posto, ringrazia.", "spoken", 3),
    Talk(date(2025, 3, 3), "interno", "letter", "out", "Consenso alle comunicazioni",
         "Inviato il modulo; tornato firmato, ammessi posta elettronica e profilo, non il telefono.", "answered"),
    Talk(date(2025, 10, 9), _SOUTH, "call", "out", "Anticipo della collezione",
         "Passa in negozio con la moglie la settimana prossima.", "spoken", 7),
    Talk(date(2026, 5, 18), "operatore", "call", "in", "Pullover in offerta speciale",
         "Chiede delle offerte di maggio: spiegato che cominciano a giugno.", "interested", 9),
    Talk(date(2026, 9, 22), _SOUTH, "meeting", "out", "Acquisto in negozio",
         "Una giacca di lana e una camicia. Torna a novembre per i pullover.", "held", 40),
)  # fmt: skip


def the_rossis() -> Household:
    """Mario Rossi of Salerno, his wife Anna Esposito, who shares his e-mail, and Studio Rossi S.r.l."""
    rng, salerno = random.Random(SEED), place_named("Salerno", "SA")  # noqa: S311
    number = numbers.vat_number(rng, salerno.tax_office)
    mario = {
        "kind": "person", "title": "Sig.", "given_name": "Mario", "family_name": "Rossi", "gender": "male",
        "birth_date": date(1978, 3, 14), "language": "it",
        "codice_fiscale": numbers.codice_fiscale("Mario", "Rossi", date(1978, 3, 14), "male", salerno.comune),
        "contact_points": [{"type": "mobile", "value": "+39 333 7654321"}, _MAIL,
                           {"type": "pec", "value": "m.rossi@pec.example.it"}],
        "addresses": [_HOME],
    }  # fmt: skip
    anna = {
        "kind": "person", "title": "Sig.ra", "given_name": "Anna", "family_name": "Esposito", "gender": "female",
        "language": "it", "contact_points": [_MAIL], "addresses": [_HOME],
    }  # fmt: skip
    studio = {
        "kind": "organisation", "legal_name": "Studio Rossi S.r.l.", "sector": "Studi tecnici", "language": "it",
        "vat_number": number, "codice_fiscale": number, "sdi_code": "M5UXCR1",
        "contact_points": [{"type": "phone", "value": "089 2578140"},
                           {"type": "email", "value": "info@studiorossi.example"},
                           {"type": "pec", "value": "studiorossi@pec.impresa.example"}],
        "addresses": [{**_HOME, "street": "Corso Vittorio Emanuele II 58"}],
    }  # fmt: skip
    return Household(
        guests=(
            Guest(mario, (Tie(MODA, "", "negozi", _SOUTH),)),
            Guest(anna, (Tie(MODA, "donna", "negozi", _SOUTH),)),
            Guest(studio, (Tie(MODA, "", "agenti", _SOUTH), Tie(CASA, "ufficio", "agenti", _SOUTH))),
        ),
        area="sud",
        links=(
            Link(1, 0, "spouse"),
            Link(0, 2, "owner", "Titolare", 2016),
            Link(1, 2, "contact", "Amministrazione", 2016),
        ),
    )


def tell_of_the_rossis(company: Company, outcomes: Outcomes) -> None:
    """Mario's story since March 2021: a customer from the first spring on."""
    with clock.at(datetime(2021, 3, 16, 9, 30, tzinfo=ROME)):
        parties = let_in(company, company.principals[_SOUTH], [the_rossis()])[0]
    know_relationships(parties)
    mario = parties[0]
    for hour, talk in enumerate(_TALKS):
        at = datetime.combine(talk.day, time(10 + hour % 7, 12 + hour), ROME)
        with clock.at(at):
            log_interaction(
                company.principals[talk.who],
                mario,
                channel=talk.channel,
                at=at,
                direction=talk.direction,
                subject=talk.subject,
                body=talk.body,
                outcome=outcomes[talk.channel, talk.outcome] if talk.outcome else None,
                minutes=talk.minutes,
            )
        mario.last_contact_at = at
    _plan(company, parties)
    with clock.at(datetime(2021, 4, 10, 18, 5, tzinfo=ROME)):
        move_stage(
            company.principals[_SOUTH], mario.relationships.all()[0], to="customer", reason="Primo acquisto in negozio"
        )


def _plan(company: Company, parties: Arrived) -> None:
    """What their agent has to do today."""
    mario, _anna, studio = parties
    today = clock.today(ROME)
    with clock.at(datetime.combine(today - timedelta(days=2), time(17, 40), ROME)):
        for kind, title, party in (
            ("mail", "Mandare le foto dei pullover blu", mario),
            ("call", "Chiamare per le divise estive", studio),
        ):
            add_task(company.principals[_SOUTH], title=title, party=party, due_on=today, kind=kind)


def others() -> tuple[Household, ...]:
    """Maffei Arredamenti of Nola, Comune di Bascapè, Magazzini Lombardi of Milan.

    The first is a customer for years, the second is deciding; the last two are shared by the agents of the
    North, one by membership, one by product lines.
    """
    pen = Pen(random.Random(SEED))  # noqa: S311
    trades = {trade.sector: trade for trade in TRADES}
    maffei = firm(pen, place_named("Nola", "NA"), trades["Arredamento"], sign="Maffei Arredamenti", form="S.p.A.")
    bascape = firm(pen, place_named("Bascapè", "PV"), trades["Enti locali"], sign="Comune di Bascapè", form="")
    lombardi = firm(
        pen, place_named("Milano", "MI"), trades["Grandi magazzini"], sign="Magazzini Lombardi", form="S.p.A."
    )
    guests, links = with_contacts(pen, maffei, 3)
    ties = (Tie(CASA, "soggiorno", "agenti", _SOUTH), Tie(CASA, "contract", "agenti", _SOUTH))
    people, at_town_hall = with_contacts(pen, bascape, 2)
    shared = (Tie(MODA, "donna", "agenti", "agente.uno"), Tie(MODA, "uomo", "agenti", "agente.due"))
    buyers, at_lombardi = with_contacts(pen, lombardi, 2)
    return (
        Household((Guest(maffei.facts, ties), *guests[1:]), "sud", links, "loyal", 1540, who_of(guests[1])),
        Household(
            (Guest(bascape.facts, (Tie(CASA, "ufficio", "agenti", "agente.uno", ("agente.due",)),)), *people[1:]),
            "nord",
            at_town_hall,
            "negotiating",
            210,
            who_of(people[1]),
        ),
        Household((Guest(lombardi.facts, shared), *buyers[1:]), "nord", at_lombardi, "loyal", 1180, who_of(buyers[1])),
    )
