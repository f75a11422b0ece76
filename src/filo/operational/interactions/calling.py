"""Verbs about calls: start the clock, stop it, keep what is typed, write it up once, let it go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.push.services import publish
from filo.operational.interactions.events import CallEnded, CallStarted, CallWrappedUp
from filo.operational.interactions.models import Call, Interaction, Outcome
from filo.operational.interactions.services import BODY_LIMIT, log_interaction
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_SEEN

KEPT_DROPPED, KEPT_SAVED = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class WrapUp:
    """What is written up about a call. Without a title, a day alone asks for a call back."""

    outcome: Outcome | None = None
    subject: str = ""
    body: str = ""
    minutes: int | None = None
    next_title: str = ""
    next_due: date | None = None


def start_call(
    principal: Principal, party: Party, *, number: str = "", direction: str = "out", reference: str = ""
) -> Call:
    """The clock runs; for one who is on the line with this party already it goes on.

    Another call that runs is over now. A `reference` known already gives that call. Raises `Forbidden`.
    """
    principal.require("interaction", "create")
    if principal.user_id is None:
        raise Forbidden
    with transaction.atomic():
        # whoever presses twice, or has two windows open, waits here
        person = User.objects.select_for_update(of=("self",)).get(pk=principal.user_id)
        known = Call.objects.filter(reference=reference, person=person).first() if reference else None
        if known:
            return known
        running = Call.objects.select_for_update(of=("self",)).filter(person=person, state="running").first()
        if running and running.party_id == party.pk and not reference:
            return running
        if running:
            _end(principal, running, clock.now())
        call = Call.objects.create(
            person=person,
            unit_id=person.unit_id,
            party=party,
            number=clean_line(number, max_length=40),
            direction=direction if direction in ("in", "out") else "out",
            reference=reference[:120],
            started_at=clock.now(),
        )
        record(principal, "call.start", kind="call", object_id=call.id, changes={"party": (None, party.pk)})
        announce(principal, CallStarted(call=call.id, party=party.pk))
        _tell_pages(principal, call)
    return call


def end_call(principal: Principal, call: Call, *, at: datetime | None = None) -> Call:
    """The clock stops; stopping twice changes nothing. Raises `Forbidden`."""

    def end(locked: Call) -> None:
        if locked.state == "running":
            moment = min(at or clock.now(), clock.now())
            _end(principal, locked, max(moment, locked.started_at))

    return _with_own(principal, call, end)


def keep_draft(principal: Principal, call: Call, said: WrapUp) -> Call:
    """What was typed waits; nothing is kept of a call that was written up or let go. Raises `Forbidden`."""

    def keep(locked: Call) -> None:
        if locked.state in ("running", "ended"):
            _write_draft(locked, said)
            locked.save()
            _tell_pages(principal, locked)

    return _with_own(principal, call, keep)


def wrap_up(principal: Principal, call: Call, said: WrapUp) -> Call:
    """What was said goes into the story, and the next step onto the list, in one act; saving twice writes once.

    Raises `Forbidden`, and `InvalidFields` with nothing written.
    """
    principal.require("interaction", "create")

    def save(locked: Call) -> None:
        if locked.state not in ("running", "ended"):
            return
        if not PARTY_SEEN.allows(principal, locked.party):
            raise Forbidden(_("You no longer look after this customer. Hand your note to whoever does."))
        if locked.state == "running":
            _end(principal, locked, clock.now())
        locked.interaction = _log(principal, locked, said)
        locked.state = "saved"
        _write_draft(locked, WrapUp())  # it stands in the story now, once
        locked.save()
        changes = {"state": ("ended", "saved")}
        record(principal, "call.wrap-up", kind="call", object_id=locked.id, changes=changes)
        announce(principal, CallWrappedUp(call=locked.id, party=locked.party_id, interaction=locked.interaction.id))
        _tell_pages(principal, locked)

    return _with_own(principal, call, save)


def drop_call(principal: Principal, call: Call) -> Call:
    """It needs no note; it can be brought back for a week. Raises `Forbidden`."""
    return _move(principal, call, "call.drop", {"running": "dropped", "ended": "dropped"})


def bring_call_back(principal: Principal, call: Call) -> Call:
    """It needs a note after all. Raises `Forbidden`."""
    return _move(principal, call, "call.bring-back", {"dropped": "ended"})


def forget_calls() -> int:
    """What was written up or let go long enough ago; the story keeps what was said. Gives how many."""
    moment = clock.now()
    dropped = Call.objects.filter(state="dropped", ended_at__lt=moment - KEPT_DROPPED)
    saved = Call.objects.filter(state="saved", ended_at__lt=moment - KEPT_SAVED)
    return dropped.delete()[0] + saved.delete()[0]


def _with_own(principal: Principal, call: Call, change: Callable[[Call], None]) -> Call:
    if principal.user_id is None or call.person_id != principal.user_id or principal.viewed_by:
        raise Forbidden
    with transaction.atomic():
        locked = Call.objects.select_for_update(of=("self",)).select_related("party", "outcome").get(pk=call.pk)
        change(locked)
    return locked


def _end(principal: Principal, locked: Call, moment: datetime) -> None:
    locked.state, locked.ended_at = "ended", moment
    locked.save(update_fields=["state", "ended_at"])
    record(principal, "call.end", kind="call", object_id=locked.id, changes={"state": ("running", "ended")})
    announce(principal, CallEnded(call=locked.id, party=locked.party_id))
    _tell_pages(principal, locked)


def _move(principal: Principal, call: Call, action: str, ways: dict[str, str]) -> Call:
    def move(locked: Call) -> None:
        before = locked.state
        if before not in ways:
            return
        locked.state = ways[before]
        locked.ended_at = locked.ended_at or clock.now()
        locked.save(update_fields=["state", "ended_at"])
        record(principal, action, kind="call", object_id=locked.id, changes={"state": (before, locked.state)})
        _tell_pages(principal, locked)

    return _with_own(principal, call, move)


def _write_draft(locked: Call, said: WrapUp) -> None:
    locked.outcome = said.outcome
    locked.subject = clean_line(said.subject, max_length=200)
    locked.body = clean_text(said.body, max_length=BODY_LIMIT)
    locked.minutes = said.minutes if said.minutes is not None and 0 <= said.minutes <= 24 * 60 else None
    locked.next_title = clean_line(said.next_title, max_length=200)
    locked.next_due = said.next_due


def _log(principal: Principal, locked: Call, said: WrapUp) -> Interaction:
    back = said.next_due is not None and not said.next_title.strip()
    return log_interaction(
        principal,
        locked.party,
        channel="call",
        at=locked.started_at,
        direction=locked.direction,
        subject=said.subject,
        outcome=said.outcome,
        body=said.body,
        minutes=said.minutes if said.minutes is not None else locked.lasted,
        number=locked.number,
        next_title=_("Call back") if back else said.next_title,
        next_due=said.next_due,
        next_kind="call" if back else "task",
    )


def _tell_pages(principal: Principal, call: Call) -> None:
    publish(f"user:{call.person_id}", "calls", by=principal.page)
