"""Verbs about roles as the firm knows them: audited, announced, and never without an administrator."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from filo.foundation.access import services as access
from filo.foundation.access.differences import Words
from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.access.services import RoleChange
from filo.foundation.accounts.events import RoleAdded, RoleDeleted, RoleEdited
from filo.foundation.accounts.limits import keep_an_administrator
from filo.foundation.accounts.queries import visibility_scheme
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce


def edit_role(
    principal: Principal,
    role: Role,
    *,
    version: int,
    names: tuple[str, str],
    grants: Words,
    masks: Mapping[str, Collection[str]],
) -> Role:
    """Say what a role may do; it holds from the next request of whoever has it.

    Raises what `access.services.edit_role` raises, and `DomainError` when nobody could administer any more.
    """
    with transaction.atomic():
        done = access.edit_role(
            principal,
            role,
            version=version,
            scheme=visibility_scheme(),
            names=names,
            grants=grants,
            masks=masks,
        )
        if done.changes:
            keep_an_administrator()
            _record(principal, "role.edit", done)
            announce(principal, RoleEdited(role=role.id))
    return done.role


def reset_role(principal: Principal, role: Role) -> Role:
    """Give a role the rights of its ready role again: nothing is said that differs."""
    names = (role.name_it, role.name_en)
    return edit_role(principal, role, version=role.version, names=names, grants={}, masks={})


def copy_role(principal: Principal, role: Role, *, names: tuple[str, str]) -> Role:
    """A new role that begins as another one is. Raises `Forbidden`, `InvalidFields`."""
    with transaction.atomic():
        done = access.copy_role(principal, role, scheme=visibility_scheme(), names=names)
        _record(principal, "role.add", done)
        announce(principal, RoleAdded(role=done.role.id))
    return done.role


def delete_role(principal: Principal, role: Role) -> None:
    """Take away a role of one's own making that nobody has. Raises `Forbidden`, `DomainError`."""
    role_id = role.id
    with transaction.atomic():
        done = access.delete_role(principal, role)
        record(principal, "role.delete", kind="role", object_id=role_id, changes=done.changes)
        announce(principal, RoleDeleted(role=role_id))


def _record(principal: Principal, action: str, done: RoleChange) -> None:
    record(principal, action, kind="role", object_id=done.role.id, changes=done.changes)
