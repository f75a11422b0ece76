"""Verbs about roles."""

from __future__ import annotations

from filo.foundation.access.models import Role
from filo.foundation.access.objects import READY_ROLES

NAMES = {
    "administrator": ("Amministratore", "Administrator"),
    "management": ("Direzione", "Management"),
    "area-manager": ("Responsabile di area", "Area manager"),
    "agent": ("Agente", "Agent"),
    "inside-sales": ("Commerciale interno", "Inside sales"),
    "researcher": ("Ricercatore", "Researcher"),
    "care-operator": ("Operatore assistenza", "Care operator"),
}


def make_ready_roles() -> dict[str, Role]:
    """The ready roles, made where they are missing."""
    for code in READY_ROLES:
        name_it, name_en = NAMES[code]
        Role.objects.get_or_create(code=code, defaults={"name_it": name_it, "name_en": name_en, "based_on": code})
    return {role.code: role for role in Role.objects.filter(code__in=READY_ROLES)}
