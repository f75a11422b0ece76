"""What rights are about: each topic declares its objects, their actions, and what ready roles may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from django.utils.functional import Promise


class Scope(IntEnum):
    """How far a right reaches: none, one's own, one's team, one's unit and below, all."""

    NONE = 0
    OWN = 1
    TEAM = 2
    UNIT = 3
    ALL = 4


ACTIONS = ("view", "create", "edit", "delete")
READY_ROLES = (
    "administrator",
    "management",
    "area-manager",
    "agent",
    "inside-sales",
    "researcher",
    "care-operator",
)


@dataclass(frozen=True)
class AccessObject:
    """One thing that rights are about; `maskable` are the fields a role may be kept from seeing."""

    code: str
    label: str | Promise
    actions: tuple[str, ...]
    ready: Mapping[str, Mapping[str, str]]
    maskable: Mapping[str, str | Promise] = field(default_factory=dict)
    ready_masks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_objects: dict[str, AccessObject] = {}


def declare(found: AccessObject) -> AccessObject:
    """Make an object known; policies call this once, when they are imported."""
    _objects[found.code] = found
    return found


def declared() -> list[AccessObject]:
    """Every declared object, in the order of declaration (the order of the house)."""
    return list(_objects.values())


def ready_scope(found: AccessObject, role: str, action: str, *, scheme: str) -> Scope:
    """What a ready role may do with an object; `wide` is the unit by area and all in the open scheme."""
    word = found.ready.get(role, {}).get(action, "none")
    if word == "wide":
        word = "unit" if scheme == "by-area" else "all"
    return Scope[word.upper()]
