"""Whoever looks together in the bench. Runs in the house that is measured."""

from __future__ import annotations

import json
from uuid import UUID

from filo.config.bench.chatting import people


def prepare(sessions: int) -> str:
    """As many customers, each with a colleague of his own who may see his page; gives what the load needs as JSON."""
    from filo.collaborative.chat.models import Chat
    from filo.collaborative.cobrowse.services import agree, ask_to_look
    from filo.foundation.accounts.queries import principal_of

    told = json.loads(people.prepare(sessions, sessions))
    for one in told["customers"]:
        chat = Chat.objects.select_related("conversation", "operator").get(pk=UUID(one["chat"]))
        assert chat.operator is not None  # noqa: S101  (the preparing gave him the chat)
        one["looking"] = str(agree(ask_to_look(principal_of(chat.operator), chat)).pk)
    return json.dumps(told)
