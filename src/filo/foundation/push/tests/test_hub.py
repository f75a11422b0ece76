"""The hub forgets whoever has left, also when his page was just being told what it may hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.push.hub import Hub
from filo.foundation.push.queries import Message

TOPIC = "presence:looking:note:7"


@dataclass(eq=False)
class Page:
    principal: Principal
    session_key: str = "key"
    offered: list[Message] = field(default_factory=list)

    def offer(self, messages: list[Message]) -> None:
        self.offered += messages

    def sign_out(self) -> None:
        """Nothing to do."""


def test_a_page_that_closed_while_its_rights_were_asked_is_not_taken_for_present() -> None:
    hub, page = Hub(), Page(Principal(kind="staff", name="Anna", user_id=UUID(int=1)))
    hub.leave(page)
    hub.listen(page, {TOPIC})
    assert hub._roster.news() == []
    assert hub.listening() == 0
