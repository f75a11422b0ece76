"""Lets the stories of the demo happen: the product's own verbs, by its people, at the time of each."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import prefetch_related_objects

from filo.config.demo.cast import SEED
from filo.config.demo.company import Company
from filo.config.demo.entrance import let_in, who_brings
from filo.config.demo.plots import Beat, beats
from filo.config.demo.roster import Household
from filo.config.demo.sentences import sentences
from filo.config.demo.trades import CASA
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.activities.models import Task
from filo.operational.activities.services import add_task, do_task
from filo.operational.interactions.models import Outcome
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.stages import (
    accepted_order,
    end_relationship,
    move_stage,
    reopen_relationship,
)

ROME = ZoneInfo("Europe/Rome")
_HOLIDAYS = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}
Outcomes = Mapping[tuple[str, str], Outcome]

# beat: (channel, direction, possible outcomes, fewest and most minutes)
_TALKS = {
    "first_call": ("call", "out", ("spoken", "spoken", "call-back"), (3, 15)),
    "no_answer": ("call", "out", ("no-answer",), (0, 0)),
    "visit": ("meeting", "out", ("interested",), (30, 120)),
    "offer_asked": ("call", "in", ("wants-offer",), (4, 20)),
    "offer_sent": ("letter", "out", ("sent",), (0, 0)),
    "season_call": ("call", "out", ("spoken", "spoken", "interested", "call-back"), (3, 18)),
    "season_visit": ("meeting", "out", ("held", "held", "interested"), (30, 120)),
    "note": ("note", "", ("",), (0, 0)),
    "complaint": ("call", "in", ("spoken",), (3, 12)),
    "solved": ("call", "out", ("spoken",), (2, 8)),
    "not_interested": ("call", "out", ("not-interested",), (1, 6)),
    "back": ("call", "in", ("interested",), (5, 15)),
}
_BY_OPERATOR = ("complaint", "solved")
_TODO = {"call-back": ("call", "Richiamare"), "sent": ("call", "Sentire sull’offerta")}


@dataclass
class _Story:
    """One story while it is told; `pending` is what somebody has to do next, `said` what was written last."""

    company: Company
    outcomes: Outcomes
    household: Household
    parties: tuple[Party, ...]
    audience: str
    rng: random.Random
    pending: tuple[Principal, Task] | None = None
    said: list[Sequence[str]] = field(default_factory=list)

    @property
    def party(self) -> Party:
        return self.parties[0]

    @property
    def relationships(self) -> list[Relationship]:
        return list(self.party.relationships.all())


def tell_story(company: Company, outcomes: Outcomes, household: Household, number: int) -> None:
    """A household becomes known and lives its plot until now; the same `number` always tells the same."""
    rng = random.Random(f"{SEED}:{number}")  # noqa: S311
    begin = clock.today(ROME) - timedelta(days=household.days)
    with clock.at(_moment(rng, begin)):
        parties = let_in(company, who_brings(company, household), [household])[0]
    know_relationships(parties)
    story = _Story(company, outcomes, household, parties, _audience(household), rng)
    for beat in beats(rng, household.plot, household.days):
        at = _moment(rng, begin + timedelta(days=beat.day))
        if at < clock.now() - timedelta(hours=2):
            _happens(story, beat, at)
    _finish(story)


def know_relationships(parties: tuple[Party, ...]) -> None:
    """Load once what the rules ask about these parties each time; who works them does not change here."""
    prefetch_related_objects(parties, "relationships__members")


def _audience(household: Household) -> str:
    if household.head.facts["kind"] == "person":
        return "public"
    return "firm" if household.head.ties[0].company == CASA else "shop"


def _moment(rng: random.Random, day: date) -> datetime:
    """Some time of that day when people work; of the last working day before, where it is none."""
    while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS:
        day -= timedelta(days=1)
    return datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59)), ROME)


def _happens(story: _Story, beat: Beat, at: datetime) -> None:
    with clock.at(at + timedelta(minutes=story.rng.randint(5, 90))):
        if story.pending:
            do_task(*story.pending)
            story.pending = None
        if beat.name == "order":
            _order(story)
        elif beat.name == "end":
            _end(story)
        else:
            _talk(story, beat, at)


def _finish(story: _Story) -> None:
    """What was left to do long ago was done, though nobody wrote more about it."""
    if story.pending and story.pending[1].due_on:
        due = _moment(story.rng, story.pending[1].due_on + timedelta(days=1))
        if due < clock.now() - timedelta(days=12):
            with clock.at(due):
                do_task(*story.pending)


def _talk(story: _Story, beat: Beat, at: datetime) -> None:
    channel, direction, codes, (fewest, most) = _TALKS[beat.name]
    rng, principal = story.rng, _who_acts(story, beat)
    subject, body = _line(story, beat)
    code = rng.choice(codes)
    about, people = _about(story, beat)
    log_interaction(
        principal,
        about,
        channel=channel,
        at=at,
        direction=direction,
        subject=_filled(subject, story, at),
        body=_filled(body, story, at),
        outcome=story.outcomes[channel, code] if code else None,
        minutes=rng.randint(fewest, most) or None,
        colleagues=_colleagues(story, beat),
        people=people,
    )
    about.last_contact_at = about.last_contact_at or at
    if beat.name == "back":
        reopen_relationship(story.company.principals["interno"], story.relationships[0])
    if code in _TODO:
        _plan(story, principal, code)


def _line(story: _Story, beat: Beat) -> Sequence[str]:
    """A subject and its text; none twice before all were written."""
    lines = sentences(story.audience)[beat.name]
    unsaid = [line for line in lines if line not in story.said]
    if not unsaid:
        story.said = [line for line in story.said if line not in lines]
    found = story.rng.choice(unsaid or lines)
    story.said.append(found)
    return found


def _who_acts(story: _Story, beat: Beat) -> Principal:
    """The agent, now and then the colleague who shares the customer; operators hear the complaints."""
    if beat.name in _BY_OPERATOR:
        return story.company.principals["operatore"]
    ties = story.household.head.ties
    agents = [tie.owner for tie in ties if tie.owner] + [name for tie in ties for name in tie.members]
    if not agents:
        return story.company.principals[story.rng.choice(("interno", "operatore"))]
    if beat.name == "offer_sent" and story.rng.random() < 0.5:
        return story.company.principals["interno"]
    is_shared = len(set(agents)) > 1 and story.rng.random() < 0.45
    return story.company.principals[agents[-1] if is_shared else agents[0]]


def _about(story: _Story, beat: Beat) -> tuple[Party, tuple[Party, ...]]:
    """Whom the talk is kept with: the firm with its contact as somebody present, at times the contact himself."""
    if story.audience == "public" or len(story.parties) < 2:
        return story.party, ()
    contact = story.parties[1]
    if beat.name == "season_call" and story.rng.random() < 0.3:
        return contact, ()
    return story.party, (contact,) if beat.name in ("visit", "season_visit") else ()


def _colleagues(story: _Story, beat: Beat) -> tuple[UUID, ...]:
    if beat.name == "season_visit" and story.rng.random() < 0.15:
        return (story.company.people[f"area.{story.household.area}"].id,)
    return ()


def _filled(line: str, story: _Story, at: datetime) -> str:
    season = "primavera/estate" if at.month in (1, 2, 3, 4, 5, 12) else "autunno/inverno"
    who = story.household.who
    return line.format(who=who, Who=who[0].upper() + who[1:], season=f"{season} {at.year}")


def _plan(story: _Story, principal: Principal, code: str) -> None:
    kind, title = _TODO[code]
    due = clock.today(ROME) + timedelta(days=story.rng.randint(1, 10))
    story.pending = principal, add_task(principal, title=title, party=story.party, due_on=due, kind=kind)


def _order(story: _Story) -> None:
    """The first order makes a customer: by the rule, or by hand where somebody says why."""
    reason = story.rng.choice(sentences(story.audience)["order"])[0]
    for place, relationship in enumerate(story.relationships):
        if place and story.rng.random() < 0.4:
            continue
        owner = next((name for name, user in story.company.people.items() if user.id == relationship.owner_id), "")
        principal = story.company.principals[owner or "interno"]
        if story.rng.random() < 0.6:
            move_stage(principal, relationship, to="customer", reason=reason)
        else:
            with transaction.atomic():
                accepted_order(principal, Relationship.objects.select_related("party").get(pk=relationship.pk))


def _end(story: _Story) -> None:
    reason = story.rng.choice(sentences(story.audience)["end"])[0]
    for relationship in story.relationships:
        end_relationship(story.company.principals["interno"], relationship, reason=reason)
