"""Looks for cards that are one customer: among those that changed, and among all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.foundation import clock
from filo.foundation.bulk import insert
from filo.operational.doubles.keys import keys_of
from filo.operational.doubles.likeness.comparing import Likeness, compare
from filo.operational.doubles.likeness.model import Model
from filo.operational.doubles.likeness.traits import Traits
from filo.operational.doubles.models import DoubleKey, DoublePair, Looked, PairState
from filo.operational.doubles.queries.candidates import SHOWN
from filo.operational.doubles.queries.keyed import AT_ONCE, hashed, partners
from filo.operational.doubles.queries.traits import here, here_counted, traits_of_parties
from filo.operational.parties.models import Party

CHUNK = 300
# Two who write at once commit in another order than their clocks say: so far is looked back.
OVERLAP = timedelta(minutes=2)
Tell = Callable[[int, int], object]


def look_at(ids: Sequence[UUID], *, above_only: bool = False, model: Model | None = None) -> int:
    """Keep the keys of these cards anew and find who they may be one with; gives how many pairs are open now.

    Pairs that somebody decided about stay as they are.
    """
    mine = traits_of_parties(ids)
    with transaction.atomic():
        list(Looked.objects.select_for_update())  # two who look at once would keep the same keys twice
        _keep_keys(ids, mine)
    # Comparing takes longest, and on SQLite whoever writes meanwhile would wait for it.
    alike = _alike(mine, partners(list(mine), above_only=above_only), model or here())
    with transaction.atomic():
        if not above_only:
            _forget_unlike(ids, alike)
        return _keep_pairs(alike)


def _alike(
    mine: Mapping[UUID, Traits], pairs: Collection[tuple[UUID, UUID]], model: Model
) -> dict[tuple[UUID, UUID], Likeness]:
    """Those of the pairs that somebody should look at."""
    others = traits_of_parties({pk for pair in pairs for pk in pair} - mine.keys())
    traits = {**others, **mine}
    compared = {
        (first, second): compare(traits[first], traits[second], model)
        for first, second in pairs
        if first in traits and second in traits
    }
    return {pair: likeness for pair, likeness in compared.items() if likeness.probability >= SHOWN}


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
    found, model = list(rows), here_counted()
    for done in range(0, len(found), CHUNK):
        if is_cancelled():
            break
        some = found[done : done + CHUNK]
        look_at([pk for pk, _moment in some], model=model)
        Looked.objects.filter(pk=1).update(until=max(some[-1][1], start) if start else some[-1][1])
        tell(done + len(some), len(found))
    return len(found)


def look_at_all(*, tell: Tell = lambda _done, _all: None, is_cancelled: Callable[[], bool] = lambda: False) -> int:
    """Look at every card there is, each pair once; gives how many cards. Goes on where it was stopped."""
    looked, _new = Looked.objects.get_or_create(pk=1)
    total, done, last = Party.objects.filter(deleted_at=None).count(), 0, looked.last
    model = here_counted()
    while not is_cancelled():
        rows = Party.objects.filter(deleted_at=None).order_by("pk")
        some = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:CHUNK])
        if not some:
            Looked.objects.filter(pk=1).update(last=None)
            break
        look_at(some, above_only=True, model=model)
        last, done = some[-1], done + len(some)
        Looked.objects.filter(pk=1).update(last=last)
        tell(done, total)
    return done
