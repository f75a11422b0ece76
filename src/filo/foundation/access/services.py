"""Verbs about roles; what they changed is given back, for the apps above to audit and announce."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.differences import Words, differing_grants, differing_masks
from filo.foundation.access.models import Role
from filo.foundation.access.objects import READY_ROLES
from filo.foundation.access.principal import Principal
from filo.foundation.access.queries import effective_grants, goes_beyond
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, NotFound, Stale
from filo.foundation.folding import clean_line

NAMES = {
    "administrator": ("Amministratore", "Administrator"),
    "management": ("Direzione", "Management"),
    "area-manager": ("Responsabile di area", "Area manager"),
    "agent": ("Agente", "Agent"),
    "inside-sales": ("Commerciale interno", "Inside sales"),
    "researcher": ("Ricercatore", "Researcher"),
    "care-operator": ("Operatore assistenza", "Care operator"),
}


@dataclass(frozen=True)
class RoleChange:
    """A role after a verb, and each field that it changed as (before, after)."""

    role: Role
    changes: Mapping[str, tuple[Any, Any]]


def make_ready_roles() -> dict[str, Role]:
    """The ready roles, made where they are missing."""
    for code in READY_ROLES:
        name_it, name_en = NAMES[code]
        Role.objects.get_or_create(code=code, defaults={"name_it": name_it, "name_en": name_en, "based_on": code})
    return {role.code: role for role in Role.objects.filter(code__in=READY_ROLES)}


def edit_role(
    principal: Principal,
    role: Role,
    *,
    version: int,
    scheme: str,
    names: tuple[str, str],
    grants: Words,
    masks: Mapping[str, Collection[str]],
) -> RoleChange:
    """Say what a role may do: `grants` {object: {action: scope word}}, `masks` {object: fields not shown}.

    Kept is only what differs from the ready role under the visibility scheme. Rights are computed anew for
    every request and message, so the change holds at once and no session has to be closed. Raises `Forbidden`
    (also when somebody would give more than he has), `InvalidFields`, `Stale`.
    """
    principal.require("user", "manage")
    with transaction.atomic():
        locked = lock_roles().get(role.pk)
        if locked is None:
            raise NotFound
        wanted = {
            **_names(names),
            "grants": differing_grants(locked, grants, scheme=scheme),
            "masks": differing_masks(locked, masks),
        }
        changes = {
            name: (getattr(locked, name), value) for name, value in wanted.items() if getattr(locked, name) != value
        }
        if version != locked.version:
            raise Stale(changes, version=locked.version)
        _refuse_more_than_own(principal, locked, scheme)
        if changes:
            for name, value in wanted.items():
                setattr(locked, name, value)
            locked.version += 1
            _refuse_more_than_own(principal, locked, scheme)
            locked.save()
    return RoleChange(locked, changes)


def copy_role(principal: Principal, role: Role, *, scheme: str, names: tuple[str, str]) -> RoleChange:
    """A new role that begins as another one is. Raises `Forbidden`, `InvalidFields`."""
    principal.require("user", "manage")
    _refuse_more_than_own(principal, role, scheme)
    with transaction.atomic():
        lock_roles()
        found = Role.objects.create(
            code=_free_code(names[1] or names[0]),
            based_on=role.based_on,
            grants=role.grants,
            masks=role.masks,
            **_names(names),
        )
    return RoleChange(found, {"copied_from": (None, role.code)})


def delete_role(principal: Principal, role: Role) -> RoleChange:
    """Take away a role of one's own making. Raises `Forbidden`, and `DomainError` while somebody has it."""
    principal.require("user", "manage")
    if role.is_ready:
        raise DomainError(_("A ready role stays: it can be changed but not deleted."), code="ready-role")
    with transaction.atomic():
        locked = lock_roles().get(role.pk)
        if locked is None:
            raise NotFound
        try:
            locked.delete()
        except ProtectedError:
            sentence = _("Somebody still has the role %(name)s: give them another one first.")
            raise DomainError(sentence % {"name": role}, code="role-in-use") from None
    return RoleChange(role, {"code": (role.code, None)})


def lock_roles() -> dict[Any, Role]:
    """All roles by id, locked: whoever changes who may do what waits for the others."""
    return {role.pk: role for role in Role.objects.select_for_update().order_by("pk")}


def _names(names: tuple[str, str]) -> dict[str, str]:
    name_it, name_en = (clean_line(name, max_length=80) for name in names)
    if not (name_it or name_en):
        raise InvalidFields({"name_it": _("A role needs a name.")})
    return {"name_it": name_it or name_en, "name_en": name_en or name_it}


def _refuse_more_than_own(principal: Principal, role: Role, scheme: str) -> None:
    if goes_beyond(principal, effective_grants(role, scheme=scheme)):
        raise Forbidden(_("Nobody can give, change or take rights that he does not have himself."))


def _free_code(name: str) -> str:
    base = slugify(name)[:50] or "role"
    taken = set(Role.objects.filter(code__startswith=base).values_list("code", flat=True)) | set(READY_ROLES)
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if code not in taken)
