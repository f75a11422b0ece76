"""Many parties that came by mistake leave together, with their codes and ties; and come back as they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import insert
from filo.foundation.events.services import announce
from filo.foundation.search import services as search
from filo.operational.parties.drafts import clean_party
from filo.operational.parties.events import PartyDeleted, PartyRestored
from filo.operational.parties.models import ExternalIdentity, Party, PartyRelation, Reach
from filo.operational.parties.services import reach
from filo.operational.parties.services.arrivals import words_of
from filo.operational.parties.services.editing import facts_of
from filo.operational.parties.services.many.storing import tell_pages
from filo.operational.parties.services.relations import Tie, columns_of, tie_from, tie_of

Pair = tuple[str, str]


def leave(principal: Principal, keys: Sequence[UUID]) -> None:
    """Put these parties, which the caller has locked and may take away, into the bin, in the caller's transaction.

    Their codes are free for others again; what they were to others is kept in the audit, for `come_back`.
    """
    if not keys:
        return
    _give_codes_up(principal, keys)
    tied = _untie(principal, keys)
    Party.objects.filter(pk__in=keys).update(deleted_at=clock.now())
    Reach.objects.filter(party__in=keys).update(living=False)
    if tied:
        reach.refresh(tied)
    search.forget("party", keys)
    record_many(principal, "party.delete", [Change("party", key, {"deleted": (False, True)}) for key in keys])
    announce(principal, *(PartyDeleted(party=key) for key in keys))
    tell_pages(keys, "facts")


def _give_codes_up(principal: Principal, keys: Sequence[UUID]) -> None:
    codes: dict[UUID, list[Pair]] = {}
    rows = ExternalIdentity.objects.filter(party__in=keys)
    for party, system, key in rows.order_by("system", "key").values_list("party_id", "system", "key"):
        codes.setdefault(party, []).append((system, key))
    rows.delete()
    changes = [Change("party", party, {"external_identities": (pairs, None)}) for party, pairs in codes.items()]
    record_many(principal, "party.forget-codes", changes)


def _untie(principal: Principal, keys: Sequence[UUID]) -> set[UUID]:
    """Take their relations away; gives everybody concerned."""
    rows = list(PartyRelation.objects.filter(Q(from_party__in=keys) | Q(to_party__in=keys)))
    PartyRelation.objects.filter(pk__in=[row.pk for row in rows]).delete()
    going = set(keys)
    changes = [
        Change(
            "party",
            row.from_party_id if row.from_party_id in going else row.to_party_id,
            {"relation": (asdict(tie_of(row)), None)},
        )
        for row in rows
    ]
    record_many(principal, "party.unrelate", changes)
    return {end for row in rows for end in (row.from_party_id, row.to_party_id)}


def come_back(principal: Principal, entries: Sequence[AuditEntry]) -> dict[UUID, str]:
    """Bring parties back that `leave` put into the bin and told of in these entries, in the caller's transaction.

    Gives why something of a party stayed away: it, a code or the other end of a tie is not to be had any more.
    """
    gone = [entry.object_id for entry in entries if entry.action == "party.delete"]
    held = Party.objects.filter(pk__in=gone, merged_into=None).exclude(deleted_at=None)
    keys = list(held.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    left = dict.fromkeys(set(gone) - set(keys), _("somebody took it out of the bin since, or emptied the bin"))
    if keys:
        Party.objects.filter(pk__in=keys).update(deleted_at=None)
        Reach.objects.filter(party__in=keys).update(living=True)
        coming = [entry for entry in entries if entry.object_id in set(keys)]
        left |= _give_codes_back(principal, coming)
        left |= _tie_again(principal, coming)
        _find_again(keys)
        record_many(principal, "party.restore", [Change("party", key, {"deleted": (True, False)}) for key in keys])
        announce(principal, *(PartyRestored(party=key) for key in keys))
        tell_pages(keys, "facts")
    return left


def _give_codes_back(principal: Principal, entries: Iterable[AuditEntry]) -> dict[UUID, str]:
    lost = {
        entry.object_id: [(system, key) for system, key in entry.changes["external_identities"][0]]
        for entry in entries
        if entry.action == "party.forget-codes"
    }
    known = ExternalIdentity.objects.filter(key__in={key for pairs in lost.values() for _system, key in pairs})
    taken = set(known.values_list("system", "key"))
    free = {party: [pair for pair in pairs if pair not in taken] for party, pairs in lost.items()}
    insert(
        ExternalIdentity,
        [ExternalIdentity(party_id=party, system=system, key=key) for party in free for system, key in free[party]],
    )
    changes = [Change("party", party, {"external_identities": (None, pairs)}) for party, pairs in free.items() if pairs]
    record_many(principal, "party.identify", changes)
    return {party: _("somebody else has its code now") for party in lost if len(free[party]) < len(lost[party])}


def _tie_again(principal: Principal, entries: Iterable[AuditEntry]) -> dict[UUID, str]:
    ties = [
        (entry.object_id, tie)
        for entry in entries
        if entry.action == "party.unrelate" and (tie := tie_from(entry.changes["relation"][0])) is not None
    ]
    ends = {end for _party, tie in ties for end in (tie.from_party, tie.to_party)}
    living = set(Party.objects.filter(pk__in=ends, deleted_at=None).values_list("pk", flat=True))
    again = {tie: party for party, tie in ties if {tie.from_party, tie.to_party} <= living and not _is_there(tie)}
    insert(PartyRelation, [PartyRelation(**columns_of(tie)) for tie in again])
    if again:
        reach.refresh({end for tie in again for end in (tie.from_party, tie.to_party)})
    changes = [Change("party", party, {"relation": (None, asdict(tie))}) for tie, party in again.items()]
    record_many(principal, "party.relate", changes)
    return {
        party: _("what it was related to is not there any more")
        for party, tie in ties
        if not {tie.from_party, tie.to_party} <= living
    }


def _is_there(tie: Tie) -> bool:
    same = PartyRelation.objects.filter(from_party=tie.from_party, to_party=tie.to_party, role=tie.role)
    return same.exists()


def _find_again(keys: Sequence[UUID]) -> None:
    found = Party.objects.filter(pk__in=keys).prefetch_related("contact_points", "addresses")
    search.index("party", {party.pk: words_of(party, clean_party(facts_of(party))) for party in found})
