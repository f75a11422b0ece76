"""A folder on a mail server, read only: which mails lie there, and each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from imap_tools import AND, BaseMailBox

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


class NotReached(Exception):
    """The server was not reached or refused us; `reason` is a code of `words`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Lying:
    """A mail that lies in the folder, by its number there."""

    uid: int
    size: int
    at: datetime | None


@dataclass(frozen=True)
class Folder:
    """The folder that was opened."""

    box: BaseMailBox
    uidvalidity: int

    def after(self, uid: int, *, since: datetime | None = None) -> list[Lying]:
        """What lies there with a higher number, the lowest first; `since` leaves out what came days before."""
        wanted = AND(uid=f"{uid + 1}:*", date_gte=since.date()) if since else AND(uid=f"{uid + 1}:*")
        numbers = sorted(int(found) for found in self.box.uids(wanted))
        # "n:*" names the last one even when its number is lower than n.
        return list(self._told([number for number in numbers if number > uid]))

    def mails(self) -> int:
        """How many mails lie there."""
        return len(self.box.uids("ALL"))

    def raw(self, uid: int, *, heads_only: bool = False) -> bytes | None:
        """A mail as it lies there, or its heads; None when it went meanwhile. It stays unread."""
        part = "BODY.PEEK[HEADER]" if heads_only else "BODY.PEEK[]"
        return next((found for number, found in self._fetched([uid], part) if number == uid), None)

    def _told(self, uids: Sequence[int]) -> Iterator[Lying]:
        for first in range(0, len(uids), 500):
            for line in self._lines(uids[first : first + 500], "RFC822.SIZE INTERNALDATE"):
                uid, size = _UID.search(line), _SIZE.search(line)
                if uid and size:
                    yield Lying(int(uid.group(1)), int(size.group(1)), _moment(line))

    def _lines(self, uids: Sequence[int], what: str) -> list[bytes]:
        answer = self._ask(uids, what)
        return [line for line in answer if isinstance(line, bytes)]

    def _fetched(self, uids: Sequence[int], what: str) -> Iterator[tuple[int, bytes]]:
        answer = self._ask(uids, what)
        for place, found in enumerate(answer):
            if isinstance(found, tuple):
                after = answer[place + 1] if place + 1 < len(answer) else b""
                said = found[0] + (after if isinstance(after, bytes) else b"")
                if number := _UID.search(said):
                    yield int(number.group(1)), found[1]

    def _ask(self, uids: Sequence[int], what: str) -> list[bytes | tuple[bytes, bytes]]:
        if not uids:
            return []
        status, answer = self.box.client.uid("FETCH", ",".join(map(str, uids)), f"(UID {what})")
        if status != "OK":
            raise NotReached("refused")
        return [one for one in answer if one is not None]


def _moment(line: bytes) -> datetime | None:
    found = _DATE.search(line)
    if found is None:
        return None
    try:
        return datetime.strptime(found.group(1).decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, UnicodeError):
        return None
