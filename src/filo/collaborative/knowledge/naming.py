"""What somebody dropped or typed, as the request or the article that it names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from uuid import UUID

from filo.collaborative.knowledge.models import Article
from filo.foundation.access.principal import Principal
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import ticket_by_number

_TICKET = re.compile(r"/tickets/([0-9a-f-]{36})")
_ARTICLE = re.compile(r"/knowledge/([0-9a-f-]{36})")
_TOLD = re.compile(r"/p/kb/([a-z0-9-]{1,80})")


def thing_named(principal: Principal, text: str) -> Ticket | Article | None:
    """By its address (as a link that is dropped gives it), the number of a request, the title or code of an article.

    None for what this principal does not see.
    """
    line = next((line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    path = urlsplit(line).path if "/" in line else ""
    if found := _TICKET.match(path):
        return _ticket(principal, UUID(found[1]) if _is_id(found[1]) else None)
    if found := _ARTICLE.match(path):
        return _articles(principal, id=found[1]) if _is_id(found[1]) else None
    if found := _TOLD.match(path):
        return _articles(principal, code=found[1])
    ticket = ticket_by_number(line)
    if ticket is not None:
        return _ticket(principal, ticket.pk)
    return _articles(principal, code=line[:80]) or _articles(principal, texts__title__iexact=line[:200])


def _ticket(principal: Principal, ticket_id: UUID | None) -> Ticket | None:
    if ticket_id is None or not principal.may("ticket", "view"):
        return None
    return Ticket.objects.visible_to(principal).filter(pk=ticket_id).first()


def _articles(principal: Principal, **condition: str) -> Article | None:
    return Article.objects.visible_to(principal).for_list().filter(**condition).first() if condition else None


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
