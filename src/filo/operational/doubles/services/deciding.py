"""What people decide about pairs, one by one or many at once, and what follows from merges."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden
from filo.operational.doubles.models import DoubleKey, DoublePair, PairState
from filo.operational.doubles.queries.pairs import open_pairs
from filo.operational.doubles.services.looking import Tell, look_at
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.policies import PARTY_EDITED
from filo.operational.parties.services.merging.merging import merge_parties


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
        names = ("probability", "reasons", "state", "found_at", "decided_at", "decided_by_id")
        facts = {name: getattr(pair, name) for name in names}
        DoublePair.objects.update_or_create(first_id=min(kept, other), second_id=max(kept, other), defaults=facts)
        pair.delete()
    DoubleKey.objects.filter(party=absorbed).delete()


def follow_unmerge(merge: Merge) -> None:
    """Whoever parted them said that they are two."""
    look_at([merge.kept_id, merge.absorbed_id])
    first, second = sorted((merge.kept_id, merge.absorbed_id))
    facts = {"state": PairState.TWO, "decided_at": clock.now(), "probability": 0.0, "found_at": clock.now()}
    DoublePair.objects.update_or_create(first_id=first, second_id=second, defaults=facts)
