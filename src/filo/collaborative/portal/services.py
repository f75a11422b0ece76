"""What a customer does in his area: he asks, wants his contact details changed, and takes his data."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from filo.collaborative.portal.queries import party_of
from filo.foundation.access.principal import Principal, system
from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.exports.services.personal import take_personal_data
from filo.operational.parties.models import Party
from filo.operational.service.models import Ticket
from filo.operational.service.services import open_ticket

TYPES = ("question", "fault", "complaint", "return")
PORTAL = system("portal")


def ask(principal: Principal, *, subject: str, text: str, type: str = "question", product: str = "") -> Ticket:
    """Open a request of whoever signed in. Raises `InvalidFields`."""
    party = _party(principal)
    problems = {}
    if not subject.strip():
        problems["subject"] = _("Say in a few words what it is about.")
    if not text.strip():
        problems["text"] = _("Write what you want to tell us.")
    if type not in TYPES:
        problems["type"] = _("Choose one of these.")
    if problems:
        raise InvalidFields(problems)
    return _open(party, subject=subject, text=text, type=type, product=product)


def want_change(principal: Principal, *, text: str) -> Ticket:
    """Hand a change of contact details to colleagues; nothing changes by itself.

    Whoever reads his mail for twenty minutes could sign in: by changing the address himself he would take the whole
    card over, and every later link with it. Raises `InvalidFields` where nothing is written.
    """
    party = _party(principal)
    if not text.strip():
        raise InvalidFields({"text": _("Write what has changed.")})
    return _open(party, subject=_("Contact details have changed"), text=text, type="question")


def may_take_copy(party: Party) -> bool:
    """Only a person takes a copy by himself: a firm's mailbox may be read by many, and its card tells of its people."""
    return party.is_person


def take_copy(principal: Principal) -> tuple[BinaryIO, Party]:
    """All that is held about whoever signed in, as a ZIP (GDPR, articles 15 and 20). Raises `Forbidden` for a firm."""
    party = _party(principal)
    if not may_take_copy(party):
        raise Forbidden(_("Write to us: we give a firm its data after we have asked who may have it."))
    return take_personal_data(PORTAL, party), party


def _party(principal: Principal) -> Party:
    return Party.objects.get(pk=party_of(principal), deleted_at=None)


def _open(party: Party, *, subject: str, text: str, type: str, product: str = "") -> Ticket:
    points = party.contact_points.filter(type__in=("email", "pec")).order_by("-preferred", "position", "id")
    with transaction.atomic():
        return open_ticket(
            PORTAL,
            subject=subject,
            type=type,
            party=party,
            channel="portal",
            description=text,
            language=(get_language() or "it")[:2],
            contact_address=next((point.value for point in points), ""),
            product=product,
        )
