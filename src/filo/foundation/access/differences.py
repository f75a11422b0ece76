"""What a role says that its ready role does not: this alone is kept of the grid of rights."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from filo.foundation.access.models import Role
from filo.foundation.access.objects import Scope, declared
from filo.foundation.access.queries import ready_words
from filo.foundation.errors import InvalidFields

Words = Mapping[str, Mapping[str, str]]


def differing_grants(role: Role, grants: Words, *, scheme: str) -> dict[str, dict[str, str]]:
    """The rights that differ under a scheme, or were said before. Raises `InvalidFields`."""
    ready = ready_words(role, scheme=scheme)
    kept: dict[str, dict[str, str]] = {}
    for code, by in grants.items():
        for action, word in by.items():
            if action not in ready.get(code, {}) or word.upper() not in Scope.__members__:
                raise InvalidFields({f"{code}.{action}": _("There is no such right.")})
            was_said = role.grants.get(code, {}).get(action) == word
            if word != ready[code][action] or was_said:
                kept.setdefault(code, {})[action] = word
    return kept


def differing_masks(role: Role, masks: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """The hidden fields where they differ. Raises `InvalidFields`."""
    kept = {}
    for found in declared():
        if found.code not in masks:
            continue
        wanted = sorted(masks[found.code])
        if set(wanted) - set(found.maskable):
            raise InvalidFields({f"{found.code}.masks": _("There is no such field.")})
        if wanted != sorted(found.ready_masks.get(role.based_on, ())):
            kept[found.code] = wanted
    return kept
