"""What a chunk of rows made and changed is put back as it was; whatever somebody touched since stays, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import Undone, put_back_object
from filo.operational.parties.models import Party, PartyRelation, Relationship
from filo.operational.parties.models.links import CONTACT_ROLES
from filo.operational.parties.services.many.leaving import come_back, leave
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.touched import touched_since

ARRIVED = ("party.create", "party.restore")
LEFT = ("party.delete",)
Entries = Mapping[UUID, Sequence[AuditEntry]]


def put_back(principal: Principal, batch: ImportBatch, keys: Collection[UUID], *, act: UUID) -> dict[UUID, str]:
    """Put back what the operation `act` did to these parties; gives why something of a party was left.

    Belongs into the caller's transaction, within an operation that undoes `act`. A party that was made and not
    touched since goes into the bin, with its codes and ties; of one that was changed each value goes back that
    is still as the operation left it.
    """
    keys = set(keys)
    list(Party.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    entries = _entries_of(act, keys)
    arrived = [key for key in keys if _any(entries.get(key, ()), ARRIVED)]
    gone = [key for key in keys if _any(entries.get(key, ()), LEFT)]
    left = _take_away(principal, batch, arrived)
    left |= come_back(principal, [entry for key in gone for entry in entries[key]])
    for key in keys - {*arrived, *gone}:
        found = Undone()
        for same in _objects(entries.get(key, ())):
            put_back_object(principal, same, found)
        if found.left:
            left[key] = "; ".join(reason.rstrip(".") for reason in found.left)
    if act == batch.pk:  # of what was merged, or forgotten, the run tells nothing under this name
        left |= dict.fromkeys(keys - entries.keys(), _("it is not what the import brought any more"))
    return left


def put_back_firms(principal: Principal, batch: ImportBatch, firms: Collection[UUID], *, act: UUID) -> dict[UUID, str]:
    """The same for firms that were made because people name them: where anybody still works they stay."""
    ties = PartyRelation.objects.filter(to_party__in=firms, role__in=CONTACT_ROLES, from_party__deleted_at=None)
    staffed = set(ties.values_list("to_party_id", flat=True)) if firms else set()
    gone = set(Party.objects.filter(pk__in=firms).exclude(deleted_at=None).values_list("pk", flat=True))
    kept = dict.fromkeys(staffed - gone, _("the firm stays: somebody works there"))
    free = set(firms) - kept.keys()
    return kept | (put_back(principal, batch, free, act=act) if free else {})


def _entries_of(act: UUID, keys: Collection[UUID]) -> Entries:
    """What the operation did to each party and to what it is to us, the newest first."""
    party_of = dict(Relationship.objects.filter(party__in=keys).order_by().values_list("pk", "party_id"))
    found: dict[UUID, list[AuditEntry]] = {}
    of_parties = AuditEntry.objects.filter(kind="party", object_id__in=keys, operation=act)
    of_relationships = AuditEntry.objects.filter(kind="relationship", object_id__in=list(party_of), operation=act)
    for entry in sorted([*of_parties, *of_relationships], key=lambda entry: (entry.at, entry.pk), reverse=True):
        found.setdefault(party_of.get(entry.object_id, entry.object_id), []).append(entry)
    return found


def _any(entries: Sequence[AuditEntry], actions: Collection[str]) -> bool:
    return any(entry.kind == "party" and entry.action in actions for entry in entries)


def _objects(entries: Sequence[AuditEntry]) -> list[list[AuditEntry]]:
    """The entries of each thing; the party's own come last, so that its relationships are put back while it is as
    the operation left it.
    """
    found: dict[tuple[str, UUID], list[AuditEntry]] = {}
    for entry in entries:
        found.setdefault((entry.kind, entry.object_id), []).append(entry)
    return sorted(found.values(), key=lambda same: same[0].kind == "party")


def _take_away(principal: Principal, batch: ImportBatch, keys: Collection[UUID]) -> dict[UUID, str]:
    left = touched_since(batch, keys) if keys else {}
    living = Party.objects.filter(pk__in=set(keys) - set(left), deleted_at=None)
    leave(principal, list(living.values_list("pk", flat=True)))
    return left
