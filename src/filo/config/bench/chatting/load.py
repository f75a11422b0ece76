"""The load: every customer and operator holds a socket and listens; lines are posted at a rate, and what arrives at the
other side is compared with what was acknowledged. One process of its own, apart from the house.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

BREAKS = 0.02  # of the sockets, within the time that is measured
CSRF = "b" * 32


@dataclass
class Ledger:
    """acknowledged, arrived: the moment for each line's id; doubled: lines that arrived at a side twice."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    arrived: dict[str, float] = field(default_factory=dict)
    doubled: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)
    breaks: int = 0


@dataclass
class Side:
    """A page with its socket; `last`: the last message of the line that it knows."""

    path: str
    cookie: str
    topics: list[str]
    sends: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    last: int | None = None
    line: ClientConnection | None = None


def chat(port: int, people: dict[str, Any], *, rate: float, seconds: float, on_hold: Callable[[], None]) -> Ledger:
    """Hold all sockets open, and send lines at a rate for some time; `on_hold` is called in between."""
    return asyncio.run(_chat(port, people, rate, seconds, on_hold))


async def hold(port: int, sides: list[Side], ledger: Ledger) -> list[asyncio.Task[None]]:
    """Open every socket, a few at a time."""
    gate = asyncio.Semaphore(20)
    ready: list[asyncio.Event] = [asyncio.Event() for _one in sides]
    tasks = [
        asyncio.create_task(_listen(port, side, ledger, gate, one)) for side, one in zip(sides, ready, strict=True)
    ]
    await asyncio.gather(*(one.wait() for one in ready))
    return tasks


def sides_of(people: dict[str, Any]) -> tuple[list[Side], list[Side]]:
    """Customers and operators as pages that listen."""
    rows = people["customers"]
    customers = [Side("/ws/visit", f"filo-visitor={one['key']}", [f"chat:{one['chat']}"]) for one in rows]
    operators = [
        Side(
            "/ws/live",
            f"filo-session={one['session']}; filo-csrf={CSRF}",
            [f"chat:{rows[number]['chat']}" for number in one["chats"]],
        )
        for one in people["operators"]
    ]
    return customers, operators


async def _chat(port: int, people: dict[str, Any], rate: float, seconds: float, on_hold: Callable[[], None]) -> Ledger:
    ledger = Ledger()
    customers, operators = sides_of(people)
    tasks = await hold(port, [*customers, *operators], ledger)
    on_hold()
    of = {number: at for at, one in enumerate(people["operators"]) for number in one["chats"]}
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
    async with httpx.AsyncClient(base_url=f"http://localhost:{port}", limits=limits, timeout=30) as client:
        breaker = asyncio.create_task(_break(customers, ledger, seconds))
        began, sent = time.monotonic(), set()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            at = random.randrange(len(customers))  # noqa: S311
            by_customer = number % 2 == 0
            post = _post(client, people["customers"][at], customers[at], operators[of[at]], by_customer, ledger, at)
            task = asyncio.create_task(post)
            sent.add(task)
            task.add_done_callback(sent.discard)
        await asyncio.gather(*sent)
        breaker.cancel()
        until = time.monotonic() + 10
        while set(ledger.acknowledged) - set(ledger.arrived) and time.monotonic() < until:
            await asyncio.sleep(0.2)
    for task in tasks:
        task.cancel()
    return ledger


async def _post(
    client: httpx.AsyncClient,
    chat: dict[str, str],
    customer: Side,
    operator: Side,
    by_customer: bool,
    ledger: Ledger,
    at: int,
) -> None:
    name, began = str(uuid.uuid4()), time.monotonic()
    path = "/p/chat/say" if by_customer else f"/chats/{chat['chat']}/say"
    (customer if by_customer else operator).sends.add(name)
    headers = {
        "Cookie": customer.cookie if by_customer else operator.cookie,
        "Origin": str(client.base_url).rstrip("/"),
        "X-CSRFToken": CSRF,
        "X-Forwarded-For": f"10.{at >> 8 & 255}.{at & 255}.1",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = await client.post(path, content=urlencode({"id": name, "text": f"Riga {name}"}), headers=headers)
    if answer.status_code != 200:
        ledger.refused += 1
        return
    moment = time.monotonic()
    ledger.acknowledged[name] = moment
    ledger.seconds.append(moment - began)


async def _listen(port: int, side: Side, ledger: Ledger, gate: asyncio.Semaphore, ready: asyncio.Event) -> None:
    """Hear, and after a break go on from the last message known."""
    while True:
        try:
            async with gate:
                line = await connect(
                    f"ws://localhost:{port}{side.path}",
                    origin=f"http://localhost:{port}",  # type: ignore[arg-type]  # a string of a type of its own
                    additional_headers={"Cookie": side.cookie},
                    compression=None,
                    ping_interval=None,
                )
                await line.send(json.dumps({"listen": side.topics, "since": side.last}))
            side.line = line
            first = json.loads(await line.recv())
            side.last = first.get("id", first.get("since", side.last))
            _hear(side, first, ledger)
            ready.set()
            async for text in line:
                _hear(side, json.loads(text), ledger)
        except (OSError, WebSocketException):
            pass
        await asyncio.sleep(0.3)  # the page dials again


def _hear(side: Side, told: dict[str, Any], ledger: Ledger) -> None:
    side.last = told.get("id", side.last)
    said = told.get("data", told).get("said") if isinstance(told.get("data", told), dict) else None
    name = said and said.get("id")
    if not name or name in side.sends:
        return
    if name in side.seen:
        ledger.doubled += 1
        return
    side.seen.add(name)
    ledger.arrived[name] = time.monotonic()


async def _break(sides: list[Side], ledger: Ledger, seconds: float) -> None:
    """Some lines fall, and their pages dial again."""
    number = max(1, int(len(sides) * BREAKS))
    for side in random.sample(sides, number):
        await asyncio.sleep(seconds / (number + 1))
        if side.line is not None:
            ledger.breaks += 1
            side.line.transport.abort()
