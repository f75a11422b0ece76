"""Looking after people: found by name, changed with care for who saved first, their rights previewed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from filo.foundation.accounts.models import SecurityEvent, User, UserSession
from filo.foundation.accounts.services import edit_person
from filo.foundation.accounts.tests.door import is_inside, sign_in
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError, Forbidden, Stale
from filo.testing.clients import CheckedClient
from filo.testing.world import World


def typed(user: User, **changed: object) -> dict[str, object]:
    """What the form of a person sends."""
    return {
        "given_name": user.given_name,
        "family_name": user.family_name,
        "role": str(user.role_id),
        "unit": str(user.unit_id),
        "language": user.language,
        "version": str(user.version),
        **changed,
    }


def shown(page: str) -> list[str]:
    """The names in the list."""
    return re.findall(r'<a href="/settings/people/[0-9a-f-]{36}">([^<]+)</a>', page)


def test_people_are_found_by_name_or_address(client_of: Callable[..., CheckedClient]) -> None:
    admin = client_of("admin")
    everybody = shown(admin.get("/settings/people").content.decode())
    assert everybody == sorted(everybody)
    assert len(everybody) == 10
    assert shown(admin.get("/settings/people?q=manag").content.decode()) == ["Manager", "Other Manager"]
    assert shown(admin.get("/settings/people?q=manag other").content.decode()) == ["Other Manager"]
    assert shown(admin.get("/settings/people?q=stranger@").content.decode()) == ["Stranger"]


def test_agents_do_not_see_the_pages(world: World, client_of: Callable[..., CheckedClient]) -> None:
    path = f"/settings/people/{world.people['boss'].pk}"
    assert client_of("agent").get("/settings/people").status_code == 403
    assert client_of("agent").get(path).status_code == 403
    assert client_of("boss").get("/settings/people").status_code == 200
    assert client_of("boss").get(path).status_code == 403
    assert client_of("admin").get("/settings/people/00000000-0000-7000-8000-000000000000").status_code == 404


def test_a_change_of_rights_closes_the_sessions_and_is_kept(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    agent, client = world.people["agent"], Client()
    sign_in(client, agent.email)
    answer = client_of("admin").post(f"/settings/people/{agent.pk}", typed(agent, unit=str(world.units["sud"].pk)))
    assert answer.status_code == 302
    assert not is_inside(client)
    assert not UserSession.objects.filter(user=agent).exists()
    assert SecurityEvent.objects.filter(kind="rights-changed", user=agent).count() == 1
    entry = AuditEntry.objects.get(action="user.edit", object_id=agent.pk)
    assert entry.changes == {"unit": [str(world.units["nord"].pk), str(world.units["sud"].pk)]}


def test_another_name_closes_nothing(world: World, client_of: Callable[..., CheckedClient]) -> None:
    agent, client = world.people["agent"], Client()
    sign_in(client, agent.email)
    client_of("admin").post(f"/settings/people/{agent.pk}", typed(agent, given_name="Agnese"))
    assert is_inside(client)
    agent.refresh_from_db()
    assert (agent.given_name, agent.version) == ("Agnese", 2)


def test_whoever_saved_second_sees_what_differs(world: World, client_of: Callable[..., CheckedClient]) -> None:
    agent = world.people["agent"]
    edit_person(world.principal("admin"), agent, version=1, given_name="Agnese")
    with pytest.raises(Stale):
        edit_person(world.principal("admin"), agent, version=1, given_name="Ada")
    answer = client_of("admin").post(f"/settings/people/{agent.pk}", typed(agent, given_name="Ada"))
    page = answer.content.decode()
    assert answer.status_code == 412
    assert 'value="Ada"' in page
    assert "Agnese" in page
    assert 'name="version" value="2"' in page


def test_the_preview_says_what_would_change_and_changes_nothing(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    agent, manager = world.people["agent"], world.people["manager"]
    sent = typed(agent, role=str(manager.role_id), preview="1")
    answer = client_of("admin").post(f"/settings/people/{agent.pk}", sent, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="preview"' in page
    assert page.count("→") >= 3
    agent.refresh_from_db()
    assert (agent.role.code, agent.version) == ("agent", 1)


def test_one_administrator_is_always_left(world: World, client_of: Callable[..., CheckedClient]) -> None:
    admin, boss = world.people["admin"], world.people["boss"]
    refused = client_of("admin").post(f"/settings/people/{admin.pk}", typed(admin, role=str(boss.role_id)))
    assert refused.status_code == 409
    edit_person(world.principal("admin"), boss, version=1, role=admin.role)
    assert edit_person(world.principal("boss"), admin, version=1, is_active=False).is_active is False
    with pytest.raises(DomainError, check=lambda error: error.code == "last-administrator"):
        edit_person(world.principal("boss"), boss, version=2, role=world.people["agent"].role)


def test_nobody_gives_a_role_beyond_his_own_rights(world: World) -> None:
    role = world.people["boss"].role
    role.grants = {"user": {"edit": "all", "create": "all", "manage": "all"}}
    role.save()
    boss, agent = world.principal("boss"), world.people["agent"]
    with pytest.raises(Forbidden):
        edit_person(boss, agent, version=1, role=world.people["admin"].role)
    with pytest.raises(Forbidden):
        edit_person(boss, world.people["boss"], version=1, role=world.people["admin"].role)
    with pytest.raises(Forbidden):
        edit_person(boss, world.people["admin"], version=1, is_active=False)


def test_through_other_eyes_nothing_can_be_changed(world: World, client_of: Callable[..., CheckedClient]) -> None:
    edit_person(world.principal("admin"), world.people["boss"], version=1, role=world.people["admin"].role)
    admin, agent = client_of("admin"), world.people["agent"]
    assert admin.post(f"/view-as/{world.people['boss'].pk}").status_code == 302
    assert admin.get("/settings/people").status_code == 200
    assert admin.post(f"/settings/people/{agent.pk}", typed(agent, given_name="X")).status_code == 403
    assert admin.post(f"/settings/people/{agent.pk}/close").status_code == 403
    assert SecurityEvent.objects.filter(kind="viewed-as", detail="boss@aurora.example").count() == 1


def test_the_security_log_is_for_administrators_newest_first(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    SecurityEvent.objects.bulk_create([SecurityEvent(kind="sign-in-refused", ip=f"10.0.0.{n}") for n in range(60)])
    assert client_of("boss").get("/settings/security").status_code == 403
    page = client_of("admin").get("/settings/security").content.decode()
    found = re.findall(r"10\.0\.0\.(\d+)", page)
    assert found == [str(n) for n in range(59, 9, -1)]
    cursor = re.search(r'href="\?cursor=([^"]+)"', page)
    assert cursor is not None
    older = client_of("admin").get(f"/settings/security?cursor={cursor[1]}").content.decode()
    assert re.findall(r"10\.0\.0\.(\d+)", older) == [str(n) for n in range(9, -1, -1)]
