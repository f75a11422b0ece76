"""What Gruppo Aurora has offered: some 25 quotes of the last months, in all states, with what became of them."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from decimal import Decimal

from filo.config.demo.cast import SEED
from filo.config.demo.company import BUILDER
from filo.config.demo.history import ROME
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.accounts.queries import people_who_ask, principal_of
from filo.operational.catalogue.models import Variant
from filo.operational.deals.models import Deal
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.caps import beyond_caps
from filo.operational.quotes.queries.finding import lines_of
from filo.operational.quotes.services import (
    Evidence,
    accept_quote,
    ask_about_quote,
    ask_for_approval,
    draft_quote,
    new_version,
    reject_quote,
    send_quote,
    withdraw_quote,
)
from filo.operational.quotes.services.ending import expire_quotes
from filo.operational.quotes.services.seeing import note_view

CUSTOMER = system("customer")
# How each of them goes on, and how many days ago it was begun.
WAYS = (
    *(("accepted", ago) for ago in (118, 97, 83, 66, 51, 38, 24, 9)),
    *(("rejected", ago) for ago in (104, 62, 29)),
    *(("expired", ago) for ago in (90, 57)),
    *(("replaced", ago) for ago in (44, 18)),
    ("withdrawn", 33),
    *(("sent", ago) for ago in (27, 12, 6)),
    *(("viewed", ago) for ago in (14, 8, 4)),
    *(("waiting", ago) for ago in (3, 2)),
    *(("draft", ago) for ago in (5, 1)),
)
TERMS = ("Bonifico bancario a 30 giorni", "Ri.Ba. 60 giorni fine mese", "30 % all’ordine, saldo alla consegna")
DELIVERIES = ("Franco destino entro 20 giorni lavorativi", "Porto assegnato", "Consegna e montaggio inclusi")
REASONS = ("Abbiamo scelto un altro fornitore", "Fuori budget per quest’anno", "Il progetto è rimandato")
QUESTIONS = ("È possibile avere la consegna entro la fine del mese?", "Il tessuto è disponibile anche in grigio?")


def tell_quotes() -> None:
    """Each from a deal, by whoever has it; nothing is mailed: they were handed over."""
    chance = random.Random(f"{SEED}:quotes")  # noqa: S311 (a story, not a secret)
    deals = list(Deal.objects.select_related("party", "company", "owner").exclude(owner=None).order_by("pk"))
    chance.shuffle(deals)
    goods: dict[object, list[Variant]] = {}
    for (way, ago), deal in zip(WAYS, deals, strict=False):
        if deal.company_id not in goods:
            rows = Variant.objects.filter(active=True, product__status="active", product__deleted_at=None)
            mine = rows.filter(product__company=deal.company_id).order_by("sku")
            goods[deal.company_id] = [one for one in mine[:400] if one.price]
        if goods[deal.company_id]:
            _tell(chance, deal, goods[deal.company_id], way, ago)
    expire_quotes()


def _tell(chance: random.Random, deal: Deal, goods: list[Variant], way: str, ago: int) -> None:
    moment = datetime.combine(clock.today() - timedelta(days=ago), time(9 + ago % 8, ago % 60), ROME)
    seller = _principal(deal)
    with clock.at(moment):
        facts = {
            "payment_terms": chance.choice(TERMS),
            "delivery_terms": chance.choice(DELIVERIES),
            "valid_until": clock.today() + timedelta(days=15 if way == "expired" else 30 if ago < 25 else 40),
        }
        lines = _lines(chance, goods)
        if way == "waiting":
            lines[0] = LineDraft(variant_id=lines[0].variant_id, quantity=Decimal(20), discounts="35")
        quote = draft_quote(seller, party=deal.party, deal=deal, lines=lines, facts=facts)
    if way == "draft":
        return
    with clock.at(moment + timedelta(hours=2)):
        if way == "waiting":
            if beyond_caps(seller, quote, lines_of(quote)):
                ask_for_approval(seller, quote, why="Il cliente ordina tutto l’anno.")
            return
        quote = send_quote(BUILDER, quote)
    _go_on(chance, seller, quote, way, moment)


def _go_on(chance: random.Random, seller: Principal, quote: Quote, way: str, moment: datetime) -> None:
    with clock.at(moment + timedelta(days=2, hours=3)):
        if way in ("viewed", "accepted", "rejected"):
            note_view(CUSTOMER, quote)
        if way == "viewed" and chance.random() < 0.7:
            ask_about_quote(CUSTOMER, quote, chance.choice(QUESTIONS))
        if way == "withdrawn":
            withdraw_quote(seller, quote)
        if way == "replaced":
            newer = new_version(seller, quote)
            send_quote(BUILDER, newer)
    with clock.at(moment + timedelta(days=4, hours=5)):
        if way == "rejected":
            reject_quote(CUSTOMER, quote, reason=chance.choice(REASONS))
        elif way == "accepted" and chance.random() < 0.6:
            name = quote.contact.display_name if quote.contact else quote.party.display_name
            accept_quote(CUSTOMER, quote, evidence=Evidence(name, user_agent="Mozilla/5.0 (iPhone)", ip="192.0.2.14"))
        elif way == "accepted":
            note = "Conferma d’ordine firmata e inviata per e-mail."
            accept_quote(seller, quote, evidence=Evidence(quote.party.display_name, note=note))


def _lines(chance: random.Random, goods: list[Variant]) -> list[LineDraft]:
    found = [
        LineDraft(variant_id=one.pk, quantity=Decimal(chance.choice((1, 2, 4, 6, 10, 12, 24))))
        for one in chance.sample(goods, k=min(len(goods), chance.randint(2, 6)))
    ]
    if chance.random() < 0.4:
        last = found.pop()
        found.append(LineDraft(variant_id=last.variant_id, quantity=last.quantity, optional=True))
    if chance.random() < 0.3:
        price = Decimal(chance.choice((90, 180, 250)))
        found.append(LineDraft(description="Trasporto e montaggio", unit_price=price))
    return found


def _principal(deal: Deal) -> Principal:
    return principal_of(people_who_ask().get(pk=str(deal.owner_id)))
