"""The firm as a whole: founded once, changed by who may, and its scheme holds at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.access.models import Role
from filo.foundation.access.objects import READY_ROLES, Scope
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.organisation import founding
from filo.foundation.organisation.firm import edit_firm
from filo.foundation.organisation.models import Firm, Unit
from filo.foundation.organisation.services import found_firm
from filo.testing.clients import CheckedClient
from filo.testing.world import World

FACTS = {"name": "Aurora", "visibility_scheme": "open", "language": "it", "time_zone": "Europe/Rome"}


def test_founding_makes_company_root_roles_and_what_apps_add(db: None) -> None:
    seen: list[Firm] = []
    founding.at_founding(seen.append)
    try:
        company = found_firm(name="Gruppo Aurora", company="Aurora Moda")
    finally:
        founding._hooks.remove(seen.append)
    assert (company.code, company.name) == ("aurora-moda", "Aurora Moda")
    assert [unit.name for unit in Unit.objects.all()] == ["Gruppo Aurora"]
    assert set(Role.objects.values_list("code", flat=True)) == set(READY_ROLES)
    assert [firm.name for firm in seen] == ["Gruppo Aurora"]


def test_a_workspace_is_founded_once(world: World) -> None:
    with pytest.raises(DomainError, check=lambda error: error.code == "firm-exists"):
        found_firm(name="Altra", company="Altra")


def test_another_scheme_holds_at_the_next_request(world: World, client_of: Callable[..., CheckedClient]) -> None:
    assert world.principal("manager").scope("party", "view") is Scope.UNIT
    saved = client_of("admin").post("/settings/firm", FACTS | {"version": "1"})
    assert saved.status_code == 302
    assert world.principal("manager").scope("party", "view") is Scope.ALL
    assert world.principal("agent").scope("party", "view") is Scope.OWN


def test_whoever_saved_second_sees_both(world: World, client_of: Callable[..., CheckedClient]) -> None:
    edit_firm(world.principal("admin"), version=1, **(FACTS | {"name": "Aurora Group"}))
    answer = client_of("admin").post("/settings/firm", FACTS | {"name": "Gruppo Aurora", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 412
    assert 'value="Gruppo Aurora"' in page
    assert "Aurora Group" in page
    assert Firm.objects.get().name == "Aurora Group"


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Olympus"), ("language", "tlh"), ("visibility_scheme", "everyone"), ("name", " ")],
)
def test_what_cannot_be_is_refused_at_its_field(
    world: World, client_of: Callable[..., CheckedClient], field: str, value: str
) -> None:
    with pytest.raises(InvalidFields) as refused:
        edit_firm(world.principal("admin"), version=1, **(FACTS | {field: value}))
    assert list(refused.value.fields) == [field]
    assert client_of("admin").post("/settings/firm", FACTS | {field: value, "version": "1"}).status_code == 422
    assert Firm.objects.get().version == 1


def test_management_looks_but_does_not_save(world: World, client_of: Callable[..., CheckedClient]) -> None:
    assert client_of("boss").get("/settings/firm").status_code == 200
    assert client_of("boss").post("/settings/firm", FACTS | {"version": "1"}).status_code == 403
    assert client_of("agent").get("/settings/firm").status_code == 403
    with pytest.raises(Forbidden):
        edit_firm(world.principal("agent"), version=1, **FACTS)


def test_the_settings_are_shown_to_who_has_something_to_do_there(
    client_of: Callable[..., CheckedClient],
) -> None:
    page = client_of("admin").get("/settings").content.decode()
    for path in ("people", "roles", "firm", "units", "companies", "areas", "channels", "product-lines", "security"):
        assert f'href="/settings/{path}"' in page
    boss = client_of("boss").get("/settings").content.decode()
    assert 'href="/settings/units"' in boss
    assert 'href="/settings/security"' not in boss
    assert client_of("agent").get("/settings").status_code == 403
    assert 'href="/settings"' not in client_of("agent").get("/me").content.decode()
