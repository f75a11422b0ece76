"""Tries a file out that nobody has handed in: nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from filo.foundation.access.principal import Principal
from filo.operational.transfer.guessing import guess_columns, guess_kind, survey
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.recognising import recognise
from filo.operational.transfer.services.mappings import mapped, named_mapping, source_of
from filo.operational.transfer.services.rights import require_import
from filo.operational.transfer.trial import Trial, try_out


def try_file(
    principal: Principal,
    path: Path,
    *,
    kind: str = "",
    mode: str = "upsert",
    mapping: str = "",
    tell: Callable[[int], bool] = lambda _done: True,
) -> Trial:
    """What an import of this file would do. Raises `Forbidden`, `InvalidFields`, `Unreadable`."""
    require_import(principal)
    shape = recognise(path)
    found = survey(path, shape)
    kind, source = kind or guess_kind(shape.headers), mapping or source_of(path.name)
    columns = guess_columns(shape, found, kind=kind, source=source)
    if mapping:
        columns = mapped(columns, named_mapping(mapping, kind), source)
    return try_out(principal, path, shape, usable_columns(principal, columns, kind), kind=kind, mode=mode, go_on=tell)
