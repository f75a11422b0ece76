"""The customer's own link to what he is to pay: signed, for this one purpose."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core import signing
from django.urls import reverse

from filo.operational.payments.models import NOTHING, Due, Payment

SALT = "payments.pay"
LINK_DAYS = 730


def pay_token(due: Due) -> str:
    """What stands in the link."""
    return signing.dumps(str(due.key), salt=SALT, compress=True)


def pay_link(due: Due) -> str:
    """The whole address."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('payments:pay', args=[pay_token(due)])}"


def due_by_link(token: str) -> Due | None:
    """What a link leads to; None for one that is forged, of another purpose, or too old."""
    try:
        key = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400)
    except signing.BadSignature:
        return None
    return Due.objects.for_list().filter(key=key).first()


def open_attempt(due: Due) -> Payment | None:
    """The last payment that was begun for it online, so that its page can say how that went."""
    return Payment.objects.filter(wants=due).order_by("-created_at", "-id").first()


def paid_twice(due: Due) -> Decimal:
    """What came in for it online once it was paid already, and was not given back yet."""
    rows = Payment.objects.select_related("wants").filter(wants=due, source="provider", state="succeeded")
    return sum((one.left for one in rows if one.is_double), NOTHING)
