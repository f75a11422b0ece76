"""What may not be changed is left and told: beyond one's reach, as it is already, changed since the preview."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import ViewingAs
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, NotFound
from filo.foundation.filters.tree import Tree
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.many import choosing
from filo.operational.parties.services.many.acts import Act
from filo.operational.parties.services.many.choosing import Selection, choose, chosen_ids, prepare, start
from filo.operational.parties.services.many.running import carry_on
from filo.operational.parties.services.many.taking_back import take_back
from filo.operational.parties.tests.many import done, dump, firms, prepared, work
from filo.testing.world import World

SECTOR = Act("fact", {"sector": "meccanica"})


def to(world: World, name: str) -> Act:
    return Act("assign", {"owner_id": str(world.people[name].id)})


def test_the_preview_says_what_the_run_does(world: World) -> None:
    manager, everybody = world.principal("manager"), [*world.parties.values(), *firms(world, 20)]
    edit = prepared(manager, everybody, to(world, "teammate"))
    foreseen = edit.foreseen or {}
    start(manager, edit)
    work()
    edit.refresh_from_db()
    assert (edit.changed, edit.partly, edit.left) == (foreseen["will"], foreseen["partly"], foreseen["left"])
    # Own, shared (one line of two), joined, and twenty; Riva is the teammate's already; two are of the South,
    # the contact has no relationship.
    assert (edit.changed, edit.partly, edit.left) == (23, 0, {"same": 1, "unseen": 2, "alone": 1})
    assert Relationship.objects.filter(owner=world.people["teammate"]).count() == 25


def test_an_agent_may_give_nobody_away_and_change_only_his_own(world: World) -> None:
    agent = world.principal("agent")
    edit = choose(agent, Selection([party.id for party in world.parties.values()]))
    with pytest.raises(Forbidden):
        prepare(agent, edit, to(world, "teammate"))
    edit = done(agent, list(world.parties.values()), SECTOR)
    assert (edit.changed, edit.left) == (4, {"unseen": 3})
    changed = Party.objects.filter(sector="meccanica")
    assert set(changed) == {world.parties[name] for name in ("own", "shared", "joined", "contact")}


def test_only_one_company_or_line_is_meant_when_it_is_named(world: World) -> None:
    admin, shared = world.principal("admin"), world.parties["shared"]
    act = Act("stage", {"stage": "prospect"}, "Di nuovo in trattativa", line=str(world.lines["donna"].id))
    assert done(admin, [shared, world.parties["own"]], act).left == {"alone": 1}
    rows = dict(shared.relationships.values_list("product_line__code", "stage"))
    assert rows == {"donna": "prospect", "uomo": "suspect"}


def test_what_somebody_changed_since_the_preview_is_left(world: World) -> None:
    admin, parties = world.principal("admin"), firms(world, 4)
    edit = prepared(admin, parties, SECTOR)
    Party.objects.filter(pk=parties[1].pk).update(sector="chimica")
    start(admin, edit)
    work()
    edit.refresh_from_db()
    assert (edit.changed, edit.left) == (3, {"changed": 1})
    parties[1].refresh_from_db()
    assert parties[1].sector == "chimica"


def test_all_that_a_list_finds_are_chosen_as_they_are_now(world: World) -> None:
    manager = world.principal("manager")
    firms(world, 30)
    tree: Tree = {"and": [{"field": "owner", "op": "is", "value": str(world.people["agent"].id)}]}
    edit = choose(manager, Selection(text="Filatura", tree=tree))
    firms(world, 1, first=500)
    assert (edit.total, len(chosen_ids(edit))) == (30, 30)


def test_nobody_and_too_many_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = world.principal("admin")
    with pytest.raises(DomainError) as nobody:
        choose(admin, Selection([]))
    monkeypatch.setattr(choosing, "MOST", 5)
    with pytest.raises(DomainError) as many:
        choose(admin, Selection())
    assert (nobody.value.code, many.value.code) == ("nobody-chosen", "too-many")


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (Act("assign"), "owner"),
        (Act("assign", {"owner_id": "01a2019c-7fd7-7c53-bc80-8be9dfea212e"}), "owner"),
        (Act("stage", {"stage": "friend"}, "x"), "stage"),
        (Act("stage", {"stage": "lead"}), "reason"),
        (Act("fact", {"notes": "x"}), "field"),
        (Act("fact", {"language": "de"}), "value"),
        (Act("fact", {"sector": "x" * 121}), "value"),
        (Act("member-add"), "user"),
    ],
)
def test_an_act_that_says_nothing_sensible_is_refused(world: World, act: Act, field: str) -> None:
    admin = world.principal("admin")
    edit = choose(admin, Selection([world.parties["own"].id]))
    with pytest.raises(InvalidFields) as refused:
        prepare(admin, edit, act)
    assert list(refused.value.fields) == [field]


def test_nobody_else_sees_or_takes_back_what_one_did(world: World) -> None:
    edit = done(world.principal("manager"), firms(world, 2), SECTOR)
    for name in ("agent", "other_manager"):
        with pytest.raises(NotFound):
            take_back(world.principal(name), edit)
    take_back(world.principal("admin"), edit)


def test_looking_as_somebody_changes_nothing(world: World) -> None:
    manager = world.principal("manager")
    edit = prepared(manager, firms(world, 2), SECTOR)
    before, looking = dump(), replace(manager, viewed_by="Admin")
    with pytest.raises(ViewingAs):
        choose(looking, Selection([]))
    with pytest.raises(ViewingAs):
        start(looking, edit)
    assert dump() == before


def test_a_right_that_is_lost_meanwhile_ends_it_with_a_sentence(world: World) -> None:
    manager = world.principal("manager")
    edit = start(manager, prepared(manager, firms(world, 2), SECTOR))
    ended = carry_on(replace(manager, grants={"party": {"view": Scope.UNIT}}), edit)
    assert (ended.state, ended.error.endswith("."), ended.changed) == ("failed", True, 0)
