"""What is exchanged over a connection, and whose values hold."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.collaborative.connectors.events import ConnectionEdited
from filo.collaborative.connectors.models import OWNERS, Connection, Exchange
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.services import enqueue


class SwitchedOff(DomainError):
    """Nothing is exchanged with a back office that is switched off."""

    code, status = "back-office-off", 409
    sentence = gettext_lazy("This back office is switched off. Switch it on to exchange.")


def exchange_now(principal: Principal, connection: Connection) -> Job:
    """Have it looked at without waiting for the clock; gives the job. Raises `Forbidden`, `SwitchedOff`."""
    principal.require("settings", "edit")
    if not connection.active:
        raise SwitchedOff
    return enqueue("connectors.exchange_all", principal=principal, connection=str(connection.pk), how="hand")


def set_exchange(
    principal: Principal,
    exchange: Exchange,
    *,
    active: bool,
    columns: Mapping[str, str],
    owners: Mapping[str, str],
    version: int | None = None,
) -> Exchange:
    """Which of their columns is which of our fields, and whose value of each field holds.

    Raises `Forbidden`, `Stale`, `InvalidFields` for a field that is named twice or not known.
    """
    principal.require("settings", "edit")
    subject = all_subjects()[exchange.subject]
    names = {one.name for one in subject.fields}
    chosen = {column: name for column, name in columns.items() if name}
    if len(set(chosen.values())) != len(chosen) or not set(chosen.values()) <= names:
        raise InvalidFields({"columns": _("Each field can come from one column only.")})
    if not set(owners) <= names or not set(owners.values()) <= {code for code, _label in OWNERS}:
        raise InvalidFields({"owners": _("There is no such field.")})
    with transaction.atomic():
        locked = Exchange.objects.select_for_update().get(pk=exchange.pk)
        before = {"active": locked.active, "columns": locked.columns, "owners": locked.owners}
        after = {"active": active, "columns": chosen, "owners": dict(owners)}
        changes = {name: (str(before[name]), str(after[name])) for name in after if before[name] != after[name]}
        if version is not None and version != locked.version:
            raise Stale(changes, version=locked.version)
        if changes:
            locked.active, locked.columns, locked.owners = active, chosen, dict(owners)
            locked.version += 1
            locked.save(update_fields=["active", "columns", "owners", "version"])
            record(principal, "connection.edit", kind="connection", object_id=locked.connection_id, changes=changes)
            announce(principal, ConnectionEdited(connection=locked.connection_id))
    return locked
