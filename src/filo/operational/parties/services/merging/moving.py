"""Whatever points at one card is made to point at another, and each row moved is remembered.

What points at a card is found in the models themselves, so that no topic can forget to follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias, cast
from uuid import UUID

from django.db.models import Exists, Field, ManyToOneRel, Model, OuterRef, Q, QuerySet, UniqueConstraint

from filo.foundation.bulk import insert
from filo.operational.parties.models import MergedRow, Party, Relationship

AT_ONCE = 500
# Kept for reading and made anew, or what tells of the merge itself, or of how a relationship came where it is.
STAYING = {
    "parties.reach",
    "parties.lastcontact",
    "parties.party",
    "parties.merge",
    "parties.stagechange",
}
_staying: set[str] = set(STAYING)
Column: TypeAlias = "Field[Any, Any]"


def let_stay(*models: str) -> None:
    """Rows of these models ("doubles.doublekey") are made anew by their own topic and do not follow a merge."""
    _staying.update(name.lower() for name in models)
    pointing_at.cache_clear()


@cache
def pointing_at(target: type[Model]) -> tuple[tuple[type[Model], Column], ...]:
    """Every model with a foreign key to this one, with that key; those that stay are left out."""
    relations = [found for found in target._meta.get_fields(include_hidden=True) if isinstance(found, ManyToOneRel)]
    columns = [(found.related_model, cast("Column", found.field)) for found in relations]
    return tuple((model, field) for model, field in columns if model._meta.label_lower not in _staying)


def move_rows(
    merge_id: UUID,
    target: type[Model],
    *,
    origin: UUID,
    to: UUID,
    but: Collection[UUID] = (),
    since: UUID | None = None,
) -> int:
    """Make what points at `origin` point at `to`; gives how many rows.

    What `to` has already (the same e-mail, the same relation, the rows named by `but`) stays where it is.
    `since` moves only what was made after that id.
    """
    moved = 0
    for model, field in pointing_at(target):
        rows = _to_be_moved(model, field, origin, to, since)
        keys = [key for key in rows.values_list("pk", flat=True) if key not in but]
        _remember(merge_id, model, field, keys, origin)
        for some in _chunks(keys):
            model._default_manager.filter(pk__in=some).update(**{field.name: to})
        moved += len(keys)
    return moved


def move_back(merge_id: UUID, *, now: Collection[UUID]) -> int:
    """Give every moved row its card back, if it still points at one of `now`, where it was moved to; gives how many."""
    back = 0
    rows = MergedRow.objects.filter(merge=merge_id).values_list("model", "column", "key", "was")
    by_column: dict[tuple[str, str, UUID], list[str]] = {}
    for label, column, key, was in rows.iterator():
        by_column.setdefault((label, column, was), []).append(key)
    models = {model._meta.label_lower: model for target in (Party, Relationship) for model, _f in pointing_at(target)}
    for (label, column, was), keys in by_column.items():
        for some in _chunks(keys):
            still = models[label]._default_manager.filter(pk__in=some, **{f"{column}__in": now})
            back += still.update(**{column: was})
    return back


def rows_since(
    target: type[Model], *, origin: UUID, to: UUID, since: UUID
) -> Iterator[tuple[type[Model], Column, QuerySet[Any]]]:
    """What was made with `origin` after an id and could as well stand with `to`, model by model."""
    for model, field in pointing_at(target):
        yield model, field, _to_be_moved(model, field, origin, to, since)


def _to_be_moved(model: type[Model], field: Column, origin: UUID, to: UUID, since: UUID | None) -> QuerySet[Any]:
    rows = model._default_manager.filter(**{field.name: origin}).order_by()
    if since is not None:
        rows = rows.filter(pk__gt=since) if _is_timed(model) else rows.none()
    for other, column in pointing_at(cast("type[Model]", field.related_model)):
        if other is model and column is not field:  # it would tie the card to itself
            rows = rows.exclude(**{column.name: to})
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            rows = rows.exclude(_taken(model, field, constraint, to))
    return rows


def _taken(model: type[Model], field: Column, constraint: UniqueConstraint, to: UUID) -> Q:
    """The rows whose like `to` has already."""
    others = [name for name in constraint.fields if name != field.name]
    same = model._default_manager.filter(**{field.name: to}, **{name: OuterRef(name) for name in others})
    condition = constraint.condition or Q()
    return Q(Exists(same.filter(condition))) & condition


def _remember(merge_id: UUID, model: type[Model], field: Column, keys: Sequence[Any], was: UUID) -> None:
    label = model._meta.label_lower
    insert(
        MergedRow,
        [MergedRow(merge_id=merge_id, model=label, column=field.name, key=str(key), was=was) for key in keys],
    )


def _is_timed(model: type[Model]) -> bool:
    """Whether its keys tell when rows were made."""
    return model._meta.pk.get_internal_type() == "UUIDField"


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
