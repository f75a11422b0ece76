"""What goes on in a chat besides talking: the consent, the pages shown, the form that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.queries.talk import going_on_with
from filo.collaborative.cobrowse.models import Looking, SharedForm, ShownPage
from filo.collaborative.visitors.models import Visitor
from filo.foundation.access.principal import Principal

MOST = 20


@dataclass(frozen=True)
class Standing:
    """looking: what was asked, agreed, or refused last. form: the one that is open. shown: pages, the newest first."""

    chat: Chat
    looking: Looking | None
    form: SharedForm | None
    shown: list[ShownPage]

    @property
    def agreed(self) -> bool:
        """Whether the customer agreed and has not stopped it."""
        return self.looking is not None and self.looking.state == "active"


def standing_in(chat: Chat) -> Standing:
    """How it stands in a chat."""
    looking = Looking.objects.filter(chat=chat).select_related("operator").first()
    form = SharedForm.objects.filter(chat=chat).first()
    return Standing(chat, looking, form, list(ShownPage.objects.filter(chat=chat)[:MOST]))


def standing_of(visitor: Visitor | None) -> Standing | None:
    """The same for a visitor whose chat goes on."""
    chat = going_on_with(visitor) if visitor else None
    return standing_in(chat) if chat else None


def agreed_looking(looking_id: UUID) -> Looking | None:
    """A stretch that goes on, with its chat."""
    rows = Looking.objects.select_related("chat__conversation", "chat__visitor")
    return rows.filter(pk=looking_id, state="active").exclude(chat__state="ended").first()


def told(principal: Principal, messages: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """What goes over the line of a visit: pages shown with their address, fields with what stands in them."""
    ids = [UUID(str(data["shown"])) for kind, data in messages if kind == "show"]
    pages = {str(row.pk): row for row in ShownPage.objects.filter(pk__in=ids)} if ids else {}
    forms = {
        str(row.pk): row
        for row in SharedForm.objects.filter(pk__in=[data["form"] for kind, data in messages if kind == "field"])
    }
    return [_told(kind, data, pages, forms) for kind, data in messages]


def _told(
    kind: str, data: Mapping[str, Any], pages: Mapping[str, ShownPage], forms: Mapping[str, SharedForm]
) -> Mapping[str, Any]:
    if kind == "show" and (page := pages.get(str(data["shown"]))):
        return {**data, "url": page.url, "title": page.title}
    if kind == "field" and (form := forms.get(str(data["form"]))):
        return {**data, "value": form.values.get(str(data["name"]), "")}
    return data
