"""How well customers are served: kept promises, age of what is open, satisfaction, where complaints come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Avg, Count, DateField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.operational.parties.queries.naming import names_of
from filo.operational.service.filters import CHANNELS
from filo.operational.service.models import Complaint, ServiceGroup, Ticket

MONTHS, MOST_CUSTOMERS = 6, 10
# (label, from so many days on, until before so many; the operators of the list's filter for it)
AGES = ((0, 1), (1, 3), (3, 7), (7, 14), (14, 30), (30, None))


@dataclass(frozen=True)
class Level:
    """What was kept of what was promised for some requests. Shares are whole percents, None without a case."""

    name: str
    code: str
    opened: int
    solved: int
    answered_in_time: int | None
    solved_in_time: int | None
    at_first_contact: int | None
    hours_to_answer: float | None
    minutes_to_person: int | None
    satisfaction: float | None
    answers: int = 0


NOTHING = Level("", "", 0, 0, None, None, None, None, None, None)


@dataclass(frozen=True)
class Age:
    """How many open requests are so old."""

    label: str
    number: int
    query: str
    share: int


@dataclass(frozen=True)
class Report:
    """The page of the service level."""

    whole: Level
    groups: list[Level]
    months: list[Level]
    channels: list[Level]
    customers: list[Level]
    ages: list[Age] = field(default_factory=list)


@dataclass(frozen=True)
class Bar:
    """A cause (or a product, or an agent) of complaints: how many, what they cost, and the share up to here."""

    name: str
    query: str
    number: int
    cost: Decimal
    share: int
    together: int


def service_report(principal: Principal, *, since: date, until: date) -> Report:
    """Requests opened in these days, all together, by group, channel and customer, and by month; and how old is what
    is open now.
    """
    seen = Ticket.objects.visible_to(principal).filter(merged_into=None)
    rows = seen.filter(opened_at__gte=clock.midnight(since), opened_at__lt=clock.midnight(until + timedelta(days=1)))
    return Report(
        whole=_levels(rows.annotate(part=Value(1)))[1],
        groups=_by_group(rows),
        months=_by_month(seen, _months(until)),
        channels=_by_channel(rows),
        customers=_by_customer(principal, rows),
        ages=_ages(seen),
    )


def level_of_party(principal: Principal, party: UUID) -> Level:
    """What was kept of what was promised to a customer in the last twelve months, as far as one sees it."""
    seen = Ticket.objects.visible_to(principal).filter(merged_into=None, party=party)
    rows = seen.filter(opened_at__gte=clock.now() - timedelta(days=365))
    return _levels(rows.annotate(part=Value(1)))[1]


def _by_group(rows: QuerySet[Ticket]) -> list[Level]:
    levels = _levels(rows.annotate(part=F("group")))
    groups = ServiceGroup.objects.in_bulk([key for key in levels if key])
    named = [
        replace(level, name=groups[key].name, code=groups[key].code) if key else replace(level, name=_("No group"))
        for key, level in levels.items()
    ]
    return sorted(named, key=lambda level: (not level.code, level.name))


def _by_channel(rows: QuerySet[Ticket]) -> list[Level]:
    names = dict(CHANNELS)
    levels = _levels(rows.annotate(part=F("channel")))
    named = [replace(level, name=str(names.get(code, code)), code=code) for code, level in levels.items()]
    return sorted(named, key=lambda level: -level.opened)


def _by_customer(principal: Principal, rows: QuerySet[Ticket]) -> list[Level]:
    """Those who asked most, as far as one sees them."""
    counted = rows.exclude(party=None).order_by().values("party").annotate(how_many=Count("id"))
    most = [row["party"] for row in counted.order_by("-how_many", "party")[:MOST_CUSTOMERS]]
    levels, names = _levels(rows.filter(party__in=most).annotate(part=F("party"))), names_of(principal, most)
    return [replace(levels[key], name=names[key], code=str(key)) for key in most if key in names]


def _by_month(seen: QuerySet[Ticket], months: Sequence[date]) -> list[Level]:
    zone = timezone.get_current_timezone()
    rows = seen.filter(opened_at__gte=clock.midnight(months[0]), opened_at__lt=clock.midnight(_next_month(months[-1])))
    found = _levels(rows.annotate(part=TruncMonth("opened_at", output_field=DateField(), tzinfo=zone)))
    return [replace(found.get(month, NOTHING), name=formats.date_format(month, "F Y").capitalize()) for month in months]


def _levels(rows: QuerySet[Any]) -> dict[Any, Level]:
    """What was kept, for each part (`part`) of some requests."""
    found = (
        rows.order_by()
        .values("part")
        .annotate(
            opened=Count("id"),
            solved=Count("id", filter=Q(solved_at__isnull=False)),
            answered=Count("id", filter=Q(responded_at__isnull=False, respond_by__isnull=False)),
            answered_in_time=Count("id", filter=Q(responded_at__lte=F("respond_by"))),
            promised=Count("id", filter=Q(solved_at__isnull=False, solve_by__isnull=False)),
            solved_in_time=Count("id", filter=Q(solved_at__lte=F("solve_by"))),
            never_back=Count("id", filter=Q(solved_at__isnull=False, reopened=0, waited__lte=0)),
            to_answer=Avg(F("responded_at") - F("opened_at")),
            to_person=Avg("person_waited"),
            score=Avg("survey__score"),
            answers=Count("survey__score"),
        )
    )
    return defaultdict(lambda: NOTHING, {row["part"]: _level(row) for row in found})


def _level(found: Mapping[str, Any]) -> Level:
    to_answer = found["to_answer"]
    return Level(
        name=_("All"),
        code="",
        opened=found["opened"],
        solved=found["solved"],
        answered_in_time=_percent(found["answered_in_time"], found["answered"]),
        solved_in_time=_percent(found["solved_in_time"], found["promised"]),
        at_first_contact=_percent(found["never_back"], found["solved"]),
        hours_to_answer=round(to_answer.total_seconds() / 3600, 1) if to_answer is not None else None,
        minutes_to_person=round(found["to_person"]) if found["to_person"] is not None else None,
        satisfaction=round(found["score"], 1) if found["score"] is not None else None,
        answers=found["answers"],
    )


def _percent(part: int, of: int) -> int | None:
    return round(100 * part / of) if of else None


def _ages(seen: QuerySet[Ticket]) -> list[Age]:
    moment, found = clock.now(), []
    rows = seen.exclude(state__in=("solved", "closed"))
    counts = rows.aggregate(**{f"n{first}": Count("id", filter=_aged(moment, first, last)) for first, last in AGES})
    most = max([*counts.values(), 1])
    for first, last in AGES:
        number = counts[f"n{first}"]
        query = f"open=yes&opened=older-than-days:{first}" if first else "open=yes"
        query += f"&opened=within-days:{last}" if last else ""
        found.append(Age(_age_words(first, last), number, query, round(100 * number / most)))
    return found


def _aged(moment: datetime, first: int, last: int | None) -> Q:
    found = Q(opened_at__lte=moment - timedelta(days=first))
    return found & Q(opened_at__gt=moment - timedelta(days=last)) if last else found


def _age_words(first: int, last: int | None) -> str:
    if last is None:
        return _("over %(days)s days") % {"days": first}
    if first == 0:
        return _("today and yesterday")
    return _("%(first)s to %(last)s days") % {"first": first, "last": last}


def _months(until: date) -> list[date]:
    first, found = until.replace(day=1), []
    for _number in range(MONTHS):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


# What complaints can be counted by: the column of the name, that of the code in the list's filter, and its field.
BY = {
    "cause": ("complaint__cause__name", "complaint__cause", "cause"),
    "product": ("product", "product", "product"),
    "agent": ("owner__email", "owner", "owner"),
    "group": ("group__name", "group__code", "group"),
}


def pareto(principal: Principal, *, since: date, until: date, by: str) -> list[Bar]:
    """Complaints of these days by cause (or product, agent, group), the most frequent first."""
    name, code, parameter = BY[by]
    rows = Ticket.objects.visible_to(principal).filter(type="complaint", merged_into=None)
    rows = rows.filter(opened_at__gte=clock.midnight(since), opened_at__lt=clock.midnight(until + timedelta(days=1)))
    counted = rows.values_list(name, code).annotate(how_many=Count("id"), cost=Sum("complaint__cost"))
    found = sorted(counted, key=lambda row: (-row[2], str(row[0])))
    if by == "agent":
        people = {user.id: user.name for user in User.objects.filter(pk__in=[row[1] for row in found if row[1]])}
        found = [(people.get(key), key, number, cost) for _address, key, number, cost in found]
    return list(_bars(found, parameter, f"type=complaint&opened=after:{since - timedelta(days=1)}"))


def _bars(rows: Sequence[Any], parameter: str, query: str) -> list[Bar]:
    whole, most, so_far, bars = sum(row[2] for row in rows) or 1, max([row[2] for row in rows] or [1]), 0, []
    for name, code, number, cost in rows:
        so_far += number
        asked = f"{query}&{urlencode({parameter: code or ('empty:' if parameter == 'product' else 'none')})}"
        bars.append(
            Bar(
                name=str(name or _("not said")),
                query=asked,
                number=number,
                cost=cost or Decimal(0),
                share=round(100 * number / most),
                together=round(100 * so_far / whole),
            )
        )
    return bars


def complaints_by_month(principal: Principal, *, until: date) -> list[tuple[str, str, int, int]]:
    """How many complaints came in each of the last months: month, its rows in the list, number, share of the most."""
    seen = Ticket.objects.visible_to(principal).filter(type="complaint", merged_into=None)
    months = _months(until)
    zone = timezone.get_current_timezone()
    rows = seen.filter(opened_at__gte=clock.midnight(months[0]), opened_at__lt=clock.midnight(_next_month(months[-1])))
    by_month = rows.annotate(part=TruncMonth("opened_at", output_field=DateField(), tzinfo=zone)).order_by()
    found = dict(by_month.values_list("part").annotate(how_many=Count("id")))
    counted = [(month, found.get(month, 0)) for month in months]
    most = max([1, *(number for _month, number in counted)])
    return [
        (formats.date_format(month, "M Y").capitalize(), _query_of(month), number, round(100 * number / most))
        for month, number in counted
    ]


def _query_of(month: date) -> str:
    return f"type=complaint&opened=after:{month - timedelta(days=1)}&opened=before:{_next_month(month)}"


def repeated_complaints(principal: Principal, *, since: date) -> list[tuple[Any, int]]:
    """Customers who complained more than once since a day: (party id, how often), the most often first."""
    rows = Ticket.objects.visible_to(principal).filter(type="complaint", opened_at__gte=clock.midnight(since))
    counted = (
        rows.exclude(party=None).order_by().values_list("party").annotate(how_many=Count("id")).filter(how_many__gt=1)
    )
    return sorted(counted, key=lambda row: -row[1])[:10]


def cost_of_complaints(principal: Principal, *, since: date, until: date) -> Decimal:
    """What the complaints of these days cost."""
    rows = Ticket.objects.visible_to(principal).filter(
        type="complaint", opened_at__gte=clock.midnight(since), opened_at__lt=clock.midnight(until + timedelta(days=1))
    )
    found = Complaint.objects.filter(ticket__in=rows.values("pk")).aggregate(cost=Sum("cost"))["cost"]
    return found or Decimal(0)
