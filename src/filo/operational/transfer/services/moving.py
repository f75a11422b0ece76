"""Parties that are there get the owner, the stage and the place that their rows say, by the verbs that people use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import plain
from filo.foundation.errors import DomainError
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.parties.services.relationships import assign_relationship
from filo.operational.parties.services.stages import move_stage
from filo.operational.transfer.belongings import Belongings, Wish, any_says
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.placing import Placing
from filo.operational.transfer.planning import UNCHANGED, UPDATED, Step
from filo.operational.transfer.services.sentences import sentence_of

Journals = dict[int, dict[str, Any]]


def move_known(
    principal: Principal, batch: ImportBatch, steps: Sequence[Step], spec: RelationshipSpec, journals: Journals
) -> None:
    """Do what these rows say of parties that are there, in their transaction; a refusal is told in its row."""
    if not any_says(steps):
        return
    found = Belongings(principal, Placing(principal, spec), batch.conflict)
    found.read(steps)
    for step in steps:
        wish = found.wish_of(step)
        if wish is None:
            continue
        step.stayed = wish.stayed
        if not wish.changes:
            continue
        try:
            with transaction.atomic():
                _move(principal, batch, wish)
        except DomainError as refusal:
            step.facts.warn("", sentence_of(refusal))
            continue
        wish.note()
        journals.setdefault(step.facts.number, {}).update(_journal(wish.changes))
        step.outcome = UPDATED if step.outcome == UNCHANGED else step.outcome


def _move(principal: Principal, batch: ImportBatch, wish: Wish) -> None:
    changes, row = dict(wish.changes), wish.relationship
    if "stage" in changes:
        _now, to = changes.pop("stage")
        move_stage(principal, row, to=to, reason=_("The file “%(name)s” says so.") % {"name": batch.file_name[:120]})
    if changes:
        wanted = {name: changes[name][1] if name in changes else getattr(row, name) for name in _PLACES}
        owner = wanted["owner"]
        assign_relationship(
            principal,
            row,
            version=None,
            owner_id=owner.pk if owner else None,
            area=wanted["area"],
            channel=wanted["channel"],
            unit=wanted["unit"],
        )


_PLACES = ("owner", "area", "channel", "unit")


def _journal(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    return {name: [_kept(now), _kept(said)] for name, (now, said) in changes.items()}


def _kept(value: Any) -> Any:
    return plain(getattr(value, "pk", value))
