"""Who asks: a person of the firm, a token, a customer's link, or a named part of the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from django.db.models import UUIDField
from django.utils.translation import gettext as _

from filo.foundation.access.objects import Scope
from filo.foundation.errors import Forbidden
from filo.foundation.prepared import asked

Grants = Mapping[str, Mapping[str, Scope]]
Sight = tuple[object, ...]
# Actions that change nothing: a token needs no more than the scope to read for them.
READING = ("view", "export")


@dataclass(frozen=True)
class Principal:
    """Everything that rules need to know about whoever asks, computed anew for each request."""

    kind: Literal["staff", "token", "link", "system"]
    name: str
    user_id: UUID | None = None
    role: str = ""
    grants: Grants = field(default_factory=dict)
    masks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unit_id: UUID | None = None
    unit_ids: frozenset[UUID] = frozenset()
    company_ids: frozenset[UUID] | None = None  # None: every company of the group
    token_scopes: frozenset[str] | None = None  # None: not a token
    token_id: UUID | None = None
    viewed_by: str = ""  # the name of who looks through this person's eyes
    door: str = "page"
    page: str = ""  # the open page that asks, so that it is not told of its own change
    time_zone: str = "Europe/Rome"
    also: Mapping[str, Any] = field(default_factory=dict)  # what topics had read together with the person

    def scope(self, code: str, action: str) -> Scope:
        """How far this principal reaches with an action on an object."""
        if self.kind == "system":
            return Scope.ALL
        if self.viewed_by and action != "view":
            return Scope.NONE
        if self.token_scopes is not None and _token_scope(code, action) not in self.token_scopes:
            return Scope.NONE
        return self.grants.get(code, {}).get(action, Scope.NONE)

    def may(self, code: str, action: str = "view") -> bool:
        """Whether the action is allowed on at least something."""
        return self.scope(code, action) > Scope.NONE

    def require(self, code: str, action: str) -> Scope:
        """The scope of the action; raises `Forbidden` when there is none."""
        found = self.scope(code, action)
        if found is Scope.NONE:
            if self.viewed_by and action != "view":
                raise ViewingAs(self.name)
            raise Forbidden(_("Your role does not open this page.")) if action == "view" else Forbidden()
        return found

    def hidden(self, code: str) -> frozenset[str]:
        """The fields of an object that this principal may neither see, filter, sort nor change."""
        return self.masks.get(code, frozenset())

    @cached_property
    def sight(self) -> Sight:
        """All that decides which rows this principal sees, but for who it is: the same for all agents of a unit."""
        views = tuple((code, self.scope(code, "view")) for code in self.grants)
        known = self.user_id is not None
        return (self.kind == "system", views, self.unit_id, self.unit_ids, self.company_ids, known)

    def as_anybody(self) -> Principal:
        """Somebody with this sight, whose id is given with each asking (`me`)."""
        me: Any = asked("me", UUIDField())
        return replace(self, user_id=me if self.user_id else None, name="", also={})

    def through(self, door: str) -> Principal:
        """The same principal at another door (page, api, import, job, socket)."""
        return replace(self, door=door)


class ViewingAs(Forbidden):
    """Looking through somebody's eyes is for looking only."""

    code = "viewing-as"

    def __init__(self, name: str) -> None:
        sentence = _("You are looking as %(name)s: nothing can be changed. Go back to yourself first.")
        super().__init__(sentence % {"name": name})


def _token_scope(code: str, action: str) -> str:
    return f"{code}:{'read' if action in READING else 'write'}"


def system(name: str) -> Principal:
    """A named part of the system that acts by itself (a job, the mail reader, the demo)."""
    return Principal(kind="system", name=name, door="job")
