"""Views are kept, shared, changed, removed and brought back; nobody sees what is not shared with them."""

from __future__ import annotations

import pytest

from filo.foundation.errors import Forbidden, InvalidFields, NotFound, Stale
from filo.foundation.lists import services
from filo.foundation.lists.queries import opening_view, pinned_by, removed_view, seen_view, views_of
from filo.foundation.lists.registry import kept_query
from filo.foundation.lists.services import ViewDraft
from filo.testing.world import World


def names(world: World, who: str) -> list[str]:
    return [view.name for view in views_of(world.principal(who), "parties")]


def test_a_view_keeps_conditions_columns_and_order_but_not_the_page() -> None:
    assert kept_query("?sort=name&view=x&cursor=abc&area=nord&columns=stage,phone&q=") == (
        "area=nord&columns=stage,phone&sort=name"
    )


def test_one_keeps_a_view_for_oneself(world: World) -> None:
    services.keep_view(world.principal("agent"), "parties", ViewDraft("I miei del Nord", "area=nord"))
    assert names(world, "agent") == ["I miei del Nord"]
    assert names(world, "teammate") == names(world, "admin") == []


def test_a_view_of_a_unit_is_for_it_and_those_below(world: World) -> None:
    services.keep_view(world.principal("manager"), "parties", ViewDraft("Primo piano Nord", "", "unit"))
    assert [who for who in ("manager", "agent", "teammate", "stranger", "boss") if names(world, who)] == [
        "manager",
        "agent",
        "teammate",
    ]


def test_an_agent_shares_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        services.keep_view(world.principal("agent"), "parties", ViewDraft("Per tutti", "", "everyone"))


def test_what_is_shared_is_changed_by_its_owner_and_the_administrator(world: World) -> None:
    view = services.keep_view(world.principal("boss"), "parties", ViewDraft("Per tutti", "", "everyone"))
    with pytest.raises(Forbidden):
        services.change_view(world.principal("agent"), view, ViewDraft("Mia", "", "everyone"))
    with pytest.raises(Stale):
        services.change_view(world.principal("boss"), view, ViewDraft("Altra", "", "everyone"), version=7)
    services.change_view(world.principal("admin"), view, ViewDraft("Di tutti", "stage=lead", "everyone"))
    assert names(world, "agent") == ["Di tutti"]


def test_one_name_is_one_view(world: World) -> None:
    services.keep_view(world.principal("agent"), "parties", ViewDraft("Mia", ""))
    with pytest.raises(InvalidFields) as refused:
        services.keep_view(world.principal("agent"), "parties", ViewDraft(" Mia ", "area=sud"))
    assert "name" in refused.value.fields


def test_a_removed_view_comes_back(world: World) -> None:
    agent = world.principal("agent")
    view = services.keep_view(agent, "parties", ViewDraft("Mia", ""))
    services.remove_view(agent, view)
    assert names(world, "agent") == []
    with pytest.raises(NotFound):
        removed_view(world.principal("teammate"), view.id)
    services.bring_back_view(agent, removed_view(agent, view.id))
    assert names(world, "agent") == ["Mia"]


def test_a_pinned_view_goes_with_its_sharing(world: World) -> None:
    boss, agent = world.principal("boss"), world.principal("agent")
    view = services.keep_view(boss, "parties", ViewDraft("Per tutti", "", "everyone"))
    services.pin_view(agent, view)
    services.pin_view(agent, view)
    assert pinned_by(agent) == [view]
    services.change_view(boss, view, ViewDraft("Mia sola", "", "me"))
    assert pinned_by(agent) == []
    with pytest.raises(NotFound):
        seen_view(agent, view.id)


def test_a_list_opens_with_the_view_of_ones_role(world: World) -> None:
    admin = world.principal("admin")
    view = services.keep_view(admin, "parties", ViewDraft("Da chiamare", "", "everyone"))
    services.change_view(admin, view, ViewDraft("Da chiamare", "", "everyone", ["agent"]))
    for who, opens in (("agent", True), ("operator", False)):
        principal = world.principal(who)
        assert (opening_view(principal, views_of(principal, "parties")) is not None) == opens
    with pytest.raises(Forbidden):
        services.change_view(world.principal("boss"), view, ViewDraft("Da chiamare", "", "everyone", ["operator"]))
