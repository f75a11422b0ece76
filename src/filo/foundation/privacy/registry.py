"""What the apps declare in their `privacy.py`: the register of personal data, and the kinds with a time."""

from __future__ import annotations

from functools import cache

from filo.foundation import keeping, personal
from filo.foundation.events.registry import import_from_apps
from filo.foundation.keeping import KeptKind
from filo.foundation.personal import PersonalData


@cache
def load_declarations() -> None:
    """Import `privacy.py` of every app of Filo, once."""
    import_from_apps("privacy")


def records() -> list[PersonalData]:
    """The register: every model that holds personal data, in the order of the house."""
    load_declarations()
    return personal.declared()


def kept_kinds() -> dict[str, KeptKind]:
    """Every kind that a rule can be made for, by its code; those that people write stand first."""
    load_declarations()
    return dict(reversed(keeping.kinds().items()))


def kept_kind(code: str) -> KeptKind | None:
    """The kind of this code; None when this version of Filo does not know it (any more)."""
    load_declarations()
    return keeping.kinds().get(code)
