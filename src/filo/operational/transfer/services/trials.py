"""Tries a file out that nobody has handed in: nothing of it is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.operational.transfer.conflicts import FILE
from filo.operational.transfer.converting import unfold
from filo.operational.transfer.interpreting import interpret
from filo.operational.transfer.keys import clean_keys
from filo.operational.transfer.matches import Matches, matches_of
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.placing import Placing, without_strangers
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.products.reading import json_as_text
from filo.operational.transfer.recognising import recognise
from filo.operational.transfer.services.belonging import first_defaults, relationship_of, set_defaults, spec_for
from filo.operational.transfer.services.mappings import source_of
from filo.operational.transfer.services.rights import require_import
from filo.operational.transfer.services.trying_things import try_things
from filo.operational.transfer.storing import blocks_of, shown_name
from filo.operational.transfer.surveying import survey
from filo.operational.transfer.thing_fields import PRODUCTS
from filo.operational.transfer.things.kinds import thing_of
from filo.operational.transfer.trial import Trial, try_out


def try_file(
    principal: Principal,
    path: Path,
    *,
    kind: str = "",
    mode: str = "upsert",
    conflict: str = "",
    keys: Sequence[str] = (),
    make_firms: bool = True,
    mapping: str = "",
    program: str = "",
    part: str = "",
    tell: Callable[[int], bool] = lambda _done: True,
) -> tuple[Trial, Matches]:
    """What an import of this file would do, and what is understood of it.

    Raises `Forbidden`, `InvalidFields`, `Unreadable`.
    """
    require_import(principal)
    with tempfile.TemporaryDirectory(prefix="filo-trial-") as folder:
        copy = _copied(path, Path(folder))
        is_sure = kind == PRODUCTS
        if kind in ("", PRODUCTS) and (lines := json_as_text(copy, is_sure=is_sure)) is not None:
            copy.write_bytes(b"".join(lines))
        unfolded = unfold(copy, part=part)
        table = unfolded.path
        shape = recognise(table)
        found = survey(table, shape)
        source = mapping or source_of(path.name)
        meaning = interpret(principal, shape, found, kind=kind, source=source, program=program, mapping=mapping)
        columns = usable_columns(
            principal, without_strangers(meaning.columns, found.values, meaning.kind), meaning.kind
        )
        matches = matches_of(columns, meaning.kind, origin=meaning.origin, remembered=meaning.remembered)
        if thing := thing_of(meaning.kind):
            batch = ImportBatch(kind=thing.code, mode=mode, source=source, total=found.total, make_firms=make_firms)
            batch.format = unfolded.format
            set_defaults(batch, first_defaults(principal))
            return try_things(principal, batch, thing, shape, columns, spec_for(principal, batch), table), matches
        rule = conflict or meaning.conflict or FILE
        trial = try_out(
            principal,
            table,
            shape,
            columns,
            kind=meaning.kind,
            mode=mode,
            conflict=rule,
            keys=clean_keys(keys, columns),
            make_firms=make_firms,
            placing=_placing(principal),
            go_on=tell,
        )
        return trial, matches


def _placing(principal: Principal) -> Placing | None:
    """As an import without choices would place them; nothing before there is a company."""
    batch = ImportBatch()
    set_defaults(batch, first_defaults(principal))
    try:
        return Placing(principal, relationship_of(principal, batch))
    except InvalidFields:
        return None


def _copied(path: Path, folder: Path) -> Path:
    """Tables are written beside the file they come from: that is to be no place of somebody else's."""
    copy = folder / (shown_name(path.name) or "file")
    with copy.open("wb") as file:
        for block in blocks_of(path):
            file.write(block)
    return copy
