"""The grid of a role: changed, seen to differ, taken back; a copy made and deleted; never a lock-out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.access.models import Role
from filo.foundation.access.objects import Scope
from filo.foundation.accounts import roles
from filo.foundation.accounts.forms.roles import RoleForm
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError
from filo.foundation.events.models import OutboxEvent
from filo.testing.clients import CheckedClient
from filo.testing.world import World


def typed(role: Role, **changed: object) -> dict[str, object]:
    """What the form of a role sends, from its fields as they stand."""
    form = RoleForm(
        role,
        initial={"name_it": role.name_it, "name_en": role.name_en, "version": role.version},
        scheme="by-area",
    )
    return {name: form[name].value() for name in form.fields} | changed


def test_a_right_is_given_and_holds_at_the_next_request(world: World, client_of: Callable[..., CheckedClient]) -> None:
    role, admin, agent = world.people["agent"].role, client_of("admin"), client_of("agent")
    teammates = f"/parties/{world.parties['teammates'].pk}"
    assert agent.get(teammates).status_code == 404
    saved = admin.post(f"/settings/roles/{role.pk}", typed(role, **{"party.view": "team"}))
    assert saved.status_code == 302
    role.refresh_from_db()
    assert role.grants == {"party": {"view": "team"}}
    assert world.principal("agent").scope("party", "view") is Scope.TEAM
    assert agent.get(teammates).status_code == 200
    entry = AuditEntry.objects.get(action="role.edit", object_id=role.pk)
    assert entry.changes == {"grants": [{}, {"party": {"view": "team"}}]}
    assert OutboxEvent.objects.filter(type="role.edited", subject=role.pk).count() == 1


def test_what_differs_is_shown_and_taken_back(world: World, client_of: Callable[..., CheckedClient]) -> None:
    role, admin = world.people["agent"].role, client_of("admin")
    assert "/reset" not in admin.get(f"/settings/roles/{role.pk}").content.decode()
    admin.post(f"/settings/roles/{role.pk}", typed(role, **{"party.export": "own", "party.masks": ["notes"]}))
    page = admin.get(f"/settings/roles/{role.pk}").content.decode()
    assert page.count('class="grant other"') == 1
    assert world.principal("agent").hidden("party") == {"notes"}
    assert admin.post(f"/settings/roles/{role.pk}/reset").status_code == 302
    role.refresh_from_db()
    assert (role.grants, role.masks) == ({}, {})
    assert world.principal("agent").hidden("party") == frozenset()


def test_a_right_that_nobody_declared_is_refused(world: World, client_of: Callable[..., CheckedClient]) -> None:
    role = world.people["agent"].role
    answer = client_of("admin").post(f"/settings/roles/{role.pk}", typed(role, **{"party.view": "everything"}))
    assert answer.status_code == 422
    role.refresh_from_db()
    assert role.version == 1


def test_management_looks_and_does_not_change(world: World, client_of: Callable[..., CheckedClient]) -> None:
    role = world.people["agent"].role
    assert client_of("boss").get(f"/settings/roles/{role.pk}").status_code == 200
    assert client_of("boss").post(f"/settings/roles/{role.pk}", typed(role)).status_code == 403
    assert client_of("boss").post(f"/settings/roles/{role.pk}/reset").status_code == 403
    assert client_of("agent").get("/settings/roles").status_code == 403


def test_a_copy_is_made_used_and_cannot_be_deleted_while_used(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    admin, agent = client_of("admin"), world.people["agent"]
    names = {"name_it": "Agente anziano", "name_en": "Senior agent"}
    assert admin.post(f"/settings/roles/{agent.role_id}/copy", names).status_code == 302
    copied = Role.objects.get(code="senior-agent")
    agent.role = copied
    agent.save()
    assert admin.post(f"/settings/roles/{copied.pk}/delete").status_code == 409
    agent.role = world.people["teammate"].role
    agent.save()
    assert admin.post(f"/settings/roles/{copied.pk}/delete").status_code == 302
    assert not Role.objects.filter(code="senior-agent").exists()


def test_the_last_administrators_role_cannot_be_weakened(world: World, client_of: Callable[..., CheckedClient]) -> None:
    role = world.people["admin"].role
    for right in ("user.manage", "user.edit", "settings.edit"):
        answer = client_of("admin").post(f"/settings/roles/{role.pk}", typed(role, **{right: "none"}))
        assert answer.status_code == 409
    role.refresh_from_db()
    assert role.grants == {}
    names = ("Vice", "Deputy")
    copied = roles.copy_role(world.principal("admin"), role, names=names)
    with pytest.raises(DomainError, check=lambda error: error.code == "last-administrator"):
        roles.edit_role(
            world.principal("admin"),
            role,
            version=1,
            names=("Amministratore", "Administrator"),
            grants={"user": {"manage": "none"}},
            masks={},
        )
    assert copied.based_on == "administrator"
