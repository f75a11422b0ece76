"""Reads for the pages about people: the list, one of them, and what a change of rights would change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise

from filo.foundation.access.models import Role
from filo.foundation.access.objects import Scope, declared
from filo.foundation.access.principal import Principal
from filo.foundation.access.words import ACTION_LABELS, SCOPE_LABELS
from filo.foundation.accounts.models import SecondFactorRule, SecurityEvent, User, UserSession
from filo.foundation.accounts.queries import principal_of
from filo.foundation.accounts.second_factor import with_second_factor
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.organisation.models import SellingCompany, Unit
from filo.foundation.web.paging import Key, Page, page_of

PAGE_SIZE = 50
BY_NAME = [Key("given_name"), Key("family_name"), Key("id")]
NEWEST_FIRST = [Key("at", descending=True), Key("id", descending=True)]


def require_people(principal: Principal) -> None:
    """The pages about people are for whoever manages them or sees the settings. Raises `Forbidden`."""
    if not (principal.may("user", "manage") or principal.may("settings", "view")):
        raise Forbidden


def people_page(principal: Principal, *, text: str = "", closed: bool = False, cursor: str = "") -> Page[User]:
    """Those who work here, or whose access is closed, by name; every word of `text` is in name or address.

    Raises `Forbidden`, `BadRequest`.
    """
    require_people(principal)
    rows = User.objects.filter(is_active=not closed).select_related("role", "unit")
    for word in text.split()[:6]:
        named = Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word)
        rows = rows.filter(named)
    return page_of(_with_last_seen(with_second_factor(rows)), BY_NAME, size=PAGE_SIZE, cursor=cursor)


def _with_last_seen(rows: QuerySet[User]) -> QuerySet[User]:
    sessions = UserSession.objects.filter(user=OuterRef("pk")).order_by("-seen_at")
    sign_ins = SecurityEvent.objects.filter(user=OuterRef("pk"), kind="signed-in").order_by("-id")
    return rows.annotate(
        last_session=Subquery(sessions.values("seen_at")[:1]),
        last_sign_in=Subquery(sign_ins.values("at")[:1]),
    ).prefetch_related("companies")


def person(principal: Principal, user_id: UUID) -> User:
    """One of them. Raises `Forbidden`, `NotFound`."""
    require_people(principal)
    found = with_second_factor(User.objects.filter(pk=user_id).select_related("role", "unit")).first()
    if found is None:
        raise NotFound
    return found


def security_page(principal: Principal, *, cursor: str = "") -> Page[SecurityEvent]:
    """What happened at the door, newest first. Raises `Forbidden`, `BadRequest`."""
    principal.require("user", "manage")
    return page_of(SecurityEvent.objects.select_related("user"), NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def roles_in_use() -> QuerySet[Role]:
    """Every role; `in_use` says whether somebody has it, `second_factor_days` how soon it needs a second factor."""
    rule = SecondFactorRule.objects.filter(role=OuterRef("pk"))
    return Role.objects.annotate(
        in_use=Exists(User.objects.filter(role=OuterRef("pk"))),
        second_factor_days=Subquery(rule.values("grace_days")[:1]),
    )


@dataclass(frozen=True)
class RightChange:
    """Actions on one object that would all reach further, or all less far, from the same to the same."""

    object: str | Promise
    actions: str
    before: str | Promise
    after: str | Promise
    more: bool


@dataclass(frozen=True)
class RightsPreview:
    """A person's rights before and after a change; higher apps show what else follows (a slot)."""

    before: Principal
    after: Principal
    changes: list[RightChange]


def rights_preview(
    user: User, *, role: Role, unit: Unit | None, companies: Collection[SellingCompany]
) -> RightsPreview:
    """What this person could do and see with another role, unit or companies."""
    before = principal_of(user)
    changed = User(id=user.id, given_name=user.given_name, role=role, unit=unit, time_zone=user.time_zone)
    company_ids = frozenset(company.id for company in companies) or None
    after = replace(principal_of(changed), name=user.name, company_ids=company_ids)
    return RightsPreview(before, after, _right_changes(before, after))


def _right_changes(before: Principal, after: Principal) -> list[RightChange]:
    found = []
    for known in declared():
        moves: dict[tuple[Scope, Scope], list[str]] = {}
        for action in known.actions:
            was, will = before.scope(known.code, action), after.scope(known.code, action)
            if was is not will:
                moves.setdefault((was, will), []).append(str(ACTION_LABELS.get(action, action)))
        for (was, will), actions in moves.items():
            words = SCOPE_LABELS[was], SCOPE_LABELS[will]
            found.append(RightChange(known.label, ", ".join(actions), *words, more=will > was))
    return found
