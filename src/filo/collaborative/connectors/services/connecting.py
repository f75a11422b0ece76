"""Verbs about connections: add one, change it, switch it off and on, try it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.connectors.contract import BackOffice
from filo.collaborative.connectors.events import ConnectionAdded, ConnectionEdited
from filo.collaborative.connectors.kinds.finding import all_kinds
from filo.collaborative.connectors.models import Connection, Exchange
from filo.collaborative.connectors.queries import line_to
from filo.collaborative.connectors.sealing import KEYS
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line

_HOLDS_A_PASSWORD = re.compile(r"[a-z]+://[^/?#]*@", re.IGNORECASE)
PLAIN = ("code", "name", "every_minutes", "company")


def add_connection(
    principal: Principal, *, kind: str, given: Mapping[str, str], secret: str = "", **facts: Any
) -> Connection:
    """Connect a back office; every subject is exchanged from now on. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    if kind not in all_kinds():
        raise InvalidFields({"kind": _("There is no such kind of back office.")})
    clean = {**_clean(facts), "given": _clean_given(all_kinds()[kind], given, secret)}
    if Connection.objects.filter(code=clean.get("code", "")).exists():
        raise InvalidFields({"code": _("There is already one with this code.")})
    moment = clock.now()
    with transaction.atomic():
        made = Connection.objects.create(
            kind=kind, sealed_secret=KEYS.close_text(secret), created_at=moment, next_at=moment, **clean
        )
        subjects = all_subjects().values()
        rows = [Exchange(connection=made, subject=one.code, active=one.usual) for one in subjects]
        Exchange.objects.bulk_create(rows)
        told = {
            name: (None, str(value)) for name, value in clean.items() if value not in ("", None) and name != "given"
        }
        record(principal, "connection.add", kind="connection", object_id=made.pk, changes=told)
        announce(principal, ConnectionAdded(connection=made.pk))
    return made


def edit_connection(
    principal: Principal,
    connection: Connection,
    *,
    version: int,
    given: Mapping[str, str],
    secret: str = "",
    **facts: Any,
) -> Connection:
    """Change it; without a `secret` the one that is kept stays. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = _locked(connection)
        kept = secret or ("kept" if locked.sealed_secret else "")
        clean = {**_clean(facts), "given": _clean_given(all_kinds()[locked.kind], given, kept)}
        pairs = {name: (getattr(locked, name), value) for name, value in clean.items()}
        changes = {name: (str(a), str(b)) for name, (a, b) in pairs.items() if a != b}
        if version != locked.version:
            raise Stale(changes, version=locked.version)
        if "code" in changes and Connection.objects.filter(code=clean["code"]).exists():
            raise InvalidFields({"code": _("There is already one with this code.")})
        for name, value in clean.items():
            setattr(locked, name, value)
        if secret:
            locked.sealed_secret = KEYS.close_text(secret)
        _save(principal, locked, "connection.edit", changes)
    return locked


def switch_connection(principal: Principal, connection: Connection, *, on: bool) -> Connection:
    """Exchange by the clock, or no more; what came stays. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = _locked(connection)
        if locked.active != on:
            locked.active, locked.next_at = on, clock.now()
            _save(principal, locked, "connection.switch", {"active": (str(not on), str(on))})
    return locked


def try_connection(principal: Principal, connection: Connection) -> str:
    """What its kind says of it, in a sentence. Raises `Forbidden`, `NotConnected`."""
    principal.require("settings", "edit")
    return line_to(connection).try_out()


def _save(principal: Principal, locked: Connection, action: str, changes: dict[str, tuple[str, str]]) -> None:
    locked.version += 1
    locked.save()
    record(principal, action, kind="connection", object_id=locked.pk, changes=changes)
    announce(principal, ConnectionEdited(connection=locked.pk))


def _locked(connection: Connection) -> Connection:
    found = Connection.objects.select_for_update().filter(pk=connection.pk).first()
    if found is None:
        raise NotFound
    return found


def _clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    unknown = facts.keys() - set(PLAIN)
    if unknown:
        raise TypeError(f"no facts of a connection: {sorted(unknown)}")
    clean = dict(facts)
    clean["name"] = clean_line(clean.get("name") or "", max_length=120)
    if not clean["name"]:
        raise InvalidFields({"name": _("Give it a name.")})
    if not 1 <= int(clean.get("every_minutes", 15)) <= 1440:
        raise InvalidFields({"every_minutes": _("Between one minute and a day.")})
    return clean


def _clean_given(kind: type[BackOffice], given: Mapping[str, str], secret: str) -> dict[str, str]:
    found: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for setting in kind.settings:
        value = secret if setting.secret else clean_line(given.get(setting.name, ""), max_length=500)
        if setting.required and not value:
            wrong[setting.name] = _("This is needed.")
        if not setting.secret and _HOLDS_A_PASSWORD.match(value):
            wrong[setting.name] = _("Leave name and password out of the address: the key has a field of its own.")
        if not setting.secret:
            found[setting.name] = value
    if wrong:
        raise InvalidFields(wrong)
    return found
