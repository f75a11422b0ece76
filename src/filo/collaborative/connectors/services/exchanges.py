"""What is exchanged over a connection, and whose values hold."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.connectors.events import ConnectionEdited
from filo.collaborative.connectors.models import OWNERS, Exchange
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce


def set_exchange(
    principal: Principal, exchange: Exchange, *, active: bool, columns: Mapping[str, str], owners: Mapping[str, str]
) -> Exchange:
    """Which of their columns is which of our fields, and whose value of each field holds.

    Raises `Forbidden`, `InvalidFields` for a field that is named twice or not known.
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
        locked.active, locked.columns, locked.owners = active, chosen, dict(owners)
        locked.save(update_fields=["active", "columns", "owners"])
        after = {"active": active, "columns": chosen, "owners": dict(owners)}
        changes = {name: (str(before[name]), str(after[name])) for name in after if before[name] != after[name]}
        if changes:
            record(principal, "connection.edit", kind="connection", object_id=locked.connection_id, changes=changes)
            announce(principal, ConnectionEdited(connection=locked.connection_id))
    return locked
