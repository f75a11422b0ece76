"""What an exchange says of a call. A call never goes back, so that a message that comes twice or late does nothing;
only that somebody had lifted is still learned after the end.

An answered call starts the clock of whoever speaks (`interactions.calling`), its end stops it and asks for the note.
"""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.db import transaction

from filo.collaborative.telephony.models import RANKS, PhoneCall, PhoneLine, PhoneSeat
from filo.collaborative.telephony.providers.contract import Message, News
from filo.collaborative.telephony.queries.exchanges import exchange_of, hook_of, provider_of
from filo.collaborative.telephony.queries.finding import with_number, written_number
from filo.collaborative.telephony.services.telling import tell_over, tell_pages
from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.errors import DomainError
from filo.foundation.folding import clean_line
from filo.operational.interactions.calling import end_call, start_call
from filo.operational.interactions.queries import running_call
from filo.operational.parties.services.timeline import untell
from filo.operational.service.queries.finding import members_of

STATES = {"ringing": "ringing", "answered": "talking", "ended": "ended"}


def receive(line: PhoneLine, message: Message) -> tuple[str, str]:
    """Take in what an exchange sent; gives what it is answered (its type, its text).

    Raises `Forged` for what is not its; then nothing is kept.
    """
    provider = provider_of(line)
    news = provider.read(exchange_of(line), message)
    for one in news:
        hear(line, one)
    return provider.answer(news, _extensions(line), hook_of(line))


def hear(line: PhoneLine, news: News) -> PhoneCall:
    """The effect of one message."""
    with transaction.atomic():
        call, made = _call(line, news)
        if not made and call.recording == "" and news.recording.startswith("https://"):
            call.recording = news.recording
            call.save(update_fields=["recording"])
        if made or RANKS[STATES[news.step]] > RANKS[call.state]:
            _move(line, call, news)
        elif news.step == "answered" and call.state == "missed" and call.ended_at and news.at <= call.ended_at:
            _was_answered(line, call, news)
    return call


def _call(line: PhoneLine, news: News) -> tuple[PhoneCall, bool]:
    number = written_number(news.number)
    parties = list(with_number(number)[:2]) if number else []
    values = {
        "direction": news.direction,
        "number": number,
        "said": "" if number else clean_line(news.number, max_length=60),
        "party": parties[0] if len(parties) == 1 else None,
        "group": line.group,
        "unit_id": line.group.unit_id if line.group else None,
        "began_at": min(news.at, clock.now()),
        "recording": news.recording if news.recording.startswith("https://") else "",
    }
    made = PhoneCall(line=line, reference=news.call, **values)
    before = PhoneCall.objects.filter(line=line, reference=news.call).exists()
    PhoneCall.objects.bulk_create([made], ignore_conflicts=True)
    rows = PhoneCall.objects.select_for_update(of=("self",)).select_related("party", "person", "call", "group")
    return rows.get(line=line, reference=news.call), not before


def _move(line: PhoneLine, call: PhoneCall, news: News) -> None:
    moment = min(news.at, clock.now())
    person = _at_extension(line, news.extension)
    if person is not None and (call.person_id is None or news.step == "answered"):
        call.person, call.unit_id = person, person.unit_id
    if news.step == "answered":
        call.state, call.answered_at = "talking", max(moment, call.began_at)
    elif news.step == "ended":
        call.state = "ended" if call.answered_at else "missed"
        call.ended_at = max(moment, call.answered_at or call.began_at)
    call.save()
    if news.step == "answered":
        begin_note(call)
    elif news.step == "ended":
        _end_note(call)
        tell_over(call)
    tell_pages(call)


def _was_answered(line: PhoneLine, call: PhoneCall, news: News) -> None:
    """That somebody lifted was told after the end, though it came before: nobody missed it."""
    call.person = _at_extension(line, news.extension) or call.person
    call.unit_id = call.person.unit_id if call.person else call.unit_id
    call.state, call.answered_at = "ended", max(news.at, call.began_at)
    call.save()
    untell("phone-call", call.pk)
    begin_note(call)
    tell_over(call)
    tell_pages(call)


def begin_note(call: PhoneCall) -> None:
    """The clock of whoever speaks starts, where it is known who calls; called in the transaction that locked it."""
    person = _who(call.person_id)
    if person is None or call.party is None or call.call_id is not None or call.state == "missed":
        return
    if call.state == "ended" and running_call(principal_of(person)):  # he is on another already: its clock goes on
        return
    with contextlib.suppress(DomainError):  # who may log no calls has no note to write
        call.call = start_call(
            principal_of(person),
            call.party,
            number=call.number,
            direction=call.direction,
            reference=f"{call.line_id}:{call.reference}"[:120],
        )
        call.save(update_fields=["call"])
        if call.state == "ended":
            _end_note(call)


def _end_note(call: PhoneCall) -> None:
    person = _who(call.call.person_id) if call.call else None
    if person is not None and call.call is not None:
        with contextlib.suppress(DomainError):
            end_call(principal_of(person), call.call, at=call.ended_at)


def _at_extension(line: PhoneLine, extension: str) -> User | None:
    if not extension:
        return None
    seat = PhoneSeat.objects.filter(line=line, extension=extension, user__is_active=True).first()
    return _who(seat.user_id) if seat else None


def _who(user_id: UUID | None) -> User | None:
    return User.objects.select_related("role", "unit").filter(pk=user_id, is_active=True).first() if user_id else None


def _extensions(line: PhoneLine) -> list[str]:
    """The telephones that a call to this line rings: those of its group, or all where it has none."""
    seats = PhoneSeat.objects.filter(line=line, user__is_active=True).exclude(extension="")
    if line.group:
        seats = seats.filter(user__in=members_of(line.group))
    return list(seats.order_by("extension").values_list("extension", flat=True))
