"""Who looks after everybody's work; one's own is everybody's to see."""

from __future__ import annotations

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden


def sees_all_work(principal: Principal) -> bool:
    """Whether the work of all is shown."""
    return principal.scope("job", "view") is Scope.ALL


def mends_work(principal: Principal) -> bool:
    """Whether somebody may start and drop the work of others."""
    return principal.scope("job", "edit") is Scope.ALL


def require_all(principal: Principal, action: str = "view") -> None:
    """Raises `Forbidden` for who may do this with one's own work only."""
    if principal.require("job", action) is not Scope.ALL:
        raise Forbidden
