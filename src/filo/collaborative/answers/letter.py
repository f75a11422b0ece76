"""What an automatic answer says, in the customer's language: the answer, the number, the group, the ways on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from filo.collaborative.answers.ways import Way
from filo.collaborative.inbox.models import Conversation
from filo.foundation.italy.salutation import addressee, guess_gender
from filo.operational.service.queries.waiting import Wait
from filo.operational.service.words import wait_words


@dataclass(frozen=True)
class Told:
    """The answer as the knowledge base has it, and when it holds (both days included)."""

    text: str
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def subject_for(conversation: Conversation, *, proved: bool) -> str:
    """ "Re: " with the words of the sender only where the address is known to be his; the number in any case."""
    with translation.override(conversation.language):
        number = f" [#{conversation.ticket.number}]" if conversation.ticket else ""
        if proved and conversation.subject:
            return f"Re: {conversation.subject}"[: 480 - len(number)] + number
        return _("Your request") + number


def letter_with(
    conversation: Conversation,
    told: Told,
    *,
    day: date,
    link: str,
    proved: bool,
    wait: Wait | None = None,
    way: Way | None = None,
) -> str:
    """The letter that answers the question asked on that day; `wait` is what who would rather have a person waits."""
    with translation.override(conversation.language):
        parts = [_greeting(conversation, proved=proved), _("thank you for writing to us."), told.text.strip()]
        parts.append(_validity(told, day))
        parts.append(_offered(way))
        parts.append(_ways_on(conversation, link, wait))
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Guide:
    """A guide of ours that may lead on, and where it is walked."""

    title: str
    link: str


def receipt(
    conversation: Conversation,
    *,
    link: str,
    proved: bool,
    wait: Wait | None = None,
    guide: Guide | None = None,
    way: Way | None = None,
) -> str:
    """The letter that says only that the question has come in, and who answers it; a `guide` may help meanwhile."""
    with translation.override(conversation.language):
        parts = [
            _greeting(conversation, proved=proved),
            _("thank you for writing to us: we have received your message."),
            _("Perhaps this helps meanwhile, step by step: %(title)s\n%(link)s")
            % {"title": guide.title, "link": guide.link}
            if guide
            else "",
            _offered(way),
            _ways_on(conversation, link, wait),
        ]
        return "\n\n".join(part for part in parts if part)


def _greeting(conversation: Conversation, *, proved: bool) -> str:
    """ "Sig. Mario Rossi," where we know who it is; nobody is called by a name that only a stranger wrote."""
    party = conversation.party
    if not proved or party is None:
        return _("Dear customer,")
    name = addressee(
        kind=party.kind,
        language=conversation.language,
        title=party.title,
        gender=party.gender or guess_gender(party.given_name) or "",
        given_name=party.given_name,
        family_name=party.family_name,
        legal_name=party.legal_name or party.display_name,
    )
    return f"{name}," if name else _("Dear customer,")


def _validity(told: Told, day: date) -> str:
    """From when, and until when, what was told holds, where that is not plain on the day of asking."""
    start, end = told.valid_from, told.valid_to
    if start and start > day:
        if end:
            return _("This holds from %(start)s to %(end)s.") % {"start": _day(start), "end": _day(end)}
        return _("This holds from %(start)s.") % {"start": _day(start)}
    return _("This holds until %(end)s.") % {"end": _day(end)} if end else ""


def _offered(way: Way | None) -> str:
    return f"{way.sentence}\n{way.link}" if way else ""


def _day(day: date) -> str:
    """1 giugno 2027: Italian writes its months small."""
    spelt = date_format(day, "j F Y")
    return spelt.lower() if (translation.get_language() or "it").startswith("it") else spelt


def _ways_on(conversation: Conversation, link: str, wait: Wait | None) -> str:
    lines = []
    ticket, group = conversation.ticket, conversation.group
    if ticket:
        lines.append(
            _("Your request has the number %(number)s, which also holds on the telephone.") % {"number": ticket.number}
        )
    if group:
        lines.append(_("We have passed it on to the group %(group)s, which looks after it.") % {"group": group.name})
    told = " ".join(lines)
    ways = _("Go on, or speak to a person: %(link)s") % {"link": link} if link else ""
    expected = wait_words(wait, lasting=True) if wait else ""
    answer = _("You can also simply answer this mail.")
    return "\n\n".join(part for part in (told, ways, f"{answer} {expected}".strip()) if part)
