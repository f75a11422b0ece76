"""Who saves second is told so, and overwrites nobody: pipelines, stages, reasons, rules, the next step of a deal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from filo.foundation import clock
from filo.operational.deals.models import LossReason
from filo.operational.deals.services.settings import save_assignment_rule, save_score_rule
from filo.operational.deals.tests.floor import Floor
from filo.testing.clients import client_of
from filo.testing.forms import beside, saved_twice

pytestmark = pytest.mark.django_db
SENTENCE = "Qualcun altro ha modificato questi dati mentre scrivevi."
BIG = {"name_it": "Grande", "way": "fit", "field": "amount", "operator": "more", "value": "1000", "points": 10}


def _stage(floor: Floor) -> str:
    return f"pipelines/{floor.pipeline.pk}/stages/{floor.stages['talks'].pk}"


def _score(floor: Floor) -> str:
    return f"scores/{save_score_rule(floor.principal('admin'), None, BIG).pk}"


def _assignment(floor: Floor) -> str:
    people = [floor.world.people["agent"].pk]
    return f"assignments/{save_assignment_rule(floor.principal('admin'), None, {'name': 'Tutti'}, people=people).pk}"


KINDS: dict[str, tuple[str, Callable[[Floor], str]]] = {
    "pipeline": ("name_it", lambda floor: f"pipelines/{floor.pipeline.pk}"),
    "stage": ("name_it", _stage),
    "reason": ("name_it", lambda _floor: f"reasons/{LossReason.objects.get().pk}"),
    "score": ("name_it", _score),
    "assignment": ("name", _assignment),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_is_told_and_the_first_stays(floor: Floor, kind: str) -> None:
    (field, place), client = KINDS[kind], client_of(floor.world, "admin")
    also: dict[str, Any] = {"people": floor.world.people["agent"].pk} if kind == "assignment" else {}
    found = saved_twice(client, f"/settings/deals/{place(floor)}", field, "Primo", "Secondo", **also)
    assert (found.status, SENTENCE in found.page, found.kept) == (422, True, "Primo")
    assert beside("Primo", "Secondo") in found.page
    assert kind == "assignment" or found.at_last == "Secondo", "saved again, knowingly"


def test_the_next_step_is_not_overwritten(floor: Floor) -> None:
    deal, client = floor.open(), client_of(floor.world, "agent")
    page, day = f"/deals/{deal.id}?ask=step", clock.today().isoformat()
    found = saved_twice(client, page, "next_step", "Chiamare", "Scrivere", to=f"/deals/{deal.id}/next", next_on=day)
    assert (found.status, SENTENCE in found.page, found.kept, found.at_last) == (422, True, "Chiamare", "Scrivere")
