"""Mails that arrived together are kept in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connections

from filo.collaborative.mailroom.services.receiving import Delivery, receive

A_BATCH = 50
T = TypeVar("T")


@dataclass
class Batches:
    """Keeps what arrives, one transaction at a time; those who wait for it are told together."""

    _waiting: list[tuple[list[Delivery], asyncio.Future[None]]] = field(default_factory=list)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    async def kept(self, deliveries: list[Delivery]) -> None:
        """Come back when they are kept. Raises what went wrong."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((deliveries, done))
        self._bell.set()
        await done

    async def run(self) -> None:
        """Keep what waits until cancelled."""
        while True:
            await self._bell.wait()
            batch, self._waiting = self._waiting[:A_BATCH], self._waiting[A_BATCH:]
            if not self._waiting:
                self._bell.clear()
            errors = await asyncio.to_thread(_keep, [deliveries for deliveries, _done in batch])
            for (_deliveries, done), error in zip(batch, errors, strict=True):
                if done.done():  # the caller hung up
                    continue
                if error is None:
                    done.set_result(None)
                else:
                    done.set_exception(error)


def _keep(mails: list[list[Delivery]]) -> list[Exception | None]:
    """Keep mails together; when that fails, each by itself, so that one takes no others with it."""
    error = _attempt([delivery for deliveries in mails for delivery in deliveries])
    if error is None or len(mails) == 1:
        return [error] * len(mails)
    return [_attempt(deliveries) for deliveries in mails]


def _attempt(deliveries: list[Delivery]) -> Exception | None:
    try:
        asked_apart(lambda: receive(deliveries))
    except Exception as error:
        return error
    return None


def asked_apart(does: Callable[[], T]) -> T:
    """Ask the database from a thread; a line that broke is opened anew the next time."""
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()
    return does()
