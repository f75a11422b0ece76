"""Rate limits: a fixed window of a minute for each token, a narrower one for each address without a token."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse

from filo.foundation.errors import TooMany

WINDOW = 60
ANONYMOUS_PER_MINUTE = 120


@dataclass(frozen=True)
class Allowance:
    """What is left of the present window; `reset` is in how many seconds the next one begins."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool

    def write_on(self, response: HttpResponse) -> None:
        """Tell it with the answer."""
        response["X-RateLimit-Limit"] = str(self.limit)
        response["X-RateLimit-Remaining"] = str(self.remaining)
        response["X-RateLimit-Reset"] = str(self.reset)

    def require(self) -> None:
        """Raises `TooMany` when the window is used up."""
        if self.exceeded:
            raise TooMany(retry_after=self.reset)


def count_token(key: str) -> Allowance:
    """Count one request of a token."""
    return _count(f"rest-token-{key}", int(settings.API_RATE_PER_MINUTE))


def count_anonymous(ip: str) -> Allowance:
    """Count one request without a good token, so that nobody tries tokens by the thousand."""
    return _count(f"rest-ip-{ip}", ANONYMOUS_PER_MINUTE)


def _count(key: str, limit: int) -> Allowance:
    window, passed = divmod(int(time.time()), WINDOW)
    name = f"{key}-{window}"
    cache = caches["process"]
    cache.add(name, 0, timeout=WINDOW + 5)
    try:
        used = cache.incr(name)
    except ValueError:  # thrown out of the cache between the two lines
        used = 1
    return Allowance(limit, max(0, limit - used), WINDOW - passed, exceeded=used > limit)
