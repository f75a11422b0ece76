"""What an import changed as people see it, and the shortest way to take one back."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from filo.foundation.access.principal import Principal
from filo.foundation.search.models import SearchText
from filo.operational.parties.models import (
    Address,
    ContactPoint,
    ExternalIdentity,
    Party,
    PartyRelation,
    Reach,
    Relationship,
)
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.services.turning import bring_again, turn, undo_import
from filo.operational.transfer.tests.files import IMPORTER

# What counts writings, not facts; keys of rows that are written anew.
VOLATILE = {"version", "updated_at"}
KEYS = {"id"}


def facts() -> dict[str, Any]:
    """Everything that can be seen of the living parties, what they are to us, and by which words they are found."""
    living = Party.objects.filter(deleted_at=None)
    return {
        "parties": rows(Party, living, without=VOLATILE),
        "points": rows(ContactPoint, ContactPoint.objects.filter(party__in=living)),
        "addresses": rows(Address, Address.objects.filter(party__in=living)),
        "codes": rows(ExternalIdentity, ExternalIdentity.objects.all()),
        "ties": rows(PartyRelation, PartyRelation.objects.all()),
        "relationships": rows(Relationship, Relationship.objects.filter(party__in=living), without=VOLATILE),
        "reach": rows(Reach, Reach.objects.filter(living=True)),
        "words": sorted(SearchText.objects.values_list("kind", "object_id", "text")),
    }


def rows(model: type[Model], found: Any, *, without: set[str] = KEYS) -> list[str]:
    """Rows as text, in an order of their own."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in without]
    return sorted(repr(row) for row in found.values_list(*names))


def undone(batch: ImportBatch, principal: Principal = IMPORTER) -> ImportBatch:
    """Taken back, to the end."""
    return turn(principal, undo_import(principal, batch, in_background=False))


def again(batch: ImportBatch, principal: Principal = IMPORTER) -> ImportBatch:
    """Brought in once more, to the end."""
    return turn(principal, bring_again(principal, batch, in_background=False))


def told(batch: ImportBatch) -> tuple[str, int, int]:
    """Its state, how many rows were dealt with, how many were left."""
    return batch.state, batch.turned, batch.left


def left_of(batch: ImportBatch) -> list[tuple[int, str]]:
    """(number, why) of the rows that were left."""
    return list(batch.rows.exclude(left="").order_by("number").values_list("number", "left"))
