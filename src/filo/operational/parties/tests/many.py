"""Many customers, and what their tables hold, for the tests of acts on many."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.fields.models import FieldValue
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.search.models import SearchText
from filo.operational.parties.drafts import clean_party
from filo.operational.parties.models import (
    BulkEdit,
    Party,
    Reach,
    Relationship,
    RelationshipMember,
    StageChange,
    TimelineEntry,
)
from filo.operational.parties.services.arrivals import Arrival, RelationshipSpec, bring_in
from filo.operational.parties.services.many.acts import Act
from filo.operational.parties.services.many.choosing import Selection, choose, prepare, start
from filo.testing.world import BUILDER, World

Dump = dict[str, list[tuple[Any, ...]]]
# What only ever grows: how often a row was written, and when last.
GROWS = ("version", "updated_at", "id")


def firms(world: World, number: int, owner: str = "agent", *, first: int = 0) -> list[Party]:
    """So many firms of the North, followed by one person, with a member and a contact point here and there."""
    members = (world.people["teammate"].id,)
    arrivals = [
        Arrival(
            clean_party(
                {
                    "kind": "organisation",
                    "legal_name": f"Filatura {first + n:05} S.r.l.",
                    "sector": ("tessile", "moda", "")[n % 3],
                    "contact_points": [{"type": "email", "value": f"f{first + n}@filati.example"}] if n % 2 else [],
                }
            ),
            (
                RelationshipSpec(
                    company=world.companies["moda"],
                    area=world.areas["nord"],
                    unit=world.units["nord"],
                    owner_id=world.people[owner].id,
                    members=members if n % 4 == 0 else (),
                ),
            ),
        )
        for n in range(number)
    ]
    return bring_in(BUILDER, arrivals)


def dump() -> Dump:
    """Every row that an act on many may touch, but for what only ever grows."""
    keeps = {
        "parties": (Party.objects.all(), GROWS[:2]),
        "relationships": (Relationship.objects.all(), GROWS[:1]),
        "members": (RelationshipMember.objects.all(), ()),
        "ways": (Reach.objects.all(), ("id",)),
        "steps": (StageChange.objects.all(), ()),
        "fields": (FieldValue.objects.all(), ("id",)),
        "story": (TimelineEntry.objects.all(), ()),
        "words": (SearchText.objects.all(), ("id",)),
    }
    return {name: _rows(rows, without) for name, (rows, without) in keeps.items()}


def _rows(rows: QuerySet[Any], without: tuple[str, ...]) -> list[tuple[Any, ...]]:
    names = [field.attname for field in rows.model._meta.concrete_fields if field.attname not in without]
    return sorted((tuple(map(str, row)) for row in rows.order_by().values_list(*names)), key=repr)


def prepared(principal: Principal, parties: list[Party], act: Act) -> BulkEdit:
    """Chosen and previewed."""
    return prepare(principal, choose(principal, Selection([party.id for party in parties])), act)


def done(principal: Principal, parties: list[Party], act: Act) -> BulkEdit:
    """The same, and done by a worker."""
    edit = start(principal, prepared(principal, parties, act))
    work()
    edit.refresh_from_db()
    return edit


def work() -> JobState:
    """A worker does the next long job."""
    claimed = claim("tester", ["long"])
    assert claimed is not None
    return run_claimed(claimed)
