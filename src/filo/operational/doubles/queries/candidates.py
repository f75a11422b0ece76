"""Who may be there already: for one who is being typed, and for many who are about to come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.operational.doubles.keys import keys_of
from filo.operational.doubles.likeness.comparing import BULK, Likeness, compare
from filo.operational.doubles.likeness.comparing import SHOWN as ASKED
from filo.operational.doubles.likeness.traits import Traits
from filo.operational.doubles.models import DoubleKey
from filo.operational.doubles.queries.keyed import AT_ONCE, hashed, telling
from filo.operational.doubles.queries.traits import here, traits_of_parties
from filo.operational.parties.models import Party

# Below the first nobody is asked; what is offered for acceptance in bulk is at least as likely as the second.
# `./filo bench dedupe` tells how good both are.
SHOWN, SURE = ASKED, BULK


@dataclass(frozen=True)
class Candidate:
    """A card that may be the same customer, and why."""

    party: Party
    likeness: Likeness


def candidates(
    principal: Principal, traits: Traits, *, but: Collection[UUID] = (), least: float = SHOWN, most: int = 5
) -> list[Candidate]:
    """The visible cards that may be who these traits are of, the likeliest first."""
    keys = telling(hashed(keys_of(traits)))
    near = DoubleKey.objects.filter(key__in=keys).exclude(party__in=list(but)).values("party")
    seen = Party.objects.visible_to(principal).filter(pk__in=near, kind=traits.kind)
    parties = {party.pk: party for party in seen.for_card()[:AT_ONCE]}
    model = here()
    found = [
        Candidate(parties[pk], likeness)
        for pk, other in traits_of_parties(parties).items()
        if (likeness := compare(traits, other, model)).probability >= least
    ]
    return sorted(found, key=lambda one: -one.likeness.probability)[:most]


def alike_among_stored(principal: Principal, many: Sequence[Traits], *, least: float = SHOWN) -> list[Candidate | None]:
    """For each of many who are about to come in, the likeliest visible card; in a few statements for all of them."""
    keys = [hashed(keys_of(traits)) for traits in many]
    useful = telling(set().union(*keys)) if keys else []
    cards: dict[int, list[UUID]] = defaultdict(list)
    for start in range(0, len(useful), AT_ONCE):
        rows = DoubleKey.objects.filter(key__in=useful[start : start + AT_ONCE]).values_list("key", "party")
        for key, party in rows:
            cards[key].append(party)
    near = {party for found in cards.values() for party in found}
    parties = Party.objects.visible_to(principal).in_bulk(list(near)) if near else {}
    stored, model = traits_of_parties(parties.keys()), here()
    found: list[Candidate | None] = []
    for traits, mine in zip(many, keys, strict=True):
        others = {party for key in mine for party in cards.get(key, ()) if party in stored}
        best = max(((compare(traits, stored[pk], model), pk) for pk in others), default=None, key=lambda one: one[0][0])
        found.append(Candidate(parties[best[1]], best[0]) if best and best[0].probability >= least else None)
    return found
