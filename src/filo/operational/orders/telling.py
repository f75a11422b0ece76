"""What people are told of orders: that the deal which one came of is still open."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind

DEAL_OPEN = "order.deal-open"


def declare_notices() -> None:
    """Called once, when the program starts."""
    label = gettext_lazy("An order is confirmed and its deal is still open")
    declare_kind(NoticeKind(DEAL_OPEN, label, "handshake", _deal_open))


def _deal_open(facts: Facts) -> str:
    return _("The order is confirmed; is the deal won? %(name)s") % {"name": facts.name}
