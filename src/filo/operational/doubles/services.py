"""Looks for cards that are one customer, and keeps what people decided about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.bulk import insert
from filo.foundation.errors import DomainError, Forbidden
from filo.operational.doubles.keys import keys_of
from filo.operational.doubles.likeness.comparing import Likeness, compare
from filo.operational.doubles.likeness.traits import Traits
from filo.operational.doubles.models import DoubleKey, DoublePair, Looked, PairState
from filo.operational.doubles.queries import (
    AT_ONCE,
    SHOWN,
    hashed,
    here,
    open_pairs,
    partners,
    traits_of_parties,
)
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.policies import PARTY_EDITED
from filo.operational.parties.services.merging.merging import merge_parties

CHUNK = 300
# Two who write at once commit in another order than their clocks say: so far is looked back.
OVERLAP = timedelta(minutes=2)
Tell = Callable[[int, int], object]


def look_at(ids: Sequence[UUID], *, above_only: bool = False) -> int:
    """Keep the keys of these cards anew and find who they may be one with; gives how many pairs are open now.

    Pairs that somebody decided about stay as they are.
    """
    with transaction.atomic():
        mine = traits_of_parties(ids)
        _keep_keys(ids, mine)
        pairs = partners(list(mine), above_only=above_only)
        others = traits_of_parties({pk for pair in pairs for pk in pair} - mine.keys())
        traits, model = {**others, **mine}, here()
        alike: dict[tuple[UUID, UUID], Likeness] = {}
        for first, second in pairs:
            if first in traits and second in traits:
                likeness = compare(traits[first], traits[second], model)
                if likeness.probability >= SHOWN:
                    alike[first, second] = likeness
        if not above_only:
            _forget_unlike(ids, alike)
        return _keep_pairs(alike)


def _keep_keys(ids: Sequence[UUID], traits: dict[UUID, Traits]) -> None:
    wanted = {(party, key) for party, found in traits.items() for key in hashed(keys_of(found))}
    kept = {
        (party, key): pk
        for pk, party, key in DoubleKey.objects.filter(party__in=list(ids)).values_list("pk", "party", "key")
    }
    gone = [pk for pair, pk in kept.items() if pair not in wanted]
    for start in range(0, len(gone), AT_ONCE):
        DoubleKey.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    insert(DoubleKey, [DoubleKey(party_id=party, key=key) for party, key in wanted - kept.keys()])


def _forget_unlike(ids: Sequence[UUID], alike: Collection[tuple[UUID, UUID]]) -> None:
    """Open pairs of these cards that are not alike any more."""
    rows = DoublePair.objects.filter(Q(first__in=list(ids)) | Q(second__in=list(ids)), state=PairState.OPEN)
    gone = [pk for pk, first, second in rows.values_list("pk", "first", "second") if (first, second) not in alike]
    DoublePair.objects.filter(pk__in=gone).delete()


def _keep_pairs(alike: dict[tuple[UUID, UUID], Likeness]) -> int:
    moment = clock.now()
    rows = [
        DoublePair(
            first_id=first,
            second_id=second,
            probability=likeness.probability,
            reasons=[list(reason) for reason in likeness.reasons],
            found_at=moment,
        )
        for (first, second), likeness in alike.items()
    ]
    # A pair that is known takes the new reasons; what was decided about it is another column.
    DoublePair.objects.bulk_create(
        rows,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["probability", "reasons"],
    )
    return len(rows)


def look_at_changed(*, tell: Tell = lambda _done, _all: None, is_cancelled: Callable[[], bool] = lambda: False) -> int:
    """Look at every card that is new or changed since the last look; gives how many.

    In steps of its own: stopped half-way it goes on from there.
    """
    looked, _new = Looked.objects.get_or_create(pk=1)
    start = looked.until
    since = Q() if start is None else Q(updated_at__gte=start - OVERLAP)
    rows = Party.objects.filter(since, deleted_at=None).order_by("updated_at", "pk").values_list("pk", "updated_at")
    found = list(rows)
    for done in range(0, len(found), CHUNK):
        if is_cancelled():
            break
        some = found[done : done + CHUNK]
        look_at([pk for pk, _moment in some])
        Looked.objects.filter(pk=1).update(until=max(some[-1][1], start) if start else some[-1][1])
        tell(done + len(some), len(found))
    return len(found)


def look_at_all(*, tell: Tell = lambda _done, _all: None, is_cancelled: Callable[[], bool] = lambda: False) -> int:
    """Look at every card there is, each pair once; gives how many cards. Goes on where it was stopped."""
    looked, _new = Looked.objects.get_or_create(pk=1)
    total, done, last = Party.objects.filter(deleted_at=None).count(), 0, looked.last
    while not is_cancelled():
        rows = Party.objects.filter(deleted_at=None).order_by("pk")
        some = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:CHUNK])
        if not some:
            Looked.objects.filter(pk=1).update(last=None)
            break
        look_at(some, above_only=True)
        last, done = some[-1], done + len(some)
        Looked.objects.filter(pk=1).update(last=last)
        tell(done, total)
    return done


def say_two(principal: Principal, pair: DoublePair) -> DoublePair:
    """They are two customers: nobody is asked again. Raises `Forbidden`."""
    return _decide(principal, pair, PairState.TWO)


def ask_again(principal: Principal, pair: DoublePair) -> DoublePair:
    """That was said too soon: the pair waits again. Raises `Forbidden`."""
    return _decide(principal, pair, PairState.OPEN)


def _decide(principal: Principal, pair: DoublePair, state: PairState) -> DoublePair:
    principal.require("party", "edit")
    if not (PARTY_EDITED.allows(principal, pair.first) and PARTY_EDITED.allows(principal, pair.second)):
        raise Forbidden
    with transaction.atomic():
        locked = DoublePair.objects.select_for_update().get(pk=pair.pk)
        if locked.state != state:
            changes = {"double": (locked.state, str(state))}
            locked.state, locked.decided_by_id = state, principal.user_id
            locked.decided_at = clock.now() if state == PairState.TWO else None
            locked.save(update_fields=["state", "decided_by", "decided_at"])
            for party_id in (locked.first_id, locked.second_id):
                record(principal, f"party.double-{state}", kind="party", object_id=party_id, changes=changes)
    return locked


def merge_alike(
    principal: Principal,
    *,
    least: float,
    tell: Tell = lambda _done, _all: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, int]:
    """Merge every visible pair that is at least so likely, the likeliest first; gives what came of them.

    The older card is kept. A pair that may not be merged is left to somebody who may.
    """
    pairs = list(open_pairs(principal, least=least).values_list("first", "second"))
    came = {"merged": 0, "left": 0}
    for done, (first, second) in enumerate(pairs, start=1):
        if is_cancelled():
            break
        cards = {party.pk: party for party in Party.objects.filter(pk__in=[first, second], deleted_at=None)}
        try:
            if len(cards) == 2:
                merge_parties(principal, cards[first], cards[second])
                came["merged"] += 1
        except DomainError:
            came["left"] += 1
        tell(done, len(pairs))
    return came


def follow_merge(kept: UUID, absorbed: UUID) -> None:
    """Pairs of a card that is no more: the open ones go, what was decided holds for the card that is kept."""
    of_absorbed = DoublePair.objects.filter(Q(first=absorbed) | Q(second=absorbed))
    of_absorbed.filter(state=PairState.OPEN).delete()
    for pair in list(of_absorbed):
        other = pair.second_id if pair.first_id == absorbed else pair.first_id
        if other == kept:
            pair.delete()
            continue
        facts = {"probability": pair.probability, "state": pair.state, "decided_at": pair.decided_at}
        kept_facts = {**facts, "decided_by_id": pair.decided_by_id, "found_at": pair.found_at}
        DoublePair.objects.update_or_create(first_id=min(kept, other), second_id=max(kept, other), defaults=kept_facts)
        pair.delete()
    DoubleKey.objects.filter(party=absorbed).delete()


def follow_unmerge(merge: Merge) -> None:
    """Whoever parted them said that they are two."""
    look_at([merge.kept_id, merge.absorbed_id])
    first, second = sorted((merge.kept_id, merge.absorbed_id))
    facts = {"state": PairState.TWO, "decided_at": clock.now(), "probability": 0.0, "found_at": clock.now()}
    DoublePair.objects.update_or_create(first_id=first, second_id=second, defaults=facts)
