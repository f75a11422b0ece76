"""A program with somebody's calendar, for tests: it speaks WebDAV with the checked client."""

from __future__ import annotations

import base64
from typing import Any

from lxml import etree

from filo.operational.caldav.access import make_password
from filo.testing.clients import CheckedClient
from filo.testing.world import World

D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
NAMES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:CS="http://calendarserver.org/ns/"'


def event(uid: str = "one", *more: str, start: str = "DTSTART;TZID=Europe/Rome:20260504T090000", **given: str) -> str:
    """A VEVENT of an hour, with more lines."""
    lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260501T080000Z", start]
    lines += [given.get("end", "DTEND;TZID=Europe/Rome:20260504T100000"), f"SUMMARY:{given.get('title', 'Riunione')}"]
    return "\r\n".join(line for line in [*lines, *more, "END:VEVENT"] if line)


def calendar(*events: str) -> str:
    """A file."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *events, "END:VCALENDAR", ""])


class Program:
    """What one person's program asks."""

    def __init__(self, world: World, who: str, *, password: str | None = None) -> None:
        self.person = world.people[who]
        secret = password or make_password(world.principal(who), self.person, label="Telefono")
        told = base64.b64encode(f"{self.person.email}:{secret}".encode()).decode()
        self.client = CheckedClient(headers={"Authorization": f"Basic {told}"})
        self.home = f"/dav/calendars/{self.person.pk}/"
        self.mine, self.others = f"{self.home}appointments/", f"{self.home}others/"

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> Any:
        """One request; an underscore in a header's name stands for a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, path, body, content_type="application/xml", headers=named)

    def put(self, name: str, *events: str, **headers: str) -> Any:
        """Keep a file."""
        return self.ask("PUT", f"{self.mine}{name}", calendar(*events).encode(), **headers)

    def get(self, name: str) -> Any:
        """Read a file."""
        return self.ask("GET", f"{self.mine}{name}")

    def lines(self, name: str) -> list[str]:
        """The lines of a file, unfolded."""
        found: str = self.get(name).content.decode()
        return found.replace("\r\n ", "").split("\r\n")

    def etag(self, name: str) -> str:
        """What it is at now."""
        return str(self.get(name)["ETag"])

    def many(self, method: str, path: str, body: str, **headers: str) -> dict[str, dict[str, Any]]:
        """{address: {property: its element, "" : the status of the whole}} of a multistatus."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code == 207, (answer.status_code, answer.content)
        root = etree.fromstring(answer.content)
        found: dict[str, dict[str, Any]] = {}
        for response in root.findall(f"{D}response"):
            there = found.setdefault(str(response.findtext(f"{D}href")), {"": response.findtext(f"{D}status")})
            for part in response.findall(f"{D}propstat"):
                if " 200 " in str(part.findtext(f"{D}status")):
                    there |= {one.tag: one for one in part.findall(f"{D}prop/*")}
        found[""] = {"token": root.findtext(f"{D}sync-token")}
        return found

    def properties(self, path: str, *names: str, depth: str = "0") -> dict[str, dict[str, Any]]:
        """What is asked of an address."""
        inside = "".join(f"<{name}/>" for name in names)
        body = f"<D:propfind {NAMES}><D:prop>{inside}</D:prop></D:propfind>"
        return self.many("PROPFIND", path, body, Depth=depth)

    def names(self, path: str | None = None) -> list[str]:
        """What stands in a calendar."""
        where = path or self.mine
        found = self.properties(where, "D:getetag", depth="1")
        return sorted(href.removeprefix(where) for href in found if href.startswith(where) and href != where)

    def since(self, token: str) -> tuple[list[str], list[str], str]:
        """What changed and what is gone since a token, and the next one."""
        body = f"<D:sync-collection {NAMES}><D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>"
        found = self.many("REPORT", self.mine, f"{body}<D:prop><D:getetag/></D:prop></D:sync-collection>")
        next_one = str(found.pop("")["token"])
        lost = [href.removeprefix(self.mine) for href, there in found.items() if there[""]]
        changed = [href.removeprefix(self.mine) for href, there in found.items() if not there[""]]
        return changed, lost, next_one

    def query(self, inside: str, *, path: str | None = None) -> list[str]:
        """The names of what fits a filter."""
        where = path or self.mine
        body = (
            f"<C:calendar-query {NAMES}><D:prop><D:getetag/></D:prop><C:filter>{inside}</C:filter></C:calendar-query>"
        )
        found = self.many("REPORT", where, body)
        return sorted(href.removeprefix(where) for href in found if href)
