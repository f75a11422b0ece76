"""Lets a copy speak again, once somebody has decided what becomes of what is old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from filo.config.copies.refusals import Waits
from filo.foundation.access.principal import Principal
from filo.foundation.copies.queries import is_muted
from filo.foundation.copies.services import end_mute
from filo.foundation.mail.held import keep_back, mails_waiting, send_after_all
from filo.foundation.webhooks.held import cancel_waiting, deliver_waiting, deliveries_waiting


@dataclass(frozen=True)
class Unmuted:
    """What came of it; `was_muted` is false where there was nothing to end."""

    was_muted: bool
    mails: int = 0
    deliveries: int = 0


def unmute(principal: Principal, *, old: Literal["", "forget", "send"]) -> Unmuted:
    """Mail leaves and webhooks are called from now on. Raises `Waits` when old ones wait and nothing is said of it."""
    with transaction.atomic():
        if not is_muted():
            return Unmuted(was_muted=False)
        mails, deliveries = mails_waiting(), deliveries_waiting()
        if not old and (mails or deliveries):
            sentence = _(
                "%(mails)s mails and %(deliveries)s messages to other programs have been waiting since before. Say"
                " --forget-old to keep them back, or --send-old to send them after all."
            )
            raise Waits(sentence % {"mails": mails, "deliveries": deliveries})
        if old == "send":
            send_after_all()
            deliver_waiting()
        else:
            keep_back()
            cancel_waiting()
        total = mails + deliveries
        end_mute(principal, forgotten=total if old != "send" else 0, sent=total if old == "send" else 0)
    return Unmuted(was_muted=True, mails=mails, deliveries=deliveries)
