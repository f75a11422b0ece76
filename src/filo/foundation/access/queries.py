"""What a role amounts to: the ready role, overlaid with what the firm changed."""

from __future__ import annotations

from functools import lru_cache

from filo.foundation.access.models import Role
from filo.foundation.access.objects import AccessObject, Scope, declared, ready_scope
from filo.foundation.access.principal import Grants, Principal


def effective_grants(role: Role, *, scheme: str) -> Grants:
    """{object: {action: Scope}} for a role under a visibility scheme."""
    return _grants(role.based_on, scheme, _frozen(role.grants))


def effective_masks(role: Role) -> dict[str, frozenset[str]]:
    """{object: fields this role may not see}."""
    return {
        found.code: frozenset(role.masks.get(found.code, found.ready_masks.get(role.based_on, ())))
        for found in declared()
    }


def _frozen(grants: dict[str, dict[str, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple(sorted((code, action, word) for code, by in grants.items() for action, word in by.items()))


@lru_cache(maxsize=256)
def _grants(based_on: str, scheme: str, changed: tuple[tuple[str, str, str], ...]) -> Grants:
    grants = {
        found.code: {action: ready_scope(found, based_on, action, scheme=scheme) for action in found.actions}
        for found in declared()
    }
    for code, action, word in changed:
        if action in grants.get(code, {}):
            grants[code][action] = Scope[word.upper()]
    return grants


def goes_beyond(principal: Principal, grants: Grants) -> bool:
    """Whether these rights reach further than the principal's own anywhere."""
    return any(
        scope > principal.scope(code, action) for code, actions in grants.items() for action, scope in actions.items()
    )


def offered_scopes(found: AccessObject) -> list[Scope]:
    """The scopes that mean something for an object: only nothing or all where no ready role has another."""
    words = {word for by_action in found.ready.values() for word in by_action.values()}
    return [Scope.NONE, Scope.ALL] if words <= {"all", "none"} else list(Scope)


def ready_words(role: Role, *, scheme: str) -> dict[str, dict[str, str]]:
    """What the ready role that this one comes from may do, as {object: {action: scope word}}."""
    return {
        found.code: {
            action: ready_scope(found, role.based_on, action, scheme=scheme).name.lower() for action in found.actions
        }
        for found in declared()
    }
