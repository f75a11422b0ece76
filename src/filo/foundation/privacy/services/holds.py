"""Verbs about holds: nothing takes away the data of somebody until it is lifted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.privacy.events import HoldLifted, HoldPlaced
from filo.foundation.privacy.models import Hold
from filo.foundation.privacy.subjects import seen_name
from filo.foundation.push.services import publish


def place_hold(principal: Principal, kind: str, subject_id: UUID, *, reason: str, until: date | None = None) -> Hold:
    """Hold somebody's data from now on; one who is held already is held for the new reason.

    Raises `Forbidden`, `NotFound`, `InvalidFields`.
    """
    principal.require("privacy", "edit")
    seen_name(principal, kind, subject_id)
    reason = _checked(reason, until)
    with transaction.atomic():
        moment = clock.now()
        standing = Hold.objects.select_for_update().filter(subject_kind=kind, subject_id=subject_id, lifted_at=None)
        standing.update(lifted_at=moment, lifted_by_name=principal.name, version=F("version") + 1)
        hold = Hold.objects.create(
            subject_kind=kind,
            subject_id=subject_id,
            reason=reason,
            until=until,
            placed_by_id=principal.user_id,
            placed_by_name=principal.name,
            placed_at=moment,
        )
        changes = {"reason": (None, reason), "until": (None, until)}
        record(principal, "hold.place", kind=kind, object_id=subject_id, changes=changes)
        announce(principal, HoldPlaced(hold=hold.id, subject_kind=kind, subject_id=subject_id))
        publish(f"{kind}:{subject_id}", "facts", by=principal.page)
    return hold


def lift_hold(principal: Principal, hold: Hold) -> Hold:
    """Let somebody's data follow the rules again; twice changes nothing. Raises `Forbidden`."""
    principal.require("privacy", "edit")
    with transaction.atomic():
        locked = Hold.objects.select_for_update().get(pk=hold.pk)
        if locked.lifted_at is not None:
            return locked
        locked.lifted_at, locked.lifted_by_name = clock.now(), principal.name
        locked.version += 1
        locked.save(update_fields=["lifted_at", "lifted_by_name", "version"])
        changes = {"reason": (locked.reason, None), "until": (locked.until, None)}
        record(principal, "hold.lift", kind=locked.subject_kind, object_id=locked.subject_id, changes=changes)
        announce(principal, HoldLifted(hold=locked.id, subject_kind=locked.subject_kind, subject_id=locked.subject_id))
        publish(f"{locked.subject_kind}:{locked.subject_id}", "facts", by=principal.page)
    return locked


def _checked(reason: str, until: date | None) -> str:
    problems: dict[str, Sentence] = {}
    cleaned = clean_line(reason, max_length=300)
    if not cleaned:
        problems["reason"] = _("Say why: a lawsuit, a request of the authority, a dispute.")
    if until is not None and until < clock.today():
        problems["until"] = _("This day is over. Leave it empty to hold until further notice.")
    if problems:
        raise InvalidFields(problems)
    return cleaned


def hand_over_holds(kind: str, subject_id: UUID, to: UUID) -> list[UUID]:
    """What held one subject holds another from now on, since the two became one; gives the holds."""
    rows = Hold.objects.filter(subject_kind=kind, subject_id=subject_id)
    ids = list(rows.values_list("pk", flat=True))
    Hold.objects.filter(pk__in=ids).update(subject_id=to)
    return ids


def hand_holds_back(holds: Iterable[UUID], to: UUID) -> None:
    """They are two again: these holds hold whom they held before."""
    Hold.objects.filter(pk__in=list(holds)).update(subject_id=to)
