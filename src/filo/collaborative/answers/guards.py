"""When a machine keeps silent: to machines, to itself, twice a day, to whom it cannot tell who he is."""

from __future__ import annotations

import re
from datetime import timedelta

from filo.collaborative.answers.models import AutoReply
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.mailroom.models import Mailbox

ONE_A = timedelta(hours=24)
# Nobody reads what is sent there; as such addresses are called (RFC 2142 and custom).
_NOBODY = re.compile(
    r"(?:^|[._+-])(?:no-?reply|do-?not-?reply|non-?rispondere|noreply|mailer-daemon|postmaster|bounces?|abuse|"
    r"notifications?|newsletter|listserv|majordomo)(?:$|[._+-])"
)


def why_silent(conversation: Conversation, message: Message) -> str:
    """Why nothing is to be answered by itself; "" when it may be.

    As RFC 3834 has it: never to what was sent by a machine, never twice in a day to one address.
    """
    mailbox = conversation.mailbox
    if message.kind != "message" or message.direction != "in":
        return "machine"
    if conversation.private or mailbox is None or not mailbox.answers_automatically:
        return "off"
    if conversation.caution:
        return "caution"
    others = conversation.messages.exclude(pk=message.pk).exclude(kind="note")
    if others.exclude(channel="page").exists():
        return "not-first"
    address = conversation.contact_address
    if not address or _NOBODY.search(address.partition("@")[0]):
        return "nobody"
    if Mailbox.objects.filter(address__iexact=address).exists():
        return "own"
    if AutoReply.objects.filter(address=address, at__gt=message.at - ONE_A).exclude(outcome="silent").exists():
        return "today"
    return ""
