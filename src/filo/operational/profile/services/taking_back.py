"""How what was learned or forgotten is taken back."""

from __future__ import annotations

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoable import PutBack, Values, undo_with
from filo.operational.profile.queries import seen_trait
from filo.operational.profile.services.learning import bring_trait_back, forget_trait


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("trait", "trait.learn", _forget)
    undo_with("trait", "trait.bring-back", _forget)
    undo_with("trait", "trait.forget", _bring_back)


def _forget(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    trait = seen_trait(principal, entry.object_id)
    if trait.ended_at is not None:
        return PutBack((), list(values))
    forget_trait(principal, trait)
    return PutBack(list(values))


def _bring_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    done = bring_trait_back(principal, seen_trait(principal, entry.object_id))
    return PutBack(list(values)) if done else PutBack((), list(values))
