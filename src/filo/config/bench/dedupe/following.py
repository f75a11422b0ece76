"""Pairs that follow from others: who is one with somebody is one with whom that one is one."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

Pair = tuple[int, int]
_LINK = 0.9  # weaker pairs are no link of a chain
_CONTRADICTED = 1e-3  # pairs that speak against it themselves do not follow


def with_following(
    scored: Mapping[Pair, float], likelihood: Callable[[Pair], float], *, least: float
) -> dict[Pair, float]:
    """All pairs with the probability of their best chain, where it is more than their own and at least `least`.

    This is what merging one pair after the other comes to. A chain is as likely as all its links together.
    """
    links: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (one, other), probability in scored.items():
        if probability >= _LINK:
            links[one].append((other, probability))
            links[other].append((one, probability))
    found = dict(scored)
    for start in links:
        for end, probability in _chains(start, links, least):
            pair = (start, end)
            if start < end and probability > found.get(pair, 0.0):
                own = found[pair] if pair in found else likelihood(pair)
                if own >= _CONTRADICTED:
                    found[pair] = probability
    return found


def _chains(start: int, links: Mapping[int, list[tuple[int, float]]], least: float) -> Iterable[tuple[int, float]]:
    """Everybody who can be reached, with the probability of the best way there (Dijkstra)."""
    best = {start: 1.0}
    waiting = [(-1.0, start)]
    while waiting:
        probability, place = heapq.heappop(waiting)
        if -probability < best[place]:
            continue
        for following, link in links[place]:
            reached = -probability * link
            if reached >= least and reached > best.get(following, 0.0):
                best[following] = reached
                heapq.heappush(waiting, (-reached, following))
    return best.items()
