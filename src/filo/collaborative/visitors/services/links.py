"""Personal links: made for a mail, opened by one browser, sent again to the address that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from filo.collaborative.visitors.models import LEVELS, PersonalLink, Visitor
from filo.collaborative.visitors.queries.links import address_of_link
from filo.collaborative.visitors.services.recognising import recognise
from filo.foundation import clock
from filo.foundation.mail.services import queue_mail
from filo.operational.parties.models import ContactPoint, Party

LASTS = {"assistant": timedelta(days=30), "shop": timedelta(days=30), "portal": timedelta(minutes=20)}
MOST_NAMESAKES = 2


@dataclass(frozen=True)
class Opened:
    """What became of opening a link: the visitor to go on with, his new secret if any; why it did not (`refused`)."""

    link: PersonalLink
    visitor: Visitor | None = None
    key: str = ""
    refused: str = ""  # late, used


def make_link(party: Party, purpose: str, context: dict[str, Any] | None = None) -> PersonalLink:
    """A link for one mail to this customer."""
    moment = clock.now()
    return PersonalLink.objects.create(
        party=party, purpose=purpose, context=context or {}, made_at=moment, ends_at=moment + LASTS[purpose]
    )


def open_link(link: PersonalLink, visitor: Visitor) -> Opened:
    """Recognise the browser by a link: the first one that opens it, and that one again, as long as it holds."""
    moment = clock.now()
    if moment >= link.ends_at or link.party.deleted_at is not None:
        return Opened(link, refused="late")
    with transaction.atomic():
        Visitor.objects.select_for_update().get(pk=visitor.pk)  # before its links, as `undo_recognition`
        rows = PersonalLink.objects.filter(Q(used_by=None, used_at=None) | Q(used_by=visitor.pk), pk=link.pk)
        if link.purpose == "portal":  # a sign-in holds once, also for the browser that used it
            rows = PersonalLink.objects.filter(used_at=None, pk=link.pk)
        if not rows.update(used_at=moment):
            return Opened(link, refused="used")
        known, key = recognise(visitor, link.party, way=LEVELS[link.purpose])
        PersonalLink.objects.filter(pk=link.pk).update(used_by=known)
    return Opened(link, known, key)


def send_sign_in(address: str, *, language: str, leads_to: str = "") -> None:
    """Mail a link that signs in, to the one customer who has this address; nobody learns whether there is one.

    leads_to: the page under /p/ that he wanted.
    """
    normalised = address.strip().casefold()
    points = ContactPoint.objects.filter(normalised=normalised, type__in=("email", "pec"), party__deleted_at=None)
    parties = list(Party.objects.filter(pk__in=points.values("party")).order_by("pk")[:MOST_NAMESAKES])
    if len(parties) != 1:
        return
    with transaction.atomic():
        link = make_link(parties[0], "portal", {"next": leads_to} if leads_to else None)
        with translation.override(language):
            queue_mail(
                to=normalised,
                subject=_("Your sign-in"),
                text=_(
                    "Good day,\n\nthis link opens your area with us. It holds once, for twenty minutes:\n\n%(link)s\n\n"
                    "If it was not you who asked for it, you need do nothing."
                )
                % {"link": address_of_link(link)},
            )
