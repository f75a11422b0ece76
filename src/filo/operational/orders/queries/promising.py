"""By which day goods arrive: so many working days of the house after they were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from filo.foundation.hours.reckoning import Hours
from filo.foundation.hours.services import default_calendar, hours_of
from filo.foundation.organisation.models import SellingCompany
from filo.operational.orders.models import OrderPromise
from filo.operational.orders.models.settings import PROMISED_DAYS

FARTHEST = timedelta(days=1000)


def promised_days(company_id: UUID) -> int:
    """How many working days a company promises."""
    found = OrderPromise.objects.filter(company=company_id).values_list("days", flat=True).first()
    return PROMISED_DAYS if found is None else found


def promises_of(companies: Iterable[SellingCompany]) -> list[OrderPromise]:
    """What each company promises, in their order; of one that said nothing what is usual, with the version 0."""
    rows = list(companies)
    said = {row.company_id: row for row in OrderPromise.objects.filter(company__in=rows)}
    found = [said.get(company.pk) or OrderPromise(company=company, version=0) for company in rows]
    for row, company in zip(found, rows, strict=True):
        row.company = company
    return found


def promised_day(company_id: UUID, moment: datetime) -> date:
    """The day by which goods arrive that are ordered at a moment; the day itself is not counted."""
    hours = hours_of(default_calendar())
    return working_day_after(hours, moment.astimezone(hours.zone).date(), promised_days(company_id))


def working_day_after(hours: Hours, day: date, number: int) -> date:
    """So many working days after a day: weekends, holidays and the house's closed days are not counted."""
    left, found = number, day
    while left > 0 and found - day < FARTHEST:
        found += timedelta(days=1)
        if works_on(hours, found):
            left -= 1
    return found


def works_on(hours: Hours, day: date) -> bool:
    """Whether anybody works on that day."""
    return any(hours.spans(day))
