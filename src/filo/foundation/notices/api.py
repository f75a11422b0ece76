"""One's notices at the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.notices.models import Notice
from filo.foundation.notices.queries import NEWEST_FIRST, Told, own_notice, told
from filo.foundation.notices.services.reading import read_notice, snooze, unread, wake
from filo.foundation.rest.answers import answer
from filo.foundation.rest.errors import ScopeMissing
from filo.foundation.rest.lists import PageParams, page_in
from filo.foundation.rest.requests import ApiRequest, scope_needed
from filo.foundation.rest.schemas import Shape

router = Router(tags=["notices"])


class NoticeAbout(Shape):
    """What a notice is about."""

    kind: str
    id: UUID


class NoticeShape(Shape):
    """A line for oneself, told in the language of the request. `url` leads to the thing, in the pages of Filo."""

    id: UUID
    kind: str
    sentence: str
    about: NoticeAbout | None
    url: str
    count: int
    at: datetime
    read_at: datetime | None
    snoozed_until: datetime | None


class Later(Shape):
    """When a notice comes back. `until` is `hour`, `evening`, `tomorrow`, `week` (next Monday) or `at`, with `at`."""

    until: Literal["hour", "evening", "tomorrow", "week", "at"]
    at: AwareDatetime | None = None


class NoticeList(Shape):
    """A page of notices."""

    items: list[NoticeShape]
    next: str | None


@router.get("/notices", response=NoticeList, summary="List notices")
def list_notices(request: ApiRequest, asked: Query[PageParams]) -> HttpResponse:
    """One's own, the newest first, as far as the token may see what they are about."""
    page = page_in(Notice.objects.visible_to(request.principal).select_related("actor"), NEWEST_FIRST, asked)
    items = [_shape(one) for one in told(request.principal, page.rows)]
    return answer({"items": items, "next": page.next})


@router.post("/notices/{uuid:notice_id}/read", response=NoticeShape, summary="Read a notice")
def read_a_notice(request: ApiRequest, notice_id: UUID) -> HttpResponse:
    """It is read; reading it twice changes nothing. The token has to be one that may write about its subject."""
    principal = _writer(request, notice_id)
    return answer(_shape(told(principal, [read_notice(principal, notice_id)])[0]))


@router.post("/notices/{uuid:notice_id}/unread", response=NoticeShape, summary="Take reading a notice back")
def unread_a_notice(request: ApiRequest, notice_id: UUID) -> HttpResponse:
    """It waits again, unless it was told anew meanwhile."""
    principal = _writer(request, notice_id)
    unread(principal, notice_id=notice_id)
    return answer(_shape(told(principal, [own_notice(principal, notice_id)])[0]))


@router.post("/notices/{uuid:notice_id}/snooze", response=NoticeShape, summary="Put a notice off")
def snooze_a_notice(request: ApiRequest, notice_id: UUID, body: Later) -> HttpResponse:
    """It comes back by itself; until then it does not wait, and nothing of it goes by mail or to browsers."""
    principal = _writer(request, notice_id)
    snooze(principal, notice_id, until=body.until, at=body.at)
    return answer(_shape(told(principal, [own_notice(principal, notice_id)])[0]))


@router.post("/notices/{uuid:notice_id}/wake", response=NoticeShape, summary="Have a notice back now")
def wake_a_notice(request: ApiRequest, notice_id: UUID) -> HttpResponse:
    """It waits again before its time; what is not put off stays as it is."""
    principal = _writer(request, notice_id)
    wake(principal, notice_id)
    return answer(_shape(told(principal, [own_notice(principal, notice_id)])[0]))


def _writer(request: ApiRequest, notice_id: UUID) -> Principal:
    """Who asks, if the notice is his, and the token may write about its subject."""
    principal = request.principal
    found = own_notice(principal, notice_id)
    if not told(principal, [found]):
        raise NotFound
    needed = scope_needed(found.subject_kind or "user", "edit")
    if principal.token_scopes is not None and needed not in principal.token_scopes:
        raise ScopeMissing(needed)
    return principal


def _shape(one: Told) -> dict[str, Any]:
    notice = one.notice
    return {
        "id": notice.id,
        "kind": notice.kind,
        "sentence": one.sentence,
        "about": {"kind": notice.subject_kind, "id": notice.subject_id} if notice.subject_id else None,
        "url": notice.url,
        "count": notice.count,
        "at": notice.at,
        "read_at": notice.read_at,
        "snoozed_until": notice.snoozed_until,
    }
