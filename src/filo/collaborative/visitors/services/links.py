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
MOST_NAMESAKES = 5


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
    """Mail a link that signs in, to who has this address; nobody learns whether there is one.

    Where several customers share it, as in a family, the one mail holds a link for each, by name.
    leads_to: the page under /p/ that is wanted.
    """
    normalised = address.strip().casefold()
    points = ContactPoint.objects.filter(normalised=normalised, type__in=("email", "pec"), party__deleted_at=None)
    parties = list(Party.objects.filter(pk__in=points.values("party")).order_by("pk")[:MOST_NAMESAKES])
    if not parties:
        return
    with transaction.atomic():
        context = {"next": leads_to} if leads_to else None
        links = [(party.display_name, address_of_link(make_link(party, "portal", context))) for party in parties]
        with translation.override(language):
            queue_mail(to=normalised, subject=_("Your sign-in"), text=_words_of(links))


def _words_of(links: list[tuple[str, str]]) -> str:
    """What the mail says, of (name, address of the link)."""
    if len(links) == 1:
        return _(
            "Good day,\n\nthis link opens your area with us. It holds once, for twenty minutes:\n\n%(link)s\n\n"
            "If it was not you who asked for it, you need do nothing."
        ) % {"link": links[0][1]}
    return _(
        "Good day,\n\nmore than one customer has this address with us. Each link opens the area of the one it is for; "
        "it holds once, for twenty minutes:\n\n%(links)s\n\n"
        "If it was not you who asked for it, you need do nothing."
    ) % {"links": "\n\n".join(f"{name}\n{link}" for name, link in links)}
