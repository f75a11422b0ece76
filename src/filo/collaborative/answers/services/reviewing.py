"""A person looks at what was answered: leaves it, takes the conversation over, or corrects it, which teaches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from filo.collaborative.answers.events import AnswerReviewed, CustomerUnhappy
from filo.collaborative.answers.models import AutoReply
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.services.telling import conversation_changed
from filo.collaborative.inbox.services.working import assign, set_state
from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.services import add_phrasing
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import announce

MOST_LEARNT = 300


def leave_it(principal: Principal, answer: AutoReply) -> AutoReply:
    """The answer was right: the conversation is done, and the question becomes another way to ask for the article."""
    locked = _review(principal, answer, "left")
    set_state(principal, locked.conversation, "done")
    if locked.article and locked.outcome == "answered":
        _learn(principal, locked.article, locked)
    return locked


def take_over(principal: Principal, answer: AutoReply) -> AutoReply:
    """A person goes on with it: the conversation is his, and open."""
    locked = _review(principal, answer, "taken")
    conversation = assign(principal, locked.conversation, principal.user_id)
    set_state(principal, conversation, "open")
    return locked


def correct(principal: Principal, answer: AutoReply, *, text: str, article: Article | None = None) -> AutoReply:
    """Write to the customer what is right; with an `article` the question leads there from now on.

    What the wrong article had learnt from this question is forgotten. Raises `Forbidden`, `InvalidFields`.
    """
    with transaction.atomic():
        locked = _review(principal, answer, "corrected")
        conversation = Conversation.objects.select_related("party", "ticket", "group", "mailbox").get(
            pk=locked.conversation_id
        )
        send_message(principal, conversation, Answer(text, then="waiting"))
        if article is not None:
            locked.article = article
            locked.save(update_fields=["article"])
            _learn(principal, article, locked)
    return locked


def look_again(principal: Principal, answer: AutoReply) -> AutoReply:
    """What was decided is taken back (undo): it waits to be looked at once more."""
    return _review(principal, answer, "")


def customer_unhappy(principal: Principal, message: Message) -> AutoReply | None:
    """The customer answers an automatic answer and is not content: it waits for a person, and the group is told."""
    with transaction.atomic():
        rows = AutoReply.objects.select_for_update(of=("self",)).filter(conversation=message.conversation_id)
        answer = rows.filter(outcome="answered", unhappy_at=None, person_at=None).order_by("-at").first()
        if answer is None:
            return None
        answer.unhappy_at, answer.review, answer.version = message.at, "", answer.version + 1
        answer.save(update_fields=["unhappy_at", "review", "version"])
        record(principal, "answer.unhappy", kind="conversation", object_id=answer.conversation_id, changes={})
        announce(principal, CustomerUnhappy(answer=answer.id, conversation=answer.conversation_id))
    return answer


def person_answered(conversation_id: UUID, message: Message) -> None:
    """A person has written: the time until then is known, and nobody has to be called any more."""
    AutoReply.objects.filter(conversation=conversation_id, person_at=None).update(person_at=message.at)


def _review(principal: Principal, answer: AutoReply, decision: str) -> AutoReply:
    if not CONVERSATION_EDITED.allows(principal, answer.conversation):
        raise Forbidden
    with transaction.atomic():
        rows = AutoReply.objects.select_for_update(of=("self",)).select_related("conversation", "article", "question")
        locked = rows.get(pk=answer.pk)
        changes: dict[str, Any] = {"review": (locked.review, decision)}
        locked.review, locked.version = decision, locked.version + 1
        locked.reviewed_by_id = principal.user_id if decision else None
        locked.reviewed_at = clock.now() if decision else None
        locked.save(update_fields=["review", "version", "reviewed_by", "reviewed_at"])
        record(principal, "answer.review", kind="conversation", object_id=locked.conversation_id, changes=changes)
        announce(principal, AnswerReviewed(answer=locked.id, conversation=locked.conversation_id, decision=decision))
        conversation_changed(principal, locked.conversation)
    return locked


def _learn(principal: Principal, article: Article, answer: AutoReply) -> None:
    """Another way to ask for the article, as a customer put it; only for who may write articles."""
    text = (answer.question.reply_text or answer.question.text).strip()
    if text and len(text) <= MOST_LEARNT and principal.may("article", "edit"):
        add_phrasing(principal, article, text=text, language=answer.language, source="learnt")
