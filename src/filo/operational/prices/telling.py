"""What people are told of prices: that the daily rates could not be fetched."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind

FAILED = "rates.failed"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_kind(NoticeKind(FAILED, gettext_lazy("Exchange rates could not be fetched"), "circle-alert", _failed))


def _failed(facts: Facts) -> str:
    return _("Exchange rates could not be fetched: %(why)s") % {"why": facts.data.get("because", "")}
