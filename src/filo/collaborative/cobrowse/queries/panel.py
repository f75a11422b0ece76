"""What stands beside the talk, and a shared form as both see it."""

from __future__ import annotations

from typing import Any

from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.kinds import kind_of, kinds
from filo.collaborative.cobrowse.models import SharedForm
from filo.collaborative.cobrowse.queries.standing import standing_in
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.foundation.access.principal import Principal


def panel_of(principal: Principal, chat: Chat) -> dict[str, Any]:
    """Everything that the panel shows."""
    standing = standing_in(chat)
    may = CONVERSATION_EDITED.allows(principal, chat.conversation)
    form = standing.form if standing.form and standing.form.state != "closed" else None
    shared = shown_form(form) if form and form.state == "open" else None
    sent = _sent(principal, form) if form and form.state == "sent" else None
    return {"chat": chat, "standing": standing, "shared": shared, "sent": sent, "kinds": kinds(), "may_answer": may}


def _sent(principal: Principal, form: SharedForm) -> dict[str, Any]:
    kind = kind_of(form)
    return {"kind": kind, "outcome": kind.outcome(form, principal)}


def shown_form(shared: SharedForm, problems: dict[str, str] | None = None) -> dict[str, Any]:
    """A form with what stands in its fields and what is wrong with them."""
    kind = kind_of(shared)
    found = problems or {}
    rows = [(one, shared.values.get(one.name, ""), found.get(one.name, "")) for one in kind.fields(shared)]
    named = {one.name for one, _value, _problem in rows}
    loose = [sentence for name, sentence in found.items() if name not in named]
    return {
        "form": shared,
        "kind": kind,
        "rows": rows,
        "loose": loose,
        "marked": len(found) > len(loose),
        "about": kind.about(shared),
    }
