"""Customers of the demo who asked by mail: what they wrote stands in the inbox, with what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F

from filo.collaborative.inbox.findable import keep_words
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.queries.senders import Sender
from filo.collaborative.inbox.services.notes import add_note
from filo.collaborative.inbox.services.taking_in import Arrived, take_in
from filo.collaborative.inbox.services.telling import tell_story
from filo.collaborative.mailroom.models import Mailbox
from filo.config.demo.company import BUILDER
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.operational.parties.models import Party
from filo.operational.service.models import Ticket
from filo.operational.service.services import change_ticket, note_answer

POST = system("mail")
ANSWERS = {
    "question": "Buongiorno,\n\ngrazie della domanda. Le confermo che si può fare e le mando i dettagli in giornata.",
    "fault": "Buongiorno,\n\nci dispiace del guasto. Per sistemarlo mi servono due foto e il numero sull’etichetta.",
    "complaint": "Buongiorno,\n\nha ragione e ce ne scusiamo. Provvediamo noi a nostre spese: le scrivo a giorni.",
    "return": "Buongiorno,\n\nil reso è autorizzato: passa il corriere nei prossimi giorni, basta la scatola chiusa.",
}
# (subject, name, address, words): what came in this morning from people whom nobody knows yet.
STRANGERS = (
    (
        "Vorrei rivendere i vostri capi",
        "Ilaria Pozzi",
        "ilaria.pozzi@bottegapozzi.example",
        "Buongiorno,\nho un negozio a Lucca e vorrei rivendere le vostre maglie. A chi devo rivolgermi?\nIlaria Pozzi",
    ),
    (
        "Preventivo per venti camere",
        "Hotel Miramonti",
        "direzione@miramonti.example",
        "Buongiorno,\nrinnoviamo venti camere entro maggio: ci servono letti, comodini e tende. Potete venire?",
    ),
    (
        "Orari di domenica",
        "Tommaso Riva",
        "tommaso.riva@posta.example",
        "Ciao, domenica siete aperti? Vorrei passare con mia moglie a provare un divano.",
    ),
)


def asked_by_mail(facts: Mapping[str, Any], party: Party, address: str, *, priority: str) -> Ticket:
    """The request that a customer's mail opens now, at the mailbox of its group."""
    box = Mailbox.objects.in_use().filter(group__code=facts["group"]).select_related("group", "company").first()
    message = take_in(POST, _mail(facts["subject"], party.display_name, address, facts["text"], box))
    ticket = message.conversation.ticket
    assert ticket is not None  # noqa: S101  (a first mail of a customer opens one)
    more = {"type": facts["type"], "priority": priority, "product": facts["product"]}
    return change_ticket(BUILDER, ticket, **more)


def answered_by_mail(who: Principal, ticket: Ticket, facts: Mapping[str, Any]) -> bool:
    """Answer and note in the request's conversation; False where there is none, or it is not this colleague's."""
    talk = Conversation.objects.filter(ticket=ticket).select_related("mailbox", "party").first()
    if talk is None or not CONVERSATION_EDITED.allows(who, talk):
        return False
    add_note(who, talk, facts["note"])
    _answer(who, talk, ANSWERS[facts["type"]])
    note_answer(who, ticket, at=clock.now(), automatic=False)
    return True


def _answer(who: Principal, talk: Conversation, text: str) -> None:
    """As it stood after it had left; the demo itself mails nobody."""
    now = clock.now()
    reply = Message.objects.create(
        conversation=talk,
        direction="out",
        at=now,
        author_id=who.user_id,
        author_name=who.name,
        from_address=talk.mailbox.address if talk.mailbox else "",
        to=[talk.contact_address],
        subject=f"Re: {talk.subject}",
        text=text,
        reply_text=text,
        delivery="left",
        created_at=now,
    )
    keep_words(reply)
    Conversation.objects.filter(pk=talk.pk).update(
        state="waiting",
        waiting_since=None,
        last_at=now,
        last_direction="out",
        snippet=text[:300],
        messages_count=F("messages_count") + 1,
    )
    if talk.party:
        tell_story(who, talk, reply)


def strangers_write() -> None:
    """They wait in the inbox to be sorted; what the knowledge base knows is answered as soon as jobs run."""
    box = Mailbox.objects.in_use().filter(answers_automatically=True).select_related("group", "company").first()
    for place, (subject, name, address, text) in enumerate(STRANGERS):
        with clock.at(clock.now() - timedelta(minutes=95 + 40 * place)):
            take_in(POST, _mail(subject, name, address, text, box))


def _mail(subject: str, name: str, address: str, text: str, box: Mailbox | None) -> Arrived:
    return Arrived(
        channel="mail",
        sender=Sender(address, name),
        subject=subject,
        text=text,
        reply_text=text,
        at=clock.now(),
        mailbox=box,
        to=[box.address] if box else (),
    )
