"""The lines, with their secret unsealed for whoever speaks with the exchange."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from filo.collaborative.telephony.models import PhoneLine, PhoneSeat
from filo.collaborative.telephony.providers.contract import Exchange, Provider, providers
from filo.collaborative.telephony.sealing import SECRETS


def exchange_of(line: PhoneLine) -> Exchange:
    """What its provider is spoken to with."""
    return Exchange(line.base, line.account, SECRETS.open_text(line.secret), line.number)


def provider_of(line: PhoneLine) -> Provider:
    """The kind that speaks with it."""
    return providers()[line.kind]


def line_with(line_id: UUID) -> PhoneLine | None:
    """The line of this id, in use or not: calls that began with it still end."""
    found = PhoneLine.objects.select_related("group").filter(pk=line_id).first()
    return found if found is not None and found.kind in providers() else None


def hook_of(line: PhoneLine) -> str:
    """The address that the exchange posts to."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('telephony:hook', args=[line.pk])}"


def seat_of(user_id: UUID | None) -> PhoneSeat | None:
    """How somebody telephones; None where he never said."""
    return PhoneSeat.objects.select_related("line").filter(user=user_id).first() if user_id else None


def way_of_person() -> Subquery:
    """How somebody's numbers are dialled, read together with the person."""
    return Subquery(PhoneSeat.objects.filter(user=OuterRef("pk")).values("way")[:1])


def has_lines() -> Exists:
    """Whether the house has an exchange at all, read together with the person."""
    return Exists(PhoneLine.objects.filter(active=True))
