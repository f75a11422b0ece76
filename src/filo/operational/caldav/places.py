"""Addresses under /dav/: the root, a person, his calendars, and what stands in them. Each person has his own alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound

ROOT = "/dav/"
APPOINTMENTS, OTHERS = "appointments", "others"


@dataclass(frozen=True)
class Place:
    """What an address is about."""

    kind: Literal["root", "person", "home", "calendar", "object"]
    href: str
    calendar: str = ""
    name: str = ""


def place_at(principal: Principal, path: str) -> Place:
    """What stands at a path. Raises `NotFound`, also for what is another's."""
    parts = path.removeprefix(ROOT).strip("/").split("/")
    mine = str(principal.user_id)
    match parts:
        case [""]:
            return Place("root", ROOT)
        case ["people", person] if person == mine:
            return person_of(principal)
        case ["calendars", person] if person == mine:
            return home_of(principal)
        case ["calendars", person, calendar] if person == mine and calendar in (APPOINTMENTS, OTHERS):
            return calendar_of(principal, calendar)
        case ["calendars", person, calendar, name] if person == mine and calendar in (APPOINTMENTS, OTHERS):
            return object_of(principal, calendar, name)
    raise NotFound


def place_of_href(principal: Principal, href: str) -> Place | None:
    """What an address in a body names; None for what is not one's own, or nothing."""
    try:
        return place_at(principal, unquote(urlsplit(href.strip()).path))
    except (NotFound, ValueError):
        return None


def person_of(principal: Principal) -> Place:
    """Who asks."""
    return Place("person", f"{ROOT}people/{_id(principal)}/")


def home_of(principal: Principal) -> Place:
    """Where his calendars are."""
    return Place("home", f"{ROOT}calendars/{_id(principal)}/")


def calendar_of(principal: Principal, calendar: str) -> Place:
    """One of his calendars."""
    return Place("calendar", f"{home_of(principal).href}{calendar}/", calendar)


def object_of(principal: Principal, calendar: str, name: str) -> Place:
    """What stands in a calendar under a name."""
    href = f"{calendar_of(principal, calendar).href}{quote(name, safe='@!$&()*+,;=:~')}"
    return Place("object", href, calendar, name)


def _id(principal: Principal) -> UUID:
    if principal.user_id is None:
        raise NotFound
    return principal.user_id
