"""What people do about mails that were put aside: have them tried again, or leave them be."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filo.collaborative.mailroom.events import MailIgnored
from filo.collaborative.mailroom.models import IncomingMail, State
from filo.collaborative.mailroom.services.receiving import have_taken_in
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.events.services import announce


class NotAside(DomainError):
    """Only what was put aside can be tried again or ignored."""

    code = "mail-not-aside"
    sentence = _("This mail is not among those put aside (any more).")


def try_again(principal: Principal, mail: IncomingMail) -> IncomingMail:
    """Have a mail that was put aside or ignored taken in once more. Raises `Forbidden`, `NotFound`, `NotAside`."""
    fresh = {"state": State.RECEIVED, "attempts": 0, "due_at": clock.now(), "ended_at": None, "claimed_until": None}
    with transaction.atomic():
        locked = _moved(principal, mail, (State.QUARANTINED, State.IGNORED), fresh)
        record(principal, "incoming-mail.try-again", kind="incoming-mail", object_id=locked.id, changes={})
        have_taken_in()
    return locked


def ignore_mail(principal: Principal, mail: IncomingMail) -> IncomingMail:
    """Nothing is to be done with it; its raw text stays. Raises `Forbidden`, `NotFound`, `NotAside`."""
    with transaction.atomic():
        locked = _moved(principal, mail, (State.QUARANTINED,), {"state": State.IGNORED, "ended_at": clock.now()})
        changes = {"state": (State.QUARANTINED.value, State.IGNORED.value)}
        record(principal, "incoming-mail.ignore", kind="incoming-mail", object_id=locked.id, changes=changes)
        announce(principal, MailIgnored(mail=locked.id, mailbox=locked.mailbox_id))
    return locked


def put_aside_again(principal: Principal, mail: IncomingMail) -> IncomingMail:
    """Take back that it was ignored. Raises `Forbidden`, `NotFound`, `NotAside`."""
    with transaction.atomic():
        locked = _moved(principal, mail, (State.IGNORED,), {"state": State.QUARANTINED})
        changes = {"state": (State.IGNORED.value, State.QUARANTINED.value)}
        record(principal, "incoming-mail.put-aside", kind="incoming-mail", object_id=locked.id, changes=changes)
    return locked


def _moved(
    principal: Principal, mail: IncomingMail, states: tuple[State, ...], facts: dict[str, object]
) -> IncomingMail:
    """The mail, locked and moved on, for whoever looks after the settings or whose mailbox it came to."""
    found = IncomingMail.objects.visible_to(principal).select_related("mailbox").filter(pk=mail.pk).first()
    if found is None:
        raise NotFound
    is_own = found.mailbox is not None and principal.user_id is not None and found.mailbox.owner_id == principal.user_id
    if principal.viewed_by or not (is_own or principal.may("settings", "edit")):
        raise Forbidden
    locked = IncomingMail.objects.select_for_update().get(pk=mail.pk)
    if locked.state not in states:
        raise NotAside
    for name, value in facts.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(facts))
    return locked
