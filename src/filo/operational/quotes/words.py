"""How a quote stands, in sentences for colleagues and customers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from filo.foundation.web.templatetags.web import full_day
from filo.operational.quotes.models import Quote


def standing_words(quote: Quote) -> str:
    """Why something cannot be done with it (any more)."""
    return {
        "draft": _("This quote was not sent yet."),
        "waiting": _("This quote waits for approval."),
        "approved": _("This quote was not sent yet."),
        "sent": _("This quote is with the customer already: make a new version to change it."),
        "viewed": _("This quote is with the customer already: make a new version to change it."),
        "accepted": _("This quote was accepted on %(day)s.") % {"day": _on(quote.answered_at)},
        "rejected": _("This quote was rejected on %(day)s.") % {"day": _on(quote.answered_at)},
        "expired": expired_words(quote),
        "superseded": _("A newer version has taken the place of this quote."),
        "withdrawn": _("This quote is not offered any more."),
    }[quote.state]


def expired_words(quote: Quote) -> str:
    """Until when it held."""
    return _("This quote held until %(day)s.") % {"day": full_day(quote.valid_until)}


def _on(moment: datetime | None) -> str:
    return full_day(moment)
