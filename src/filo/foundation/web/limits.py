"""How often one address may do what on pages that everybody opens."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from filo.foundation.web.requests import client_ip


def may_once_more(request: HttpRequest, what: str, limit: tuple[int, int]) -> bool:
    """Whether the sender's address may do `what` once more; asking counts. limit: times, within seconds."""
    times, seconds = limit
    name = f"{what}:{client_ip(request)}"
    for _try in range(2):
        try:
            return int(cache.incr(name)) <= times
        except ValueError:  # the first time, or it ran out
            if cache.add(name, 1, seconds):
                return times >= 1
    return True  # it ran out between the lines
