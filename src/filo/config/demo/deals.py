"""What Gruppo Aurora may sell: two pipelines, and deals of a year, most of them decided, the last ones open."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from filo.config.demo.cast import SEED
from filo.config.demo.company import BUILDER, Company
from filo.config.demo.history import ROME
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.deals.models import Deal, LossReason, Pipeline, PipelineStage
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.services import (
    lose_deal,
    move_deal,
    note_on_deal,
    open_deal,
    set_next_step,
    win_deal,
)
from filo.operational.deals.services.opening import Where
from filo.operational.deals.services.settings import (
    save_assignment_rule,
    save_pipeline,
    save_reason,
    save_score_rule,
    save_stage,
)
from filo.operational.parties.models import Party

HOW_MANY, DAYS = 64, 420
REASONS = (
    ("Prezzo troppo alto", "Price too high"),
    ("Scelto un concorrente", "Chose a competitor"),
    ("Tempi di consegna", "Delivery time"),
    ("Progetto rimandato", "Project put off"),
    ("Nessuna risposta", "No answer"),
    ("Prodotto non adatto", "Product does not fit"),
)
# Italian, English, percent, days until it stands still, what has to be there
_SHOPS: tuple[tuple[str, str, int, int, list[str]], ...] = (
    ("Primo contatto", "First contact", 10, 14, []),
    ("Campionario visto", "Samples shown", 35, 14, ["contact"]),
    ("Ordine in preparazione", "Order being prepared", 65, 10, ["amount", "close_date"]),
    ("Conferma attesa", "Awaiting confirmation", 85, 7, ["amount", "close_date"]),
)
_PROJECTS: tuple[tuple[str, str, int, int, list[str]], ...] = (
    ("Richiesta", "Enquiry", 10, 14, []),
    ("Sopralluogo", "Site visit", 25, 21, []),
    ("Progetto e capitolato", "Design and specification", 45, 30, ["amount"]),
    ("Offerta inviata", "Offer sent", 60, 21, ["amount", "close_date"]),
    ("Trattativa", "Negotiation", 80, 14, ["amount", "close_date"]),
)


@dataclass(frozen=True)
class _Way:
    """A pipeline as it is written: its company, its stages, what is sold by it and for how much."""

    code: str
    italian: str
    english: str
    company: str
    stages: tuple[tuple[str, str, int, int, list[str]], ...]
    titles: tuple[str, ...]
    lines: tuple[str, ...]
    worth: tuple[int, int]


WAYS = (
    _Way(
        "negozi",
        "Vendita ai negozi",
        "Sales to shops",
        "aurora-moda",
        _SHOPS,
        ("Autunno/Inverno donna", "Primavera/Estate uomo", "Riassortimento maglieria", "Capsule cachemire",
         "Linea bambino", "Camiceria uomo", "Corner in negozio", "Accessori e cinture", "Cappotti donna"),
        ("donna", "uomo", "bambino"),
        (1_800, 24_000),
    ),
    _Way(
        "progetti",
        "Progetti d’arredo",
        "Furnishing projects",
        "aurora-casa",
        _PROJECTS,
        ("Uffici, secondo piano", "Sala riunioni", "Reception e attesa", "Camere d’albergo", "Zona pausa",
         "Arredo dello showroom", "Sedute operative", "Sala ristorante", "Biblioteca", "Postazioni open space"),
        ("ufficio", "contract", "soggiorno"),
        (6_000, 145_000),
    ),
)  # fmt: skip
SCORES: tuple[dict[str, Any], ...] = (
    {"name_it": "Importo oltre 20.000 €", "name_en": "Worth more than 20,000 €", "field": "amount",
     "operator": "more", "value": "20000", "points": 20},
    {"name_it": "È già cliente", "name_en": "Is a customer already", "field": "relationship", "value": "customer",
     "points": 15},
    {"name_it": "C’è un referente", "name_en": "Has a contact person", "field": "contact", "operator": "set",
     "points": 10},
    {"name_it": "Raccomandato da un cliente", "name_en": "Recommended by a customer", "field": "referred",
     "operator": "set", "points": 15},
    {"name_it": "Telefonate recenti", "name_en": "Recent calls", "way": "behaviour", "field": "interaction.call",
     "points": 8, "most": 24},
    {"name_it": "Visite recenti", "name_en": "Recent visits", "way": "behaviour", "field": "interaction.meeting",
     "points": 15, "most": 30},
    {"name_it": "Il cliente ci ha cercato", "name_en": "The customer turned to us", "way": "behaviour",
     "field": "message.in", "points": 10, "most": 30},
    {"name_it": "Reclami o richieste aperte", "name_en": "Requests to the service", "way": "behaviour",
     "field": "ticket.opened", "points": -5, "most": 15},
)  # fmt: skip
STEPS = (
    ("Chiamare per fissare la visita", 3), ("Mandare il campionario", 5), ("Inviare l’offerta aggiornata", 4),
    ("Visita in sede", 8), ("Sentire l’architetto", 6), ("Verificare le misure", 5), ("Richiamare dopo la riunione", 2),
    ("Confermare i tempi di consegna", 4),
)  # fmt: skip
NOTES = (
    "Vuole vedere i tessuti prima di decidere.",
    "Confronta la nostra offerta con altre due.",
    "Decide il titolare, la responsabile acquisti è favorevole.",
    "Chiede il pagamento a sessanta giorni.",
    "Serve la consegna entro la fine del mese.",
    "Budget confermato dalla direzione.",
)
SOURCES = ("Fiera", "Sito", "Passaparola", "Telefonata", "Cliente esistente")


def set_up_deals(company: Company) -> None:
    """Pipelines with their stages, reasons of losses, rules of scoring and assignment."""
    for way in WAYS:
        facts = {"code": way.code, "name_it": way.italian, "name_en": way.english}
        pipeline = save_pipeline(BUILDER, None, {**facts, "company": company.companies[way.company]})
        _stages(pipeline, way)
    for italian, english in REASONS:
        save_reason(BUILDER, None, {"name_it": italian, "name_en": english, "active": True})
    for rule in SCORES:
        save_score_rule(BUILDER, None, rule)
    for name, area, people in (
        ("Nord: agenti a turno", "nord", ("agente.uno", "agente.due")),
        ("Sud: agente del Sud", "sud", ("agente.sud",)),
    ):
        turns = {"name": name, "area": company.areas[area], "way": "turns"}
        save_assignment_rule(BUILDER, None, turns, people=[company.people[one].id for one in people])
    rest = {"name": "Tutto il resto: commerciale interno", "way": "load"}
    save_assignment_rule(BUILDER, None, rest, people=[company.people["interno"].id])


def _stages(pipeline: Pipeline, way: _Way) -> None:
    """The usual stages take the names of ours; what is more comes behind them."""
    found = [stage for stage in stages_of(pipeline) if stage.is_open]
    for place, (italian, english, chance, days, required) in enumerate(way.stages):
        stage = found[place] if place < len(found) else None
        facts = {"name_it": italian, "name_en": english, "probability": chance, "stale_after": days}
        save_stage(BUILDER, pipeline, stage, {**facts, "required": required, "next_codes": []})


def tell_deals(company: Company) -> None:
    """Deals of fourteen months, the oldest first: who had the customer had the deal."""
    rng = random.Random(f"{SEED}:deals")  # noqa: S311
    reasons = list(LossReason.objects.order_by("position"))
    ways = [
        (way, Pipeline.objects.prefetch_related("stages").get(code=way.code), _customers(way.company)) for way in WAYS
    ]
    for number in range(HOW_MANY):
        way, pipeline, customers = ways[number % 2]
        if customers:
            _tell(company, rng, _Told(way, pipeline, reasons), rng.choice(customers), _moment(rng, number))


@dataclass(frozen=True)
class _Told:
    way: _Way
    pipeline: Pipeline
    reasons: list[LossReason]


def _customers(firm: str) -> list[Party]:
    rows = Party.objects.filter(kind="organisation", relationships__company__code=firm, deleted_at=None)
    rows = rows.filter(relationships__owner__isnull=False, relationships__stage__in=("prospect", "customer", "lead"))
    return list(rows.distinct().order_by("sort_name", "id")[:70])


def _moment(rng: random.Random, number: int) -> datetime:
    """More of them in the last months than long ago, in hours of work."""
    day = clock.today(ROME) - timedelta(days=int(DAYS * (1 - number / HOW_MANY) ** 1.5) + 1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59)), ROME)


def _tell(company: Company, rng: random.Random, told: _Told, party: Party, moment: datetime) -> None:
    tie = (
        party.relationships.filter(company__code=told.way.company, owner__isnull=False).select_related("owner").first()
    )
    owner = tie.owner if tie and tie.owner else company.people["interno"]
    who = next((one for one in company.principals.values() if one.user_id == owner.pk), BUILDER)
    low, high = told.way.worth
    amount = Decimal(round(rng.triangular(low, high, low * 2) / 50) * 50)
    span = rng.randint(25, 110)
    with clock.at(moment):
        deal = open_deal(
            BUILDER,
            party=party,
            title=rng.choice(told.way.titles),
            pipeline=told.pipeline,
            amount=amount,
            close_date=(moment + timedelta(days=span)).date(),
            owner_id=owner.pk,
            source=rng.choice(SOURCES),
            contact_id=_contact_of(party),
            where=Where(product_line=company.lines[rng.choice(told.way.lines)]),
        )
    _goes_on(rng, told, deal, who if who.may("deal", "edit") else BUILDER, moment, span)


def _contact_of(party: Party) -> Any:
    return party.relations_to.filter(from_party__kind="person").values_list("from_party", flat=True).first()


def _goes_on(rng: random.Random, told: _Told, deal: Deal, who: Principal, moment: datetime, span: int) -> None:
    """Stage by stage until it was decided, or until today."""
    stages = [stage for stage in stages_of(told.pipeline) if stage.is_open]
    fate = rng.random()
    reaches = len(stages) if fate < 0.45 else rng.randint(1, len(stages))
    at = moment
    for stage in stages[1:reaches]:
        at += timedelta(days=max(2, span // len(stages) + rng.randint(-4, 6)), minutes=rng.randint(5, 300))
        if at > clock.now():
            break
        with clock.at(at):
            deal = _moved(who, deal, stage)
            if rng.random() < 0.5:
                note_on_deal(who, deal, rng.choice(NOTES))
    at += timedelta(days=rng.randint(4, 20))
    if at < clock.now() - timedelta(days=25):
        with clock.at(at):
            _decided(rng, told, deal, who, won=fate < 0.45)
    elif rng.random() < 0.75:
        text, days = rng.choice(STEPS)
        day = clock.today(ROME) + timedelta(days=days - 2)
        with clock.at(min(max(at, moment), clock.now()) - timedelta(minutes=3)):
            set_next_step(who, deal, step=text, on=_weekday(day))


def _moved(who: Principal, deal: Deal, stage: PipelineStage) -> Deal:
    """What a stage asks for and nobody knows (a contact) leaves it where it is."""
    missing = {"contact"} & set(stage.required) if deal.contact_id is None else set()
    return deal if missing else move_deal(who, deal, stage)


def _decided(rng: random.Random, told: _Told, deal: Deal, who: Principal, *, won: bool) -> None:
    if won:
        win_deal(who, deal)
    else:
        note = rng.choice(("", "", "Ci risentiamo l’anno prossimo.", "Differenza di circa il dieci per cento."))
        lose_deal(who, deal, reason=rng.choice(told.reasons[:4] * 2 + told.reasons[4:]), note=note)


def _weekday(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
