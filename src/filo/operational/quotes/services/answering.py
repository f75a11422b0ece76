"""The customer answers: takes it, with the optional lines that he chose, or does not, or asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.jobs.services import enqueue
from filo.operational.quotes.events import QuoteAccepted, QuoteQuestion, QuoteRejected
from filo.operational.quotes.models import Quote, QuoteLine, QuoteQuestionAsked, QuoteSignature
from filo.operational.quotes.queries.finding import lines_of
from filo.operational.quotes.queries.sums import sums_of
from filo.operational.quotes.services.changing import (
    about,
    change,
    keep,
    locked_quote,
    page_of_quote_changed,
    refuse_unless,
    remember,
    require_quote,
    tell_of,
)
from filo.operational.quotes.words import expired_words

EVIDENCE_JOB = "quotes.print_evidence"
MOST_QUESTIONS = 20


@dataclass(frozen=True)
class Evidence:
    """Who accepts and how that is known. drawn_id: the stored picture of a drawn signature. sha256: of the PDF that
    was before the customer.
    """

    name: str
    drawn_id: UUID | None = None
    sha256: str = ""
    ip: str | None = None
    user_agent: str = ""
    note: str = ""


def accept_quote(
    principal: Principal, quote: Quote, *, evidence: Evidence, chosen: Collection[UUID] | None = None
) -> Quote:
    """The customer takes it. `chosen` are the optional lines that he takes (None: those chosen already).

    A colleague writes down what he heard, with a note; the customer (a part of the system, by his link) signs.
    Raises `Forbidden`, `InvalidFields` (no name, no note), `DomainError` (answered already, past, replaced).
    """
    by_customer = principal.kind == "system"
    if not by_customer:
        require_quote(principal, quote)
    name, note = clean_line(evidence.name, max_length=120), clean_line(evidence.note, max_length=500)
    if not name:
        raise InvalidFields({"name": _("Write your name.") if by_customer else _("Say who accepted.")})
    if not by_customer and not note:
        raise InvalidFields({"note": _("Say how the customer accepted: by telephone, by mail, signed on paper.")})
    with transaction.atomic():
        locked = locked_quote(quote)
        _refuse_late(locked)
        lines = _choose(locked, chosen)
        changes: dict[str, tuple[Any, Any]] = {"state": (locked.state, "accepted")}
        sums = sums_of(lines, gross=locked.gross, currency=locked.currency).as_facts()
        changes |= {key: (getattr(locked, key), new) for key, new in sums.items() if getattr(locked, key) != new}
        for key, new in sums.items():
            setattr(locked, key, new)
        locked.state, locked.answered_at = "accepted", clock.now()
        keep(locked)
        _sign(principal, locked, evidence, name, note, lines)
        event = QuoteAccepted(
            **about(locked),
            number=locked.name,
            total=str(locked.total),
            currency=locked.currency,
            by_customer=by_customer,
        )
        remember(principal, locked, "accept", changes, event)
        tell_of(
            principal,
            locked,
            "quote.accepted",
            outcome=money_words(locked.total, locked.currency),
            **({"direction": "in", "actor_id": None, "actor_name": name} if by_customer else {"excerpt": note}),
        )
        enqueue(EVIDENCE_JOB, key=f"{locked.pk}", quote=str(locked.pk))
    return locked


def _refuse_late(locked: Quote) -> None:
    """One clear sentence for whoever comes too late, or in a second window."""
    if locked.state == "accepted":
        signed = QuoteSignature.objects.filter(quote=locked).first()
        told = {"name": signed.name if signed else ""}
        raise DomainError(_("%(name)s has accepted this quote already.") % told, code="quote-accepted")
    refuse_unless(locked, "sent", "viewed")
    if locked.is_past:
        raise DomainError(expired_words(locked), code="quote-expired")


def _choose(locked: Quote, chosen: Collection[UUID] | None) -> list[QuoteLine]:
    lines = lines_of(locked)
    if chosen is None:
        return lines
    known = {line.pk for line in lines if line.optional}
    if set(chosen) - known:
        raise InvalidFields({"chosen": _("What was chosen is not on this quote.")})
    turned = [line for line in lines if line.optional and line.chosen != (line.pk in chosen)]
    for line in turned:
        line.chosen = line.pk in chosen
    QuoteLine.objects.bulk_update(turned, ["chosen"])
    return lines


def _sign(
    principal: Principal, locked: Quote, evidence: Evidence, name: str, note: str, lines: list[QuoteLine]
) -> None:
    QuoteSignature.objects.create(
        quote=locked,
        at=clock.now(),
        name=name,
        drawn_id=evidence.drawn_id,
        sha256=evidence.sha256 or (locked.document.sha256 if locked.document else ""),
        chosen=[str(line.pk) for line in lines if line.optional and line.chosen],
        total=locked.total,
        ip=evidence.ip,
        user_agent=evidence.user_agent[:300],
        user_id=principal.user_id,
        note=note,
    )


def reject_quote(principal: Principal, quote: Quote, *, reason: str) -> Quote:
    """The customer does not take it, and why. Raises `Forbidden`, `InvalidFields` (no reason), `DomainError`."""
    by_customer = principal.kind == "system"
    if not by_customer:
        require_quote(principal, quote)
    said = clean_line(reason, max_length=500)
    if not said:
        sentence = _("Tell us why, in a few words.") if by_customer else _("Say why: that is what one learns from.")
        raise InvalidFields({"reason": sentence})
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.state == "rejected":
            return locked
        refuse_unless(locked, "sent", "viewed", "expired")
        facts = {"state": "rejected", "answered_at": clock.now(), "reject_reason": said}
        telling = lambda found: QuoteRejected(**about(found), by_customer=by_customer)  # noqa: E731
        found, _changes = change(principal, locked, facts, what="reject", telling=telling)
        more = {"direction": "in", "actor_id": None, "actor_name": found.party.display_name} if by_customer else {}
        tell_of(principal, found, "quote.rejected", excerpt=said, **more)
    return found


def ask_about_quote(principal: Principal, quote: Quote, text: str) -> QuoteQuestionAsked:
    """The customer asks something on its page. Raises `InvalidFields`, `DomainError` (far too many)."""
    said = clean_text(text, max_length=5_000).strip()
    if not said:
        raise InvalidFields({"text": _("Write your question.")})
    with transaction.atomic():
        locked = locked_quote(quote)
        if locked.questions.count() >= MOST_QUESTIONS:
            raise DomainError(_("Please call us or answer our mail: that is quicker now."), code="quote-questions")
        asked = QuoteQuestionAsked.objects.create(quote=locked, at=clock.now(), text=said)
        tell_of(
            principal,
            locked,
            "quote.question",
            direction="in",
            excerpt=said[:600],
            actor_id=None,
            actor_name=locked.party.display_name,
        )
        announce(principal, QuoteQuestion(**about(locked), question=asked.pk))
        page_of_quote_changed(principal, locked)
    return asked
