"""Where both sides say different things: noted once, decided by a person, undone if he was wrong."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.models import Conflict, Exchange, Known
from filo.collaborative.connectors.policies import in_its_company
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, NotFound


class AlreadyDecided(DomainError):
    """Somebody was quicker."""

    code, status = "conflict-decided", 409
    sentence = _("A colleague has already decided this.")


def note_conflicts(
    exchange: Exchange,
    key: str,
    label: str,
    ask: Mapping[str, tuple[str, str]],
    before: Mapping[str, str] | None,
) -> int:
    """Keep what a person has to decide, and end what is settled by itself; gives how many are new."""
    open_now = {one.field: one for one in Conflict.objects.filter(exchange=exchange, key=key, state="open")}
    settled = [one.pk for name, one in open_now.items() if name not in ask]
    if settled:
        Conflict.objects.filter(pk__in=settled).update(state="gone", decided_at=clock.now())
    new = 0
    for name, (ours, theirs) in ask.items():
        facts = {"label": label[:200], "before": (before or {}).get(name, ""), "ours": ours, "theirs": theirs}
        if name in open_now:
            Conflict.objects.filter(pk=open_now[name].pk).update(**facts)
        else:
            Conflict.objects.create(exchange=exchange, key=key, field=name, at=clock.now(), **facts)
            new += 1
    return new


def decide(principal: Principal, conflict: Conflict, *, whose: str) -> Conflict:
    """Let one side's value hold (`ours` or `theirs`). Raises `Forbidden`, `NotFound`, `AlreadyDecided`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = (
            Conflict.objects.select_for_update().select_related("exchange__connection").filter(pk=conflict.pk).first()
        )
        if locked is None:
            raise NotFound
        if locked.state != "open":
            raise AlreadyDecided
        exchange = locked.exchange
        subject = all_subjects()[exchange.subject]
        if whose == "theirs":
            narrow = in_its_company(principal, exchange.connection.company_id)
            ours = subject.find(narrow, [locked.key]).get(locked.key)
            subject.take(narrow, locked.key, {locked.field: locked.theirs}, ours, exchange.as_of or clock.now())
        known, _created = Known.objects.select_for_update().get_or_create(
            exchange=exchange, key=locked.key, defaults={"seen_at": clock.now()}
        )
        # What holds is what both sides know from now on: their next look says the same, or it is a change of theirs.
        known.values = {**known.values, locked.field: locked.theirs}
        known.save(update_fields=["values"])
        locked.state, locked.decided_by_id, locked.decided_at = whose, principal.user_id, clock.now()
        locked.save(update_fields=["state", "decided_by", "decided_at"])
        changes = {locked.field: (locked.ours, locked.theirs if whose == "theirs" else locked.ours)}
        record(principal, "connection.decide", kind="connection", object_id=exchange.connection_id, changes=changes)
    return locked
