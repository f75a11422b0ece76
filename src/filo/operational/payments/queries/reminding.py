"""What is to be reminded of today, and in what words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.operational.payments.bank.interest import late_interest
from filo.operational.payments.models import Due, InterestRate, Reminder, ReminderStep
from filo.operational.payments.queries.public import pay_link
from filo.operational.payments.words import day_words

TAGS = ("customer", "document", "document_date", "due_date", "days", "left", "amount", "interest", "company", "link")
_TAG = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


@dataclass(frozen=True)
class Letter:
    """A mail as it would go; `to` is empty where no address is known."""

    due: Due
    step: ReminderStep
    to: str
    subject: str
    text: str
    interest: Decimal


def letters_of_today(principal: Principal) -> list[Letter]:
    """Those that one could send today, what is latest first; at most two hundred."""
    steps = list(ReminderStep.objects.filter(active=True))
    if not steps:
        return []
    rates = known_rates()
    rows = Due.objects.visible_to(principal).unpaid().for_list().filter(due_on__lt=clock.today(), disputed_at=None)
    rows = rows.prefetch_related("reminders", "party__contact_points").order_by("due_on", "id")
    found = []
    for due in rows[:1000]:
        step = step_for(due, steps, {one.after_days for one in due.reminders.all()})
        if step is not None:
            found.append(written(due, step, rates))
        if len(found) == 200:
            break
    return found


def reminders_sent(principal: Principal) -> QuerySet[Reminder]:
    """The reminders of what one sees, without order."""
    seen = Due.objects.visible_to(principal).values("pk")
    return Reminder.objects.filter(due__in=seen).select_related("due").order_by()


def letter_for(due: Due) -> Letter | None:
    """The one of a due that is next today; None where it is not to be reminded of."""
    sent = set(Reminder.objects.filter(due=due).values_list("after_days", flat=True))
    step = step_for(due, list(ReminderStep.objects.filter(active=True)), sent)
    return written(due, step, known_rates()) if step else None


def step_for(due: Due, steps: list[ReminderStep], sent: set[int]) -> ReminderStep | None:
    """The last step whose day has come, unless it or a later one was sent: nobody gets three at once."""
    if due.settled_on is not None or due.disputed_at is not None:
        return None
    come = [step for step in steps if step.after_days <= due.days_late]
    step = max(come, key=lambda one: one.after_days, default=None)
    return step if step and not any(days >= step.after_days for days in sent) else None


def known_rates() -> list[tuple[date, Decimal]]:
    """From which day which rate holds."""
    return list(InterestRate.objects.values_list("since", "percent"))


def interest_of(due: Due, rates: list[tuple[date, Decimal]]) -> Decimal:
    """What law gives until today; nothing of a person, to whom D.Lgs. 231/2002 does not apply."""
    if due.party.is_person or not due.days_late:
        return Decimal(0)
    return late_interest(due.left, due_on=due.due_on, until=clock.today(), rates=rates)


def written(due: Due, step: ReminderStep, rates: list[tuple[date, Decimal]]) -> Letter:
    """The mail of a step in the customer's language."""
    english = due.party.language == "en"
    language, interest = ("en" if english else "it"), interest_of(due, rates)
    values = {
        "customer": due.party.salutation,
        "document": due.document,
        "document_date": day_words(due.document_on),
        "due_date": day_words(due.due_on),
        "days": str(due.days_late),
        "left": money_words(due.left, due.currency, language=language),
        "amount": money_words(due.amount, due.currency, language=language),
        "interest": money_words(interest, due.currency, language=language),
        "company": due.company.legal_name or due.company.name,
        "link": pay_link(due),
    }
    subject = filled_in(step.subject_en if english else step.subject_it, values)
    text = filled_in(step.text_en if english else step.text_it, values)
    return Letter(due, step, _address(due), " ".join(subject.split())[:200], text, interest)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Merge tags without any logic; one that is not known leaves nothing behind."""
    return _TAG.sub(lambda found: values.get(found.group(1), ""), text)


def unknown_tags(text: str) -> list[str]:
    """Those that mean nothing, so that no letter leaves with a hole in it."""
    return [name for name in _TAG.findall(text) if name not in TAGS]


def _address(due: Due) -> str:
    """The one that is preferred, else the first."""
    points = [point for point in due.party.contact_points.all() if point.type == "email"]
    return max(points, key=lambda point: point.preferred).value if points else ""
