"""The tree of units: renamed, moved with all that is below, taken away when nothing refers to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.foundation.organisation.models import Unit
from filo.foundation.organisation.queries import unit_and_below, unit_tree
from filo.foundation.organisation.services import add_unit, delete_unit, edit_unit
from filo.testing.clients import CheckedClient
from filo.testing.world import World


def read(unit: Unit) -> Unit:
    """The row as it is now."""
    return Unit.objects.get(pk=unit.pk)


def move(world: World, unit: Unit, *, under: Unit | None, who: str = "admin") -> Unit:
    """Put a unit under another, as it reads now."""
    found = read(unit)
    return edit_unit(world.principal(who), found, version=found.version, name=found.name, parent=under)


def test_a_unit_moves_with_everything_below_it(world: World) -> None:
    admin, nord, sud = world.principal("admin"), world.units["nord"], world.units["sud"]
    milan = add_unit(admin, name="Milano", parent=nord)
    shop = add_unit(admin, name="Via Torino", parent=milan)
    move(world, milan, under=sud)
    assert read(milan).path == f"{sud.path}{milan.pk.hex}/"
    assert read(shop).path == f"{sud.path}{milan.pk.hex}/{shop.pk.hex}/"
    assert unit_and_below(read(sud)) == {sud.pk, milan.pk, shop.pk}
    assert unit_and_below(read(nord)) == {nord.pk}


def test_who_sees_a_unit_follows_its_place_at_the_next_request(world: World) -> None:
    move(world, world.units["sud"], under=world.units["nord"])
    assert world.units["sud"].pk in world.principal("manager").unit_ids
    move(world, world.units["sud"], under=world.units["root"])
    assert world.units["sud"].pk not in world.principal("manager").unit_ids


def test_a_unit_never_stands_under_itself(world: World) -> None:
    milan = add_unit(world.principal("admin"), name="Milano", parent=world.units["nord"])
    before = sorted(Unit.objects.values_list("path", flat=True))
    for unit, under in ((world.units["nord"], milan), (milan, milan), (world.units["root"], milan)):
        with pytest.raises(InvalidFields) as refused:
            move(world, unit, under=under)
        assert list(refused.value.fields) == ["parent"]
    assert sorted(Unit.objects.values_list("path", flat=True)) == before


def test_only_the_root_stands_under_nothing(world: World) -> None:
    with pytest.raises(InvalidFields):
        move(world, world.units["nord"], under=None)


def test_whoever_saved_second_is_told_what_differs(world: World) -> None:
    nord = world.units["nord"]
    edit_unit(world.principal("admin"), nord, version=1, name="Nord Ovest", parent=world.units["root"])
    with pytest.raises(Stale) as stale:
        edit_unit(world.principal("admin"), nord, version=1, name="Settentrione", parent=world.units["root"])
    assert stale.value.differing == {"name": ("Nord Ovest", "Settentrione")}
    assert read(nord).name == "Nord Ovest"


def test_a_unit_in_use_stays_and_an_unused_one_goes(world: World) -> None:
    admin = world.principal("admin")
    milan = add_unit(admin, name="Milano", parent=world.units["nord"])
    with pytest.raises(DomainError, check=lambda error: error.code == "in-use"):
        delete_unit(admin, world.units["nord"])
    with pytest.raises(DomainError, check=lambda error: error.code == "root-unit"):
        delete_unit(admin, world.units["root"])
    delete_unit(admin, milan)
    assert not Unit.objects.filter(pk=milan.pk).exists()
    assert AuditEntry.objects.filter(object_id=milan.pk).values_list("action", flat=True).order_by("id")[1] == (
        "unit.delete"
    )
    assert OutboxEvent.objects.filter(type="unit.deleted", subject=milan.pk).count() == 1


def test_two_units_never_share_a_code(world: World) -> None:
    with pytest.raises(InvalidFields) as refused:
        add_unit(world.principal("admin"), name="Altro Nord", parent=world.units["root"], code="nord")
    assert list(refused.value.fields) == ["code"]


def test_only_who_edits_the_settings_changes_the_tree(world: World) -> None:
    for who in ("boss", "manager", "agent"):
        with pytest.raises(Forbidden):
            move(world, world.units["sud"], under=world.units["nord"], who=who)


def test_the_page_shows_the_tree_by_name(world: World, client_of: Callable[..., CheckedClient]) -> None:
    add_unit(world.principal("admin"), name="Centro", parent=world.units["root"])
    page = client_of("admin").get("/settings/units").content.decode()
    assert page.index("Centro") < page.index("Nord") < page.index("Sud")
    assert [branch.unit.name for branch in unit_tree()[0].below] == ["Centro", "Nord", "Sud"]
    looking = client_of("boss").get("/settings/units").content.decode()
    assert "/settings/units/new" not in looking
    assert client_of("agent").get("/settings/units").status_code == 403


def test_a_place_below_itself_is_not_even_offered(world: World, client_of: Callable[..., CheckedClient]) -> None:
    nord, sud = world.units["nord"], world.units["sud"]
    page = client_of("admin").get(f"/settings/units/{nord.pk}").content.decode()
    assert f'value="{sud.pk}"' in page
    assert f'value="{nord.pk}"' not in page
    refused = client_of("admin").post(
        f"/settings/units/{nord.pk}", {"name": "N", "parent": str(nord.pk), "version": "1"}
    )
    assert refused.status_code == 422
