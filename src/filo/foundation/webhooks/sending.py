"""Sends what is due: many endpoints side by side, so that one that hangs delays nobody but itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from uuid import UUID

from filo.foundation import clock
from filo.foundation.copies.queries import is_muted
from filo.foundation.egress import Answer, EgressFailed, EgressRefused, call
from filo.foundation.webhooks.claims import Batch, Parcel, claim_some, next_due
from filo.foundation.webhooks.collecting import wake
from filo.foundation.webhooks.pauses import asked_for
from filo.foundation.webhooks.settling import Outcome, settle
from filo.foundation.webhooks.signing import signed_headers

COURIERS = 16
LOOK_SECONDS = 0.1
# After so long the sender makes room for the next one, which goes on.
SHIFT_SECONDS = 60.0
# A batch stops after so long, well within its lease.
BATCH_SECONDS = 5.0
MOST_ANSWER = 1000


def deliver_due(is_over: Callable[[], bool] = lambda: False) -> int:
    """Send until nothing is due or the shift is over; gives how many attempts were made.

    The database is talked to by this thread alone; couriers only carry. A muted copy sends nothing, and what is
    due waits.
    """
    if is_muted():
        return 0
    until = time.monotonic() + SHIFT_SECONDS
    attempts = 0
    under_way: dict[Future[list[Outcome]], Batch] = {}
    with ThreadPoolExecutor(COURIERS, thread_name_prefix="filo-courier") as couriers:
        while True:
            if time.monotonic() < until and not is_over():
                for batch in claim_some(COURIERS - len(under_way)):
                    under_way[couriers.submit(carry, batch)] = batch
            if not under_way:
                break
            done, _others = wait(under_way, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                batch = under_way.pop(future)
                attempts += settle(batch.endpoint_id, batch.holder, future.result())
    if at := next_due():
        wake(at)
    return attempts


def carry(batch: Batch) -> list[Outcome]:
    """Send a batch in its order, up to the first that fails."""
    outcomes = []
    began = time.monotonic()
    for parcel in batch.parcels:
        outcomes.append(_send(batch, parcel))
        if not outcomes[-1].is_good or time.monotonic() - began > BATCH_SECONDS:
            break
    return outcomes


@dataclass
class _Watch:
    began: float

    @property
    def milliseconds(self) -> int:
        return round((time.monotonic() - self.began) * 1000)


def _send(batch: Batch, parcel: Parcel) -> Outcome:
    moment = clock.now()
    headers = signed_headers(parcel.message_id, moment, parcel.body, batch.secrets)
    headers |= {"Content-Type": "application/cloudevents+json; charset=utf-8", "User-Agent": "Filo-Webhooks/1"}
    if parcel.request_id:
        headers["X-Request-Id"] = str(parcel.request_id)
    watch = _Watch(time.monotonic())
    try:
        answer = call("POST", batch.url, headers=headers, content=parcel.body, most_bytes=MOST_ANSWER)
    except (EgressFailed, EgressRefused) as error:
        return _outcome(parcel.delivery_id, watch, error=error.reason)
    return _outcome(parcel.delivery_id, watch, error=_fault_of(answer.status), answer=answer)


def _fault_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return "redirect" if 300 <= status < 400 else "status"


def _outcome(delivery_id: UUID, watch: _Watch, *, error: str, answer: Answer | None = None) -> Outcome:
    moment = clock.now()
    found = Outcome(delivery_id, moment, watch.milliseconds, None, error, "")
    if answer is None:
        return found
    wait = asked_for(answer.headers.get("retry-after", ""), moment) if error else None
    return replace(found, status=answer.status, answer=_told(answer.body), asks_for=wait)


def _told(body: bytes) -> str:
    """The beginning of an answer as text that any database can keep."""
    text = body.decode("utf-8", "replace")
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)
