"""Two who answer at once: the second is told of the first."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from filo.collaborative.inbox.models import Conversation
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError


class AnsweredMeanwhile(DomainError):
    """A colleague was quicker."""

    code = "answered-meanwhile"

    def __init__(self, name: str) -> None:
        sentence = _("%(name)s answered while you were writing. Read it, then send yours if it is still needed.")
        super().__init__(sentence % {"name": name})


def refuse_second_answer(principal: Principal, conversation: Conversation, seen: UUID) -> None:
    """Two who answer at once wait for each other, and the second is told of the first."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    others = conversation.messages.filter(pk__gt=seen, direction="out", kind="message")
    other = others.exclude(author=principal.user_id).order_by("pk").last()
    if other is not None:
        raise AnsweredMeanwhile(other.author_name)
