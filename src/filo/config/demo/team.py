"""What was planned for the team of the demo, what it did in these days, and what stands in its calendars."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from filo.config.demo.agenda import parties_of
from filo.config.demo.cast import SEED
from filo.config.demo.company import BUILDER, Company
from filo.config.demo.history import ROME
from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.operational.activities.appointments import make_appointment
from filo.operational.activities.recurring import at_wall
from filo.operational.interactions.calling import WrapUp, end_call, keep_draft, start_call
from filo.operational.interactions.models import Outcome
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Party
from filo.operational.team.services import make_plan

DAYS_BACK = 9
# role, measure, how many, per
ROLES = (
    ("agent", "calls", 8, "day"),
    ("agent", "visits", 6, "week"),
    ("inside-sales", "calls", 14, "day"),
    ("care-operator", "requests-solved", 5, "week"),
)
# mailbox, measure, how many, per: besides what holds for the role
PEOPLE = (("agente.due", "calls", 10, "day"), ("agente.sud", "visits", 8, "week"), ("area.nord", "visits", 3, "week"))
# mailbox, calls a day, visits a day (one of so many days for a fraction)
HABITS = (
    ("agente.uno", 7, 1.0),
    ("agente.due", 9, 0.8),
    ("agente.centro", 6, 1.2),
    ("agente.sud", 5, 1.5),
    ("interno", 11, 0.0),
    ("area.nord", 3, 0.4),
    ("area.sud", 2, 0.5),
)
CALLS = (
    ("spoken", "Conferma dell’appuntamento"),
    ("interested", "Chiede i campioni della nuova collezione"),
    ("no-answer", ""),
    ("call-back", "Richiamare dopo le 15"),
    ("wants-offer", "Vuole un preventivo per l’autunno"),
    ("not-interested", "Per ora non rinnova"),
    ("spoken", "Domanda sulla consegna"),
)
VISITS = ("Presentazione del campionario", "Riordino", "Visita di cortesia", "Nuovo punto vendita", "Reclamo sul posto")
APPOINTMENTS = (
    (1, 10, 60, "visit", "Visita con il campionario"),
    (2, 15, 45, "call", "Telefonata per il riordino"),
    (3, 11, 90, "visit", "Presentazione della collezione"),
    (6, 9, 60, "meeting", "Incontro in sede"),
    (8, 16, 60, "visit", "Visita di fine mese"),
)


def tell_team(company: Company) -> None:
    """Plans, the calls and visits of the last days, a call that nobody wrote up yet, and appointments to come."""
    outcomes = make_ready_outcomes()
    since = clock.today(ROME) - timedelta(days=60)
    roles = {role.code: role for role in Role.objects.all()}
    for role, measure, number, per in ROLES:
        make_plan(BUILDER, measure=measure, number=number, per=per, valid_from=since, role=roles[role])
    for mailbox, measure, number, per in PEOPLE:
        person = company.people[mailbox]
        make_plan(BUILDER, measure=measure, number=number, per=per, valid_from=since, person=person)
    for mailbox, calls, visits in HABITS:
        rng = random.Random(f"{SEED}:team:{mailbox}")  # noqa: S311
        principal = company.principals[mailbox]
        parties = parties_of(principal)
        if parties:
            for day in _working_days():
                _tell_day(principal, parties, day, rng, calls=calls, visits=visits, outcomes=outcomes)
            _fill_calendar(principal, parties, rng)
    _leave_unwritten(company)


def _working_days() -> Iterator[date]:
    today = clock.today(ROME)
    days = (today - timedelta(days=number) for number in range(DAYS_BACK, -1, -1))
    yield from (day for day in days if day.weekday() < 5)


def _tell_day(
    principal: Principal,
    parties: Sequence[Party],
    day: date,
    rng: random.Random,
    *,
    calls: int,
    visits: float,
    outcomes: Mapping[tuple[str, str], Outcome],
) -> None:
    for _number in range(max(0, calls + rng.randint(-3, 3))):
        at = datetime.combine(day, time(rng.randint(9, 17), rng.randint(0, 59)), ROME)
        code, subject = rng.choice(CALLS)
        if at < clock.now():
            _log(principal, rng.choice(parties), at, "call", subject, rng.randint(2, 14), outcomes["call", code])
    for _number in range(int(visits + rng.random())):
        at = datetime.combine(day, time(rng.choice((10, 11, 15, 16)), 0), ROME)
        if at < clock.now():
            _log(principal, rng.choice(parties), at, "meeting", rng.choice(VISITS), 60, outcomes["meeting", "held"])


def _log(
    principal: Principal, party: Party, at: datetime, channel: str, subject: str, minutes: int, outcome: Outcome
) -> None:
    with clock.at(at):
        log_interaction(
            principal, party, channel=channel, at=at, direction="out", subject=subject, minutes=minutes, outcome=outcome
        )


def _fill_calendar(principal: Principal, parties: Sequence[Party], rng: random.Random) -> None:
    today = clock.today(ROME)
    monday = today - timedelta(days=today.weekday())
    weekly = {"title": "Riunione di area", "starts_at": at_wall(monday, time(9), ROME), "minutes": 45, "freq": "week"}
    make_appointment(principal, weekly)
    for days, hour, minutes, kind, title in APPOINTMENTS:
        day = today + timedelta(days=days)
        if day.weekday() < 5:
            facts = {"title": title, "kind": kind, "starts_at": at_wall(day, time(hour), ROME), "minutes": minutes}
            make_appointment(principal, facts, party=rng.choice(parties))


def _leave_unwritten(company: Company) -> None:
    """A call of this morning whose note was begun."""
    principal = company.principals["agente.uno"]
    parties = parties_of(principal)
    if not parties:
        return
    started = clock.now() - timedelta(hours=2)
    with clock.at(started):
        call = start_call(principal, parties[0])
    with clock.at(started + timedelta(minutes=6)):
        keep_draft(principal, end_call(principal, call), WrapUp(body="Vuole rivedere i prezzi del lino: "))
