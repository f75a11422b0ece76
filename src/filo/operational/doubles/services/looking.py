"""Looks for cards that are one customer: among those that changed, and among all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

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
# While cards come in by the thousand, as from a file, looking at them would only slow down their coming.
MANY = 1_000
RESTED = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=30)
Tell = Callable[[int, int], object]


def look_at(ids: Sequence[UUID], *, model: Model | None = None) -> int:
    """Keep the keys of these cards anew and find who they may be one with; gives how many pairs are open now.

    Pairs that somebody decided about stay as they are.
    """
    mine = keep_keys(ids)
    # Comparing takes longest, and on SQLite whoever writes meanwhile would wait for it.
    alike = alike_among(mine, partners(list(mine)), model or here())
    with transaction.atomic():
        forget_unlike(Q(first__in=list(ids)) | Q(second__in=list(ids)), alike)
        return keep_pairs(alike)


def keep_keys(ids: Sequence[UUID]) -> dict[UUID, Traits]:
    """Keep the keys of these cards as they are now; gives what the keys were made of."""
    with transaction.atomic():
        list(Looked.objects.select_for_update())  # two who look at once would keep the same keys twice, or older ones
        mine = traits_of_parties(ids)
        _keep_keys(ids, mine)
    return mine


def alike_among(
    mine: Mapping[UUID, Traits], pairs: Collection[tuple[UUID, UUID]], model: Model
) -> dict[tuple[UUID, UUID], Likeness]:
    """Those of the pairs that somebody should look at; `mine` are the traits that are known already."""
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


def forget_unlike(which: Q, alike: Collection[tuple[UUID, UUID]]) -> None:
    """Take away those open pairs among `which` that are not alike any more."""
    rows = DoublePair.objects.filter(which, state=PairState.OPEN)
    gone = [pk for pk, first, second in rows.values_list("pk", "first", "second") if (first, second) not in alike]
    DoublePair.objects.filter(pk__in=gone).delete()


def keep_pairs(alike: dict[tuple[UUID, UUID], Likeness]) -> int:
    """Keep pairs with why they are alike; gives how many."""
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


def are_still_arriving() -> bool:
    """Whether many cards came in and the newest a moment ago: they are looked at when all are here, or in half an hour.

    What was changed by one person's hand never waits for this.
    """
    waiting = _changed(timedelta(0))
    if len(waiting[: MANY + 1]) <= MANY:
        return False
    oldest, newest = waiting[0][1], waiting.reverse()[0][1]
    moment = clock.now()
    return bool(moment - newest < RESTED and moment - oldest < LONGEST_WAIT)


def look_at_changed(*, tell: Tell = lambda _done, _all: None, is_cancelled: Callable[[], bool] = lambda: False) -> int:
    """Look at every card that is new or changed since the last look; gives how many.

    In steps of its own: stopped half-way it goes on from there.
    """
    looked, _new = Looked.objects.get_or_create(pk=1)
    start = looked.until
    found, model, done = list(_changed()), here_counted(), 0
    while done < len(found) and not is_cancelled():
        some = found[done : done + CHUNK]
        look_at([pk for pk, _moment in some], model=model)
        Looked.objects.filter(pk=1).update(until=max(some[-1][1], start) if start else some[-1][1])
        done += len(some)
        tell(done, len(found))
    return done


def _changed(overlap: timedelta = OVERLAP) -> QuerySet[Party, tuple[UUID, datetime]]:
    """New or changed since the last look, the oldest first."""
    until = Looked.objects.filter(pk=1).values_list("until", flat=True).first()
    since = Q() if until is None else Q(updated_at__gt=until - overlap)
    return Party.objects.filter(since, deleted_at=None).order_by("updated_at", "pk").values_list("pk", "updated_at")
