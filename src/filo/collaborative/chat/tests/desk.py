"""What the tests of chats begin with: a place, a colleague who is there, and a customer's browser."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from filo.collaborative.chat.models import Chat, ChatPlace
from filo.collaborative.chat.services import set_desk
from filo.collaborative.visitors.queries.links import token_of
from filo.collaborative.visitors.services import make_link
from filo.operational.parties.models import Party
from filo.operational.service.models import GroupMember, ServiceGroup
from filo.testing.world import World

OURS = {"Origin": "http://testserver"}


def group_with(world: World, *names: str) -> ServiceGroup:
    """A group with these people."""
    group, _new = ServiceGroup.objects.get_or_create(code="vendite", defaults={"name": "Assistenza Commerciale"})
    for name in names:
        GroupMember.objects.get_or_create(group=group, user=world.people[name])
    return group


def place_for(group: ServiceGroup | None = None) -> ChatPlace:
    """The chat on our own pages."""
    found, _new = ChatPlace.objects.get_or_create(code="filo", defaults={"name": "Filo", "group": group})
    return found


def there(world: World, name: str, *, most: int = 4) -> None:
    """A colleague opens his desk."""
    set_desk(world.principal(name), open=True, most=most)


def known_browser(party: Party, **context: str) -> Client:
    """A browser that a link in a mail recognised."""
    client = Client()
    client.post(f"/p/open/assistant/{token_of(make_link(party, 'assistant', dict(context)))}")
    return client


def begins(client: Client, text: str = "Vorrei parlare con qualcuno", **more: str) -> Chat:
    """He presses the button and writes."""
    answer = client.post("/p/chat/begin", {"id": str(uuid4()), "text": text, "place": "filo", **more}, headers=OURS)
    assert answer.status_code == 201, answer.content
    return Chat.objects.get(pk=answer.json()["chat"])


def says(client: Client, text: str, *, id: str = "") -> dict[str, object]:
    """He says something."""
    answer = client.post("/p/chat/say", {"id": id or str(uuid4()), "text": text}, headers=OURS)
    assert answer.status_code == 200, answer.content
    told: dict[str, object] = answer.json()["said"]
    return told
