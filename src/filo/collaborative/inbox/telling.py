"""What people are told of conversations: a new one, one given to them, a name in a note, what did not arrive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.collaborative.inbox.digest import declare_digest
from filo.collaborative.inbox.models import Conversation
from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject

RECEIVED, GIVEN, NAMED, FAILED = (
    "conversation.received",
    "conversation.given",
    "conversation.mentioned",
    "conversation.failed",
)


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_digest()
    declare_subject("conversation", _seen)
    declare_kind(NoticeKind(RECEIVED, gettext_lazy("A customer writes to me"), "mail", _received))
    declare_kind(NoticeKind(GIVEN, gettext_lazy("I am given a conversation"), "inbox", _given, by_mail=True))
    declare_kind(
        NoticeKind(NAMED, gettext_lazy("Somebody names me in a conversation"), "at-sign", _named, by_mail=True)
    )
    declare_kind(NoticeKind(FAILED, gettext_lazy("A message does not arrive"), "mail-warning", _failed, by_mail=True))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = Conversation.objects.visible_to(principal).filter(pk__in=ids).select_related("party")
    return {row.pk: row.party.display_name if row.party else row.contact_name or row.contact_address for row in rows}


def _received(facts: Facts) -> str:
    return _("%(name)s wrote") % {"name": facts.name}


def _given(facts: Facts) -> str:
    return _("%(actor)s gives you the conversation with %(name)s") % {"actor": facts.actor, "name": facts.name}


def _named(facts: Facts) -> str:
    return _("%(actor)s names you in the conversation with %(name)s") % {"actor": facts.actor, "name": facts.name}


def _failed(facts: Facts) -> str:
    return _("A message to %(name)s did not arrive") % {"name": facts.name}
