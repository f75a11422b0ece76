"""What was answered to a request, and which articles may answer it."""

from __future__ import annotations

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.queries.finding import ids_in_order
from filo.collaborative.knowledge.questions.asking import ask
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.service.models import Ticket

LONGEST = 2_000


def answer_given(principal: Principal, ticket: Ticket) -> str:
    """The last that a colleague wrote to the customer, as far as this principal may read it; "" for nothing."""
    seen = Conversation.objects.visible_to(principal).filter(ticket=ticket)
    said = Message.objects.filter(conversation__in=seen, direction="out", kind="message").order_by("-at", "-id")
    text = said.values_list("reply_text", "text").first()
    return (text[0] or text[1]).strip()[:LONGEST] if text else ""


def may_answer(principal: Principal, ticket: Ticket) -> list[Article]:
    """Articles that come near to what a request asks, the nearest first."""
    question = f"{ticket.subject}\n{ticket.description}"[:LONGEST]
    found = ask(question, language=ticket.language, at=clock.now(), audience="internal", group=ticket.group_id)
    ids = [passage.article_id for passage in found.passages]
    rows = Article.objects.visible_to(principal).for_list().filter(pk__in=ids)
    return ids_in_order(list(rows), ids)
