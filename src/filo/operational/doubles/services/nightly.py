"""Every card is looked at: first the keys of all are kept anew, then those who share a telling one are compared.

In two goes, so that which keys tell something is read once and in order, and most cards, which share none, are never
compared at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.operational.doubles.models import Looked, Step
from filo.operational.doubles.queries.keyed import all_telling, partners_above
from filo.operational.doubles.queries.traits import here_counted
from filo.operational.doubles.services.looking import Tell, alike_among, forget_unlike, keep_keys, keep_pairs
from filo.operational.parties.models import Party

CHUNK = 500
Stop = Callable[[], bool]


def look_at_all(*, tell: Tell = lambda _done, _all: None, is_cancelled: Stop = lambda: False) -> int:
    """Look at every card there is, each pair once; gives how many cards were gone through, each twice.

    Goes on where it was stopped; `tell` hears how far both goes together are.
    """
    looked, _new = Looked.objects.get_or_create(pk=1)
    total, done = 2 * Party.objects.filter(deleted_at=None).count(), 0
    if looked.step == Step.KEYS:
        for some in _chunks(looked.last):
            if is_cancelled():
                return done
            keep_keys(some)
            done += len(some)
            _remember(Step.KEYS, some[-1])
            tell(done, total)
        _remember(Step.PAIRS, None)
    looked.refresh_from_db()
    known, model = all_telling(), here_counted()
    for some in _chunks(looked.last):
        if is_cancelled():
            return done
        alike = alike_among({}, partners_above(some, known), model)
        with transaction.atomic():
            forget_unlike(Q(first__in=some), alike)
            keep_pairs(alike)
        done += len(some)
        _remember(Step.PAIRS, some[-1])
        tell(done, total)
    _remember(Step.KEYS, None)
    return done


def _chunks(last: UUID | None) -> Iterator[list[UUID]]:
    """The ids of all living cards after one, oldest first."""
    while True:
        rows = Party.objects.filter(deleted_at=None).order_by("pk")
        some = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:CHUNK])
        if not some:
            return
        yield some
        last = some[-1]


def _remember(step: Step, last: UUID | None) -> None:
    Looked.objects.filter(pk=1).update(step=step, last=last)
