"""Loads the demo company once, in steps that are each whole or not there: killed in the middle, it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from filo.config.demo.agenda import fill_agendas
from filo.config.demo.articles import write_articles
from filo.config.demo.assistant import remember_purchase, set_up_sections
from filo.config.demo.cast import Cast, Size, cast
from filo.config.demo.catalogue import fill_catalogue
from filo.config.demo.chat import set_up_chat
from filo.config.demo.company import BUILDER, add_staff, add_structure, the_company
from filo.config.demo.deals import set_up_deals, tell_deals
from filo.config.demo.entrance import let_in
from filo.config.demo.facts import tell_facts
from filo.config.demo.history import ROME, tell_story
from filo.config.demo.mailboxes import add_mailboxes
from filo.config.demo.named import others, tell_of_the_rossis
from filo.config.demo.offers import tell_offers
from filo.config.demo.pages import write_pages
from filo.config.demo.payments import take_money, tell_payments
from filo.config.demo.prices import set_up_prices, tell_prices
from filo.config.demo.quotes import tell_quotes
from filo.config.demo.requests import set_up_service, tell_requests
from filo.config.demo.roster import Household
from filo.config.demo.sales import set_up_sales, tell_sales
from filo.config.demo.sequences import write_sequences
from filo.config.demo.shop import fill_the_windows, set_up_shop
from filo.config.demo.talks import strangers_write
from filo.config.demo.team import tell_team
from filo.config.demo.telephone import set_up_telephone
from filo.config.demo.trees import draw_trees, walk_trees
from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import record
from filo.foundation.bulk import learn_sizes
from filo.foundation.errors import DomainError
from filo.foundation.organisation.queries import the_firm
from filo.operational.interactions.outcomes import make_ready_outcomes

SPACE = UUID("7b0c5d6e-6b3f-5a86-9a4e-0d1f6c2b8a11")  # under which the steps have their ids
STORIES_A_STEP, PARTIES_A_WAVE = 10, 500
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Step:
    """One part of the loading: done in a transaction that also notes, in the audit, that it is done."""

    name: str
    says: str
    run: Callable[[], object]

    @property
    def id(self) -> UUID:
        return uuid5(SPACE, self.name)


def load(*, empty: bool = False, size: Size | None = None, tell: Progress = lambda _says, _done, _all: None) -> int:
    """Load what is not there yet; gives how many steps that took (0: everything was there).

    `tell(what, done, of)` is called before each step. Raises `DomainError` where another firm lives already.
    """
    _refuse_other_firm()
    if _is_done(_last(empty=empty)):
        return 0
    steps = [step for step in _steps(size or Size(), empty=empty) if not _is_done(step)]
    for number, step in enumerate(steps):
        tell(step.says, number, len(steps))
        with transaction.atomic():
            step.run()
            record(BUILDER, "demo.load", kind="demo", object_id=step.id, changes={"step": (None, step.name)})
    learn_sizes()
    tell("", len(steps), len(steps))
    return len(steps)


def _refuse_other_firm() -> None:
    if the_firm() and not _is_done(_STRUCTURE):
        sentence = _("Another firm lives in this database: give the demo one of its own, with FILO_DATA_DIR=DIRECTORY.")
        raise DomainError(sentence, code="firm-exists")


def _is_done(step: Step) -> bool:
    return AuditEntry.objects.filter(kind="demo", object_id=step.id).exists()


_STRUCTURE = Step("structure", "the firm", add_structure)


def _last(*, empty: bool) -> Step:
    return _OPENING[-1] if empty else _CLOSING[-1]


def _add_people() -> None:
    add_staff()
    make_ready_outcomes()


def _fill_agendas() -> None:
    fill_agendas(the_company())


def _fill_catalogue() -> None:
    fill_catalogue(the_company())


def _set_up_service() -> None:
    set_up_service(the_company())


def _tell_team() -> None:
    tell_team(the_company())


def _tell_requests() -> None:
    tell_requests(the_company())


def _set_up_prices() -> None:
    set_up_prices(the_company())


def _tell_prices() -> None:
    tell_prices(the_company())


def _set_up_deals() -> None:
    set_up_deals(the_company())


def _set_up_sales() -> None:
    set_up_sales(the_company())


def _set_up_shop() -> None:
    set_up_shop(the_company())


def _remember_purchase() -> None:
    remember_purchase(the_company())


def _tell_offers() -> None:
    tell_offers(the_company())


def _set_up_telephone() -> None:
    set_up_telephone(the_company())


def _tell_deals() -> None:
    tell_deals(the_company())


# What every house has, also one without customers, in this order; the last one done is an empty demo that is whole.
_OPENING = (
    Step("staff", "the people", _add_people),
    Step("service", "the groups", _set_up_service),
    Step("catalogue", "the catalogue", _fill_catalogue),
    Step("prices", "the prices", _set_up_prices),
    Step("pipelines", "the pipelines", _set_up_deals),
    Step("sales", "the papers", _set_up_sales),
    Step("mailboxes", "the mailboxes", add_mailboxes),
    Step("chat", "the chat", set_up_chat),
    Step("money", "the ways to pay", take_money),
    Step("shop", "the shop", _set_up_shop),
    Step("sections", "the sections of the shop", set_up_sections),
    Step("articles", "the knowledge base", write_articles),
    Step("sequences", "the sequences of mails", write_sequences),
    Step("trees", "the guides", draw_trees),
    Step("pages", "the public pages", write_pages),
)
# What comes after the stories; the last one done is a demo that is whole.
_CLOSING = (
    Step("agendas", "the agendas", _fill_agendas),
    Step("team", "the day of the team", _tell_team),
    Step("walks", "who walked the guides", walk_trees),
    Step("requests", "the requests", _tell_requests),
    Step("price-lists", "the price lists", _tell_prices),
    Step("deals", "the deals", _tell_deals),
    Step("quotes", "the quotes", tell_quotes),
    Step("for-children", "what was bought for children", _remember_purchase),
    Step("orders", "the orders", tell_sales),
    Step("payments", "the payments", tell_payments),
    Step("windows", "the windows of the shop", fill_the_windows),
    Step("telephone", "the telephone", _set_up_telephone),
    Step("offers", "the offers", _tell_offers),
    Step("facts", "what is known of customers", tell_facts),
    Step("strangers", "who wrote this morning", strangers_write),
)


def _steps(size: Size, *, empty: bool) -> Iterator[Step]:
    yield _STRUCTURE
    yield from _OPENING
    if not empty:
        found = cast(size)
        yield from _waves(found)
        yield from _stories(found)
        yield from _CLOSING


def _waves(found: Cast) -> Iterator[Step]:
    """Those who are only known came with an import, from three years ago to the last months."""
    waves = list(_in_waves(found.known))
    for number, households in enumerate(waves):
        days = 1100 - 1000 * number // max(1, len(waves) - 1)
        yield Step(f"wave-{number}", "customers", partial(_bring_wave, households, days))


def _in_waves(households: Sequence[Household]) -> Iterator[list[Household]]:
    wave: list[Household] = []
    for household in households:
        wave.append(household)
        if sum(len(found.guests) for found in wave) >= PARTIES_A_WAVE:
            yield wave
            wave = []
    if wave:
        yield wave


def _bring_wave(households: Sequence[Household], days: int) -> None:
    company = the_company()
    day = clock.today(ROME) - timedelta(days=days)
    with clock.at(datetime.combine(day, time(10, 30), ROME)):
        let_in(company, company.principals["admin"].through("import"), households, source="demo")


def _stories(found: Cast) -> Iterator[Step]:
    """Those with years of history, some at a time; the ones everybody looks for come last."""
    for first in range(0, len(found.stories), STORIES_A_STEP):
        some = found.stories[first : first + STORIES_A_STEP]
        yield Step(f"stories-{first}", "stories", partial(_tell_some, some, first))
    yield Step("named", "stories", _tell_named)


def _tell_some(households: Sequence[Household], first: int) -> None:
    company, outcomes = the_company(), make_ready_outcomes()
    for number, household in enumerate(households, start=first):
        tell_story(company, outcomes, household, number)


def _tell_named() -> None:
    company, outcomes = the_company(), make_ready_outcomes()
    for number, household in enumerate(others()):
        tell_story(company, outcomes, household, -1 - number)
    tell_of_the_rossis(company, outcomes)
