"""What everybody has to do in these weeks, so that the first page of the day has something to say."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from filo.config.demo.cast import SEED
from filo.config.demo.company import Company
from filo.config.demo.history import ROME
from filo.config.demo.sentences import sentences
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.activities.services import add_task
from filo.operational.parties.models import Party

# (mailbox, tasks late, today, and in each of the coming weeks)
_LOAD = (
    ("agente.uno", 2, 4, 5),
    ("agente.due", 1, 4, 5),
    ("agente.centro", 2, 3, 4),
    ("agente.sud", 1, 3, 5),
    ("interno", 2, 5, 6),
    ("operatore", 1, 4, 4),
    ("area.nord", 1, 2, 2),
    ("area.centro", 0, 2, 1),
    ("area.sud", 1, 2, 2),
    ("ricerca", 0, 2, 1),
    ("direzione", 0, 2, 1),
    ("admin", 0, 1, 0),
)
_WEEKS = 4


def fill_agendas(company: Company) -> None:
    """Tasks about real customers for each person: a few late, some today, more in the coming weeks."""
    for mailbox, late, today, weekly in _LOAD:
        rng = random.Random(f"{SEED}:{mailbox}")  # noqa: S311
        offsets = [-rng.randint(1, 9) for _number in range(late)] + [0] * today
        offsets += [rng.randint(1, 7) + 7 * week for week in range(_WEEKS) for _number in range(weekly)]
        _fill(company.principals[mailbox], offsets, rng)


def _fill(principal: Principal, offsets: Sequence[int], rng: random.Random) -> None:
    parties = parties_of(principal)
    if not parties:
        return
    today = clock.today(ROME)
    for offset in offsets:
        party, (kind, title) = rng.choice(parties), rng.choice(sentences("agenda")["tasks"])
        written = datetime.combine(today - timedelta(days=rng.randint(1, 6) - min(0, offset)), time(9, 0), ROME)
        with clock.at(written):
            add_task(
                principal,
                title=title,
                party=party,
                due_on=today + timedelta(days=offset),
                kind=kind,
            )


def parties_of(principal: Principal) -> list[Party]:
    """Their own customers, by name; any they see, where nobody is their own."""
    seen = Party.objects.visible_to(principal).exclude(relationships=None).order_by("sort_name", "id")
    mine = list(seen.filter(relationships__owner=principal.user_id).distinct()[:80])
    return mine or list(seen.distinct()[:80])
