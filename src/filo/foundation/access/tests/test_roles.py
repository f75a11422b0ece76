"""Roles keep only what differs from the ready one; nobody gives more than he has."""

from __future__ import annotations

import pytest

from filo.foundation.access.models import Role
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal, system
from filo.foundation.access.queries import effective_grants, effective_masks, ready_words
from filo.foundation.access.services import copy_role, delete_role, edit_role, make_ready_roles
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale

pytestmark = pytest.mark.django_db
SYSTEM = system("test")
NAMES = ("Agente", "Agent")


def edit(role: Role, *, who: Principal = SYSTEM, version: int = 1, **what: object) -> Role:
    """Change a role under the scheme by area."""
    asked = {"names": NAMES, "grants": {}, "masks": {}, **what}
    return edit_role(who, role, version=version, scheme="by-area", **asked).role  # type: ignore[arg-type]


@pytest.fixture
def agent() -> Role:
    """The ready role of agents."""
    return make_ready_roles()["agent"]


def test_only_what_differs_is_kept(agent: Role) -> None:
    words = ready_words(agent, scheme="by-area")
    words["party"]["view"] = "unit"
    found = edit(agent, grants=words)
    assert found.grants == {"party": {"view": "unit"}}
    assert effective_grants(found, scheme="by-area")["party"]["view"] is Scope.UNIT
    assert effective_grants(found, scheme="by-area")["party"]["edit"] is Scope.OWN
    assert edit(agent, version=2, grants=ready_words(agent, scheme="by-area")).grants == {}


def test_a_right_that_the_scheme_gives_goes_on_following_it() -> None:
    manager = make_ready_roles()["area-manager"]
    found = edit(manager, grants=ready_words(manager, scheme="by-area"), names=("Responsabile", "Manager"))
    assert found.grants == {}
    assert effective_grants(found, scheme="open")["party"]["view"] is Scope.ALL


def test_hidden_fields_are_kept_where_they_differ(agent: Role) -> None:
    found = edit(agent, masks={"party": ["notes", "birth_date"]})
    assert found.masks == {"party": ["birth_date", "notes"]}
    assert effective_masks(found)["party"] == {"birth_date", "notes"}
    assert edit(agent, version=2, masks={"party": []}).masks == {}


def test_what_is_not_declared_cannot_be_given(agent: Role) -> None:
    for what in (
        {"grants": {"moon": {"view": "all"}}},
        {"grants": {"party": {"launch": "all"}}},
        {"grants": {"party": {"view": "everything"}}},
        {"masks": {"party": ["password"]}},
        {"names": ("", " ")},
    ):
        with pytest.raises(InvalidFields):
            edit(agent, **what)
    agent.refresh_from_db()
    assert (agent.version, agent.grants, agent.masks) == (1, {}, {})


def test_whoever_saved_second_is_told(agent: Role) -> None:
    edit(agent, grants={"party": {"view": "team"}})
    with pytest.raises(Stale):
        edit(agent, grants={"party": {"view": "unit"}})
    agent.refresh_from_db()
    assert agent.grants == {"party": {"view": "team"}}


def test_nobody_gives_more_than_he_has(agent: Role) -> None:
    grants = {"user": {"manage": Scope.ALL}, "party": {"view": Scope.OWN}}
    clerk = Principal(kind="staff", name="clerk", grants=grants)
    with pytest.raises(Forbidden):
        edit(agent, who=clerk, grants={"party": {"view": "all"}})
    with pytest.raises(Forbidden):
        copy_role(clerk, agent, scheme="by-area", names=("Mia", "Mine"))
    with pytest.raises(Forbidden):
        edit(agent, who=Principal(kind="staff", name="nobody"))
    assert Role.objects.count() == 7


def test_a_copy_begins_as_the_other_is_and_can_be_deleted(agent: Role) -> None:
    edit(agent, grants={"party": {"view": "team"}})
    agent.refresh_from_db()
    copied = copy_role(SYSTEM, agent, scheme="by-area", names=("Agente anziano", "Senior agent")).role
    assert (copied.code, copied.based_on, copied.grants) == ("senior-agent", "agent", {"party": {"view": "team"}})
    delete_role(SYSTEM, copied)
    assert not Role.objects.filter(code="senior-agent").exists()


def test_a_ready_role_stays(agent: Role) -> None:
    with pytest.raises(DomainError, check=lambda error: error.code == "ready-role"):
        delete_role(SYSTEM, agent)
    assert copy_role(SYSTEM, agent, scheme="open", names=("Agente", "Agent")).role.code == "agent-2"
