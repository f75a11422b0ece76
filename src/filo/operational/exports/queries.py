"""Reads of exports: whose they are, with which rights they are written, and how much has left in a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import Greatest

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.accounts.queries import living_token, person_by_id, principal_of, principal_of_token
from filo.foundation.errors import NotFound
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.exports.models import KEPT, UNDER_WAY, Export, ExportLimits, ExportState

PAGE_SIZE = 50
NEWEST_FIRST = [Key("id", descending=True)]
DAY = timedelta(days=1)
# Where the system asks. Elsewhere nobody's export is one whose person was erased: it must not get rights over all.
BY_ITSELF = ("command", "job")


def export_page(principal: Principal, *, cursor: str = "") -> Page[Export]:
    """A page of exports, newest first. Raises `BadRequest`."""
    return page_of(seen_exports(principal), NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def seen_exports(principal: Principal) -> QuerySet[Export]:
    """The exports that this principal sees."""
    found: QuerySet[Export] = Export.objects.visible_to(principal)
    return found.select_related("created_by")


def seen_export(principal: Principal, export_id: UUID) -> Export:
    """One of them. Raises `NotFound`."""
    found = seen_exports(principal).filter(pk=export_id).first()
    if found is None:
        raise NotFound
    return found


def principal_behind(export: Export) -> Principal:
    """Who takes it out, with the rights as they are now. Raises `NotFound` when the person or the token has ended."""
    if export.token:
        token = living_token(export.token)
        if token is None:
            raise NotFound
        return principal_of_token(token, door="export")
    if export.created_by_id is None and export.door in BY_ITSELF:
        return system("export")
    person = person_by_id(str(export.created_by_id)) if export.created_by_id else None
    if person is None:
        raise NotFound
    return principal_of(person, door="export")


def limits_now() -> ExportLimits:
    """How much may be taken out in a day; as it is from the beginning until somebody changes it."""
    return ExportLimits.objects.first() or ExportLimits()


def taken_in_a_day(principal: Principal) -> int:
    """How many rows this person or token has taken out in the last 24 hours, with those on their way."""
    counted = _lately(principal).exclude(state__in=(ExportState.FAILED, ExportState.CANCELLED))
    expected = counted.filter(state__in=UNDER_WAY).aggregate(rows=Sum(Greatest("total", "rows")))["rows"] or 0
    written = counted.exclude(state__in=UNDER_WAY).aggregate(rows=Sum("rows"))["rows"] or 0
    return int(expected) + int(written)


def day_is_over_in(principal: Principal) -> int:
    """In how many seconds the first of these rows counts no more."""
    first: datetime | None = _lately(principal).aggregate(first=Min("created_at"))["first"]
    return max(1, int(((first or clock.now()) + DAY - clock.now()).total_seconds()))


def has_old_file() -> QuerySet[Export]:
    """The exports whose file has been kept long enough."""
    return Export.objects.filter(state=ExportState.DONE, finished_at__lt=clock.now() - KEPT).order_by("id")


def is_named(sha256: str) -> bool:
    """Whether an export still has the file with this hash."""
    return Export.objects.filter(sha256=sha256, state=ExportState.DONE).exists()


def _lately(principal: Principal) -> QuerySet[Export]:
    """What a person took out by hand does not count for his tokens, nor the other way round."""
    found = Export.objects.filter(created_at__gt=clock.now() - DAY)
    if principal.token_id:
        return found.filter(token=principal.token_id)
    return found.filter(created_by=principal.user_id, token=None)
