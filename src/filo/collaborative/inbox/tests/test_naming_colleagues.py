"""While one types @ in a note, colleagues who could read the conversation are offered."""

from __future__ import annotations

import pytest

from filo.collaborative.inbox.queries.colleagues import colleagues_to_name
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.operational.service.models import GroupMember, ServiceGroup
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_by_the_beginning_of_a_name_those_of_the_group_first(world: World) -> None:
    group = ServiceGroup.objects.create(code="care", name="Assistenza")
    GroupMember.objects.create(group=group, user=world.people["teammate"])
    talk = comes_in(mailbox(group=group)).conversation
    inside = world.principal("inside")
    assert colleagues_to_name(inside, talk, "")[0].id == world.people["teammate"].id
    stranger = world.people["stranger"]
    offered = colleagues_to_name(inside, talk, stranger.given_name[:4] or stranger.family_name[:4])
    assert stranger.id in [one.id for one in offered]
    assert colleagues_to_name(inside, talk, "zzz") == []


def test_the_page_offers_them_to_who_sees_the_talk(world: World) -> None:
    talk = comes_in(mailbox()).conversation
    page = client_of(world, "inside").get(f"/inbox/{talk.id}/colleagues?q=oper").content.decode()
    assert "data-handle=" in page
    assert client_of(world, "stranger").get(f"/inbox/{talk.id}/colleagues?q=oper").status_code == 404
    assert f"/inbox/{talk.id}/colleagues" in client_of(world, "inside").get(f"/inbox/{talk.id}").content.decode()
