"""The firm's own fields among the facts of a party: each is a fact named `fields.CODE`, so that writers are merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.fields.values import clean_values

ENTITY = "party"
PREFIX = "fields."


def as_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """{code: value} as facts."""
    return {f"{PREFIX}{code}": value for code, value in values.items()}


def among_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """{code: value} of the facts that are fields of one's own."""
    return {name.removeprefix(PREFIX): value for name, value in facts.items() if name.startswith(PREFIX)}


def clean_own(
    principal: Principal, facts: Mapping[str, Any], *, current: Mapping[str, Any], stages: Collection[str]
) -> dict[str, Any]:
    """The same facts with clean values; asks for what is required of those named. Raises `InvalidFields`."""
    named = among_facts(facts)
    found = clean_values(principal, ENTITY, named, current=current, stage=stages, partial=True)
    return as_facts({code: found.get(code) for code in named})


def with_facts(values: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values once clean facts are written over them."""
    found = {**values, **among_facts(facts)}
    return {code: value for code, value in found.items() if value not in (None, "", [])}


class Refusals:
    """Collects what several checks refuse, so that a writer is told all of it at once."""

    def __init__(self) -> None:
        self.fields: dict[str, Sentence | list[Sentence]] = {}

    @contextmanager
    def also(self) -> Iterator[None]:
        """Within the block, what is refused is kept for later."""
        try:
            yield
        except InvalidFields as error:
            self.fields |= error.fields

    def stop(self) -> None:
        """Raises `InvalidFields` if anything was refused."""
        if self.fields:
            raise InvalidFields(self.fields)
