"""What customers of the demo asked for in the last months, and how it was looked after."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from filo.config.demo.cast import SEED
from filo.config.demo.company import BUILDER, Company
from filo.config.demo.history import ROME
from filo.config.demo.talks import answered_by_mail, asked_by_mail
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.operational.parties.models import Party
from filo.operational.service.models import ComplaintCause, ServiceGroup, Survey, Ticket
from filo.operational.service.services import (
    add_ticket_note,
    assign_ticket,
    describe_complaint,
    give_satisfaction,
    note_answer,
    note_customer_wrote,
    open_ticket,
    set_ticket_state,
    want_person,
)
from filo.operational.service.services.macros import save_macro
from filo.operational.service.services.settings import save_cause, save_group, save_reason, save_target

CUSTOMER = system("customer")
HOW_MANY, DAYS = 72, 150
# code, name, company, minutes until the answer and the solution, mailboxes of its people
GROUPS = (
    ("commerciale", "Assistenza Commerciale", "aurora-moda", 240, 960, ("operatore", "interno", "agente.uno")),
    ("tecnica", "Assistenza Tecnica", "aurora-casa", 240, 1920, ("operatore", "agente.due", "agente.centro")),
)
REASONS = ("Risolta", "Nessuna risposta dal cliente", "Doppia", "Non di nostra competenza", "Ritirata dal cliente")
CAUSES = (
    ("Consegna in ritardo", 5),
    ("Difetto di fabbricazione", 4),
    ("Danno nel trasporto", 4),
    ("Colore diverso dal campione", 3),
    ("Articolo sbagliato", 3),
    ("Quantità sbagliata", 3),
    ("Mancata risposta", 2),
)
MACROS: tuple[dict[str, Any], ...] = (
    {"name": "Prendo e inizio", "takes": True, "set_state": "open"},
    {
        "name": "Foto richieste al cliente",
        "takes": True,
        "set_state": "waiting",
        "set_waiting_on": "customer",
        "note": "Chieste al cliente le foto del difetto e dell’etichetta.",
    },
    {
        "name": "Ricambio ordinato",
        "set_state": "waiting",
        "set_waiting_on": "supplier",
        "note": "Ricambio ordinato al fornitore.",
    },
    {"name": "Chiudi: nessuna risposta", "set_state": "closed", "close_reason": "Nessuna risposta dal cliente"},
)


def set_up_service(company: Company) -> None:
    """Groups with their people, a target for complaints, reasons, causes and macros."""
    for code, name, firm, respond, solve, people in GROUPS:
        facts = {
            "code": code,
            "name": name,
            "company": company.companies[firm],
            "unit": company.people["operatore"].unit,
            "respond_within": respond,
            "solve_within": solve,
            "asks_after": 0,
        }
        save_group(BUILDER, None, facts, members=[company.people[mailbox].id for mailbox in people])
    quick = {"group": None, "type": "complaint", "priority": "", "respond_within": 120, "solve_within": 960}
    save_target(BUILDER, None, quick)
    for reason in REASONS:
        save_reason(BUILDER, None, {"name": reason, "active": True})
    keeper = company.people["direzione"]
    for cause, threshold in CAUSES:
        save_cause(BUILDER, None, {"name": cause, "threshold": threshold, "keeper": keeper, "active": True})
    for macro in MACROS:
        save_macro(BUILDER, None, macro)


@dataclass(frozen=True)
class _Desk:
    """What every request of the demo needs."""

    company: Company
    groups: Mapping[str, ServiceGroup]
    causes: Mapping[str, ComplaintCause]
    parties: Mapping[str, list[Party]]


def tell_requests(company: Company) -> None:
    """Requests of five months, the oldest first: most solved, the last ones open, a few late."""
    rng = random.Random(f"{SEED}:requests")  # noqa: S311
    desk = _Desk(
        company,
        {group.code: group for group in ServiceGroup.objects.select_related("calendar", "company")},
        {cause.name: cause for cause in ComplaintCause.objects.all()},
        {code: _customers_of(firm) for code, _name, firm, *_rest in GROUPS},
    )
    moments = sorted(_moment(rng, number) for number in range(HOW_MANY))
    written = _written()
    for number, moment in enumerate(moments):
        _tell(desk, rng, written[(number * 7) % len(written)], moment)


@cache
def _written() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "requests.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["request"])


def _customers_of(firm: str) -> list[Party]:
    rows = Party.objects.filter(relationships__company__code=firm, relationships__stage="customer")
    return list(rows.distinct().order_by("sort_name", "id").prefetch_related("contact_points")[:60])


def _moment(rng: random.Random, number: int) -> datetime:
    """More of them in the last days than long ago, in hours of work."""
    back = int(DAYS * (1 - number / HOW_MANY) ** 2)
    day = clock.today(ROME) - timedelta(days=back)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    moment = datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59)), ROME)
    return min(moment, clock.now() - timedelta(minutes=rng.randint(20, 200)))


def _tell(desk: _Desk, rng: random.Random, facts: Mapping[str, Any], moment: datetime) -> None:
    group, party = desk.groups[facts["group"]], rng.choice(desk.parties[facts["group"]])
    priority = rng.choice(("normal", "normal", "normal", "low", "high", "urgent"))
    channel, address = rng.choice(("mail", "mail", "phone", "form")), _address(party)
    with clock.at(moment):
        if channel == "mail" and address:
            ticket = asked_by_mail(facts, party, address, priority=priority)
        else:
            ticket = open_ticket(
                BUILDER,
                subject=facts["subject"],
                type=facts["type"],
                party=party,
                group=group,
                priority=priority,
                channel="form" if channel == "mail" else channel,
                description=facts["text"],
                contact_address=address,
                product=facts["product"],
            )
    ended = _is_looked_after(desk, rng, facts, ticket, moment)
    if ended and facts["type"] == "complaint":
        with clock.at(moment + timedelta(hours=3)):
            _describe(desk, facts, ticket)


def _address(party: Party) -> str:
    return next((point.value for point in party.contact_points.all() if point.type == "email"), "")


def _is_looked_after(
    desk: _Desk, rng: random.Random, facts: Mapping[str, Any], ticket: Ticket, moment: datetime
) -> bool:
    """Taken, answered, noted on and solved, each at its time; what would happen after now has not. Whether taken."""
    who = desk.company.principals[rng.choice(_people_of(facts["group"]))]
    is_quick = rng.random() < 0.85
    answered = moment + timedelta(minutes=rng.randint(15, 170) if is_quick else rng.randint(900, 3000))
    if answered > clock.now() or (clock.now() - moment < timedelta(days=2) and rng.random() < 0.35):
        return False
    if ticket.serial % 5 == 0:
        with clock.at(moment + timedelta(minutes=5)):
            want_person(CUSTOMER, ticket, way="mail")
    with clock.at(answered):
        assign_ticket(who, ticket, assignee_id=who.user_id)
        if not answered_by_mail(who, ticket, facts):
            add_ticket_note(who, ticket, facts["note"])
            note_answer(who, ticket, at=clock.now(), automatic=False)
        if facts.get("waits"):
            set_ticket_state(who, ticket, "waiting", waiting_on=facts["waits"])
    if rng.random() < 0.4 and not facts.get("waits"):
        answered = _write_again(rng, who, ticket, answered)
    solved = answered + timedelta(hours=rng.randint(2, 30) if is_quick else rng.randint(60, 120))
    if solved < clock.now() - timedelta(hours=1) and not (facts.get("waits") and rng.random() < 0.5):
        with clock.at(solved):
            _solve(rng, who, ticket)
    return True


def _write_again(rng: random.Random, who: Principal, ticket: Ticket, answered: datetime) -> datetime:
    """The customer asks once more and is answered once more, as far as there was time; gives the last answer."""
    asked = answered + timedelta(hours=rng.randint(2, 20))
    again = asked + timedelta(minutes=rng.randint(20, 240))
    if again > clock.now():
        return answered
    with clock.at(asked):
        note_customer_wrote(CUSTOMER, ticket, at=asked)
    with clock.at(again):
        note_answer(who, ticket, at=again, automatic=False)
    return again


def _people_of(group: str) -> tuple[str, ...]:
    return next(people for code, *_rest, people in GROUPS if code == group)


def _solve(rng: random.Random, who: Principal, ticket: Ticket) -> None:
    """Solved, at times closed with a reason; some customers say how it was."""
    if rng.random() < 0.25:
        set_ticket_state(who, ticket, "closed", reason=rng.choice(REASONS[:2]))
    else:
        set_ticket_state(who, ticket, "solved")
    if ticket.contact_address and rng.random() < 0.55:
        survey = Survey.objects.create(
            ticket=ticket, party_id=ticket.party_id, address=ticket.contact_address, asked_at=clock.now()
        )
        score = rng.choice((5, 5, 5, 4, 4, 4, 3, 2))
        words = {5: "Gentili e veloci.", 3: "Risolto, ma ho dovuto scrivere due volte.", 2: "Troppo tempo."}
        give_satisfaction(CUSTOMER, survey, score=score, comment=words.get(score, ""))


def _describe(desk: _Desk, facts: Mapping[str, Any], ticket: Ticket) -> None:
    describe_complaint(
        BUILDER,
        ticket,
        cause=desk.causes[facts["cause"]],
        severity=facts["severity"],
        cost=Decimal(facts["cost"]) if "cost" in facts else None,
        remedy=facts["remedy"],
    )
