"""What stands in a personal link, and which link that is."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from filo.collaborative.visitors.models import PersonalLink

SALT = "visitors.link"


def token_of(link: PersonalLink) -> str:
    """What stands in the address: signed, for this one purpose."""
    return signing.dumps(link.pk.hex, salt=f"{SALT}.{link.purpose}", compress=True)


def address_of_link(link: PersonalLink) -> str:
    """The whole address."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('visitors:open', args=[link.purpose, token_of(link)])}"


def link_by_token(purpose: str, token: str) -> PersonalLink | None:
    """The link with this token; None for one that is forged or of another purpose."""
    try:
        pk = UUID(hex=signing.loads(token, salt=f"{SALT}.{purpose}"))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return PersonalLink.objects.select_related("party").filter(pk=pk, purpose=purpose).first()
