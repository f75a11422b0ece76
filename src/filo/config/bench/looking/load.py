"""The load: each customer's page changes so many times a second, and each change is seen, or not, on the other side."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

# About what rrweb says of a price that changes and a row that comes: 700 bytes.
NODE = {"parentId": 42, "nextId": None, "node": {"type": 2, "tagName": "li", "attributes": {"class": "shop-card"}}}
WORDS = "Pullover di cotone, blu, taglia L: 58,90 euro. " * 8


@dataclass
class Seen:
    """sent: how many changes; late: seconds of each that was seen; pushes: the same for a click that points."""

    sent: int = 0
    late: list[float] = field(default_factory=list)
    pointed: list[float] = field(default_factory=list)


def look(port: int, people: dict[str, Any], *, rate: float, seconds: float) -> Seen:
    """Hold both sides of every session open, and change the pages for some time."""
    return asyncio.run(_look(port, people, rate, seconds))


async def _look(port: int, people: dict[str, Any], rate: float, seconds: float) -> Seen:
    seen = Seen()
    async with contextlib.AsyncExitStack() as stack:
        pairs = []
        for customer, operator in zip(people["customers"], people["operators"], strict=True):
            his = await stack.enter_async_context(_line(port, customer["looking"], f"filo-visitor={customer['key']}"))
            cookie = f"filo-session={operator['session']}"
            hers = await stack.enter_async_context(_line(port, customer["looking"], cookie))
            pairs.append((his, hers))
        await asyncio.sleep(1)  # the last of them is asked who he is
        hearing = [asyncio.create_task(_hear(hers, seen.late)) for _his, hers in pairs]
        hearing += [asyncio.create_task(_hear(his, seen.pointed)) for his, _hers in pairs]
        await asyncio.gather(*(_change(at, *pair, rate, seconds, seen) for at, pair in enumerate(pairs)))
        await asyncio.sleep(2)
        for task in hearing:
            task.cancel()
    return seen


def _line(port: int, looking: str, cookie: str) -> Any:
    return connect(
        f"ws://localhost:{port}/ws/view/{looking}",
        origin=f"http://localhost:{port}",  # type: ignore[arg-type]  # a string of a type of its own
        additional_headers={"Cookie": cookie},
        compression=None,
        ping_interval=None,
        max_size=None,
    )


async def _change(
    at: int, his: ClientConnection, hers: ClientConnection, rate: float, seconds: float, seen: Seen
) -> None:
    await asyncio.sleep(at / 50 / rate)  # not all at the same moment
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        event = {"type": 3, "timestamp": time.monotonic(), "data": {"source": 0, "adds": [NODE], "texts": [WORDS]}}
        await his.send(json.dumps({"what": "events", "events": [event]}))
        seen.sent += 1
        if number % 50 == 25:
            await hers.send(json.dumps({"what": "point", "node": 7, "at": time.monotonic()}))


async def _hear(line: ClientConnection, late: list[float]) -> None:
    async for text in line:
        told = json.loads(text)
        sent = told["events"][0]["timestamp"] if "events" in told else told.get("at")
        if sent:
            late.append(time.monotonic() - sent)
