"""What people are told of automatic answers: that a customer is not content with one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind

UNHAPPY, STILL_WAITING = "answer.unhappy", "answer.still-waiting"


def declare_notices() -> None:
    """Called once, when the program starts; what they are about is a conversation, which the inbox declares."""
    declare_kind(NoticeKind(UNHAPPY, gettext_lazy("An automatic answer did not help"), "frown", _unhappy, by_mail=True))
    declare_kind(
        NoticeKind(
            STILL_WAITING, gettext_lazy("A customer still waits for a person"), "alarm-clock", _waits, by_mail=True
        )
    )


def _unhappy(facts: Facts) -> str:
    return _("%(name)s is not content with the automatic answer") % {"name": facts.name}


def _waits(facts: Facts) -> str:
    return _("%(name)s still waits for a person") % {"name": facts.name}
