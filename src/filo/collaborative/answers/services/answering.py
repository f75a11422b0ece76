"""Answers a question from the knowledge base when it is sure enough, else says courteously that it has come in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from filo.collaborative.answers.events import AnsweredByItself
from filo.collaborative.answers.guards import why_silent
from filo.collaborative.answers.letter import Guide, Told, letter_with, receipt, subject_for
from filo.collaborative.answers.models import AutoReply
from filo.collaborative.answers.ways import way_for
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.knowledge.models import ArticleText
from filo.collaborative.knowledge.questions.asking import Passage, ask
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.trees.queries.offering import trees_for
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.foundation.placeholders import MissingValue, fill
from filo.operational.service.queries import status_link
from filo.operational.service.queries.waiting import wait_to_expect


@dataclass(frozen=True)
class _Decided:
    """What to answer: with an article (`passage` and what it says), or only that the question has come in."""

    confidence: float = 0.0
    passage: Passage | None = None
    told: Told | None = None


def answer_by_itself(principal: Principal, message_id: UUID) -> AutoReply | None:
    """Answer a message once, in one transaction with what is written down about it.

    None for a message that is gone, or of a conversation whose mailbox answers nothing. One at a time for each
    mailbox, so that two mails of one sender at the same moment get one answer.
    """
    with transaction.atomic():
        message = Message.objects.filter(pk=message_id).first()
        if message is None or message.kind != "message":
            return None
        known = AutoReply.objects.filter(question=message).first()
        if known is not None:
            return known
        rows = Conversation.objects.select_related("party", "ticket", "group", "mailbox", "company")
        conversation = rows.get(pk=message.conversation_id)
        if conversation.mailbox is None or not conversation.mailbox.answers_automatically:
            return None
        list(Mailbox.objects.select_for_update(of=("self",)).filter(pk=conversation.mailbox.pk))
        why = why_silent(conversation, message)
        return _keep_silent(conversation, message, why) if why else _answer(principal, conversation, message)


def _keep_silent(conversation: Conversation, message: Message, why: str) -> AutoReply | None:
    """Only a matter's beginning is written down; that a talk goes on between people is nothing to look at."""
    if why in ("not-first", "machine", "off"):
        return None
    return _store(conversation, message, outcome="silent", why=why)


def _answer(principal: Principal, conversation: Conversation, message: Message) -> AutoReply:
    # Nothing of his words goes back to an address that is not proved his: nobody has us write them to others.
    proved, decided = conversation.proved, _decide(conversation, message)
    link = status_link(conversation.ticket) if conversation.ticket else ""
    day = message.at.date()
    told, wait = decided.told, wait_to_expect(conversation.group, clock.now())
    with translation.override(conversation.language):
        way = way_for(conversation, message)
    text = (
        letter_with(conversation, told, day=day, link=link, proved=proved, wait=wait, way=way)
        if told
        else receipt(conversation, link=link, proved=proved, wait=wait, guide=_guide(conversation, message), way=way)
    )
    reply = send_message(
        principal,
        conversation,
        Answer(text, subject_for(conversation, proved=proved), then="waiting" if told else "open", quoted=False),
        automatic=True,
    )
    found = _store(
        conversation,
        message,
        outcome="answered" if told else "receipt",
        confidence=round(decided.confidence, 4),
        article_id=decided.passage.article_id if decided.passage else None,
        reply=reply,
        # A receipt asks nobody to look at what was answered: the conversation itself waits for a person.
        review="" if told else "left",
    )
    changes = {"outcome": (None, found.outcome), "confidence": (None, found.confidence)}
    record(principal, "answer.send", kind="conversation", object_id=conversation.id, changes=changes)
    announce(
        principal,
        AnsweredByItself(
            answer=found.id, conversation=conversation.id, article=found.article_id, percent=found.percent
        ),
    )
    return found


def _guide(conversation: Conversation, message: Message) -> Guide | None:
    """The tree that may lead on where no article answers."""
    question, language = f"{conversation.subject}\n{message.reply_text or message.text}", conversation.language
    tree = next(iter(trees_for(question, language, "public", limit=1)), None)
    if tree is None or tree.live is None:
        return None
    with translation.override(language):
        return Guide(tree.live.title, settings.SITE_URL.rstrip("/") + reverse("trees:guide", args=[tree.code]))


def _decide(conversation: Conversation, message: Message) -> _Decided:
    party = conversation.party
    customer = bool(party and party.relationships.filter(stage="customer", ended_at=None).exists())
    found = ask(
        f"{conversation.subject}\n{message.reply_text or message.text}".strip(),
        language=conversation.language,
        at=message.at,
        audience="customers" if customer and conversation.proved else "public",
        group=conversation.group_id,
    )
    if not found.passages:
        return _Decided()
    best = found.passages[0]
    told = _told(best, conversation) if found.understood else None
    return _Decided(best.confidence, best, told)


def _told(passage: Passage, conversation: Conversation) -> Told | None:
    """What the article says, in the customer's language if it has it; None where it has a hole that nobody can fill."""
    texts = {row.language: row for row in ArticleText.objects.filter(article=passage.article_id)}
    text = texts.get(conversation.language) or texts.get(passage.language)
    if text is None:
        return None
    values = {"request.number": conversation.ticket.number if conversation.ticket else ""}
    if conversation.group:
        values["group.name"] = conversation.group.name
    try:
        return Told(fill(text.answer, values), text.title, passage.valid_from, passage.valid_to)
    except MissingValue:
        return None


def _store(conversation: Conversation, message: Message, **facts: object) -> AutoReply:
    return AutoReply.objects.create(
        conversation=conversation,
        question=message,
        address=conversation.contact_address,
        language=conversation.language,
        at=message.at,
        **facts,
    )
