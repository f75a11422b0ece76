"""A raw mail as the tree of its parts, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesFeedParser
from pathlib import Path

from filo.collaborative.mailroom.reading.errors import Refused

MOST_PARTS = 500
MOST_DEPTH = 20
BLOCK = 1 << 16


def tree_of(path: Path) -> Message:
    """The mail in a file. Raises `Refused` when it is empty, or has more parts or lies deeper than we read."""
    parser = BytesFeedParser(policy=policy.compat32)
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                parser.feed(block)
        root = parser.close()
    except RecursionError:
        raise Refused("too-deep") from None
    if not root.keys() and not root.get_payload():
        raise Refused("empty")
    for number, (_part, depth) in enumerate(_walk(root, 0), start=1):
        if number > MOST_PARTS:
            raise Refused("too-many-parts")
        if depth > MOST_DEPTH:
            raise Refused("too-deep")
    return root


def parts_of(part: Message) -> list[Message]:
    """The parts right below one."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def inside(part: Message) -> Iterator[Message]:
    """A part and all below it, but not into mails that it holds."""
    yield part
    if part.get_content_maintype() != "message":
        for one in parts_of(part):
            yield from inside(one)


def _walk(part: Message, depth: int) -> Iterator[tuple[Message, int]]:
    waiting = [(part, depth)]
    while waiting:
        found, level = waiting.pop()
        yield found, level
        if level <= MOST_DEPTH:
            waiting += [(one, level + 1) for one in parts_of(found)]
