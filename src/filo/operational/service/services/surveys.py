"""Customers are asked how content they were: once, not too often, and answered without signing in."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_text
from filo.foundation.mail.services import queue_mail
from filo.foundation.push.services import publish
from filo.operational.service.events import SatisfactionGiven
from filo.operational.service.models import SCORES, ServiceGroup, Survey, Ticket

SALT = "service.satisfaction"
ASKER = system("satisfaction")
# A group says how long after the end its customers are asked; nobody is asked twice within a month.
AFTER, NOT_AFTER = timedelta(hours=2), timedelta(days=3)
REST = timedelta(days=30)
LINK_DAYS, AT_ONCE = 60, 200


def ask_customers() -> int:
    """Ask those whose request was solved as long ago as its group waits; gives how many were asked."""
    solved = _to_be_asked().filter(_waited_enough())
    return sum(_ask(ticket) for ticket in solved.order_by("solved_at", "id")[:AT_ONCE])


def ask_at_once(ticket: UUID) -> bool:
    """Ask about a request that was solved just now, where its group does not wait; whether it was asked."""
    found = _to_be_asked().filter(pk=ticket, group__asks_after=0).first()
    return found is not None and _ask(found)


def _to_be_asked() -> QuerySet[Ticket]:
    solved = Ticket.objects.filter(state__in=("solved", "closed"), merged_into=None, survey=None)
    solved = solved.filter(solved_at__gte=clock.now() - NOT_AFTER).exclude(contact_address="")
    return solved.filter(Q(group=None) | Q(group__asks_satisfaction=True))


def _waited_enough() -> Q:
    moment = clock.now()
    enough = Q(group=None, solved_at__lte=moment - AFTER)
    for minutes in ServiceGroup.objects.values_list("asks_after", flat=True).distinct().order_by("asks_after"):
        enough |= Q(group__asks_after=minutes, solved_at__lte=moment - timedelta(minutes=minutes))
    return enough


def _ask(ticket: Ticket) -> bool:
    """Send one question, unless the same customer or address was asked within a month."""
    with transaction.atomic():
        locked = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
        who = Q(address=locked.contact_address)
        if locked.party_id:
            who |= Q(party=locked.party_id)
        if locked.is_open or Survey.objects.filter(who, asked_at__gte=clock.now() - REST).exists():
            return False
        survey = Survey.objects.create(
            ticket=locked, party_id=locked.party_id, address=locked.contact_address, asked_at=clock.now()
        )
        _send(survey, locked)
    return True


def _send(survey: Survey, ticket: Ticket) -> None:
    address = f"{settings.SITE_URL.rstrip('/')}{reverse('service:satisfaction', args=[satisfaction_token(survey)])}"
    with translation.override(ticket.language):
        words = {"number": ticket.number, "subject": ticket.subject}
        lines = [
            _("We answered your request %(number)s. Were you content with how we looked after it?") % words,
            "",
            *(f"{label}: {address}?score={score}" for score, label in reversed(labels())),
            "",
            _("One press opens the answer, ready to be sent. If it is not settled yet, just answer this mail."),
        ]
        queue_mail(
            to=survey.address,
            subject=_("How was it? Request %(number)s") % words,
            text="\n".join(lines),
            key=f"satisfaction:{ticket.id}",
        )


def labels() -> list[tuple[int, str]]:
    """The scores in words, from the worst."""
    words = (_("Not at all"), _("Little"), _("So so"), _("Content"), _("Very content"))
    return list(zip(SCORES, words, strict=True))


def satisfaction_token(survey: Survey) -> str:
    """What stands in the link of a survey: for this one purpose."""
    return signing.dumps(str(survey.pk), salt=SALT, compress=True)


def survey_by_token(token: str) -> Survey | None:
    """The survey that a link leads to; None for one that is forged, of another purpose, or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400)
    except signing.BadSignature:
        return None
    return Survey.objects.select_related("ticket").filter(pk=pk).first()


def give_satisfaction(principal: Principal, survey: Survey, *, score: int, comment: str = "") -> Survey:
    """Keep the answer; who answers again has thought better of it. Raises `InvalidFields` for an unknown score."""
    if score not in SCORES:
        raise InvalidFields({"score": _("Choose one of the answers.")})
    with transaction.atomic():
        locked = Survey.objects.select_for_update().get(pk=survey.pk)
        changes = {"score": (locked.score, score)}
        locked.score, locked.answered_at = score, clock.now()
        locked.comment = clean_text(comment, max_length=4_000) or locked.comment
        locked.save()
        record(principal, "ticket.satisfaction", kind="ticket", object_id=locked.ticket_id, changes=changes)
        announce(principal, SatisfactionGiven(ticket=locked.ticket_id, party=locked.party_id, score=score))
        publish(f"ticket:{locked.ticket_id}", "changed")
    return locked
