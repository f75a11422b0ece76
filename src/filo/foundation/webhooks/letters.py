"""Mails when a webhook was switched off by itself: nobody looks at a page of settings every day."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation.accounts.models import User
from filo.foundation.events.retention import KEPT_DAYS
from filo.foundation.mail.services import queue_mail
from filo.foundation.webhooks.models import WebhookEndpoint


def tell_switched_off(endpoint: WebhookEndpoint) -> None:
    """Queue a mail to who made it and to the administrators, each in their language, in the caller's transaction."""
    concerned = Q(role__based_on="administrator") | Q(pk=endpoint.created_by_id)
    for user in User.objects.filter(concerned, is_active=True).order_by("pk"):
        with translation.override(user.language):
            subject = _("A webhook was switched off: %(name)s") % {"name": str(endpoint)[:80]}
            queue_mail(to=user.email, subject=subject, text=_text(user, endpoint))


def _text(user: User, endpoint: WebhookEndpoint) -> str:
    return _(
        "Hello %(given_name)s,\n\nFilo tells %(name)s of nothing any more: the webhook was switched off.\n"
        "%(because)s\n\nNothing is lost: when the other program answers again, resume the webhook on its page "
        "and send the past again, up to %(days)s days back.\n\n%(link)s\n"
    ) % {
        "given_name": user.given_name,
        "name": endpoint,
        "because": endpoint.because,
        "days": KEPT_DAYS,
        "link": settings.SITE_URL + reverse("webhooks:webhook", args=[endpoint.pk]),
    }
