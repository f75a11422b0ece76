"""Reads for the page of all changes."""

from __future__ import annotations

from dataclasses import dataclass

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.queries import NEWEST_FIRST, ToldAct, told_acts
from filo.foundation.errors import Forbidden
from filo.foundation.history.filters import Narrowing
from filo.foundation.history.policies import sees_all_changes
from filo.foundation.web.paging import Page, page_of

PAGE_SIZE = 50
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Changes:
    """A page of all changes."""

    page: Page[AuditEntry]
    acts: list[ToldAct]


def all_changes(principal: Principal, asked: Narrowing, *, cursor: str = "") -> Changes:
    """Everybody's changes, newest first. Raises `Forbidden`, `BadRequest`."""
    require_all_changes(principal)
    page = page_of(asked.rows(principal.time_zone), NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)
    return Changes(page, told_acts(principal, page.rows))


def require_all_changes(principal: Principal) -> None:
    """Everybody's changes are for administrators. Raises `Forbidden`."""
    if not sees_all_changes(principal):
        raise Forbidden


def people_who_change() -> list[tuple[str, str]]:
    """People by id, to choose from; also those who work here no more."""
    found = User.objects.order_by("given_name", "family_name")[:MOST_PEOPLE]
    return [(str(user.pk), user.name) for user in found]
