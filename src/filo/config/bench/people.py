"""Who the load comes from: people of several roles, signed in through the real door."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from filo.config.bench.wire import FORM, Person
from filo.config.demo.staff import DOMAIN, PASSWORD

# How far their eyes reach, and the mailboxes of the people: the first of each stands for all of them in the tables.
# The agents, who see their own customers, are found by how many they have.
MAILBOXES = {
    "all": ("admin", "interno", "operatore", "direzione"),
    "unit": ("area.nord", "area.centro", "area.sud"),
}
SCOPES = (*MAILBOXES, "own")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class NotLetIn(Exception):
    """The door did not open."""


def emails() -> list[tuple[str, str]]:
    """(address, scope) of everybody who takes part by name."""
    return [(f"{mailbox}@{DOMAIN}", scope) for scope, mailboxes in MAILBOXES.items() for mailbox in mailboxes]


def sign_in(port: int, person: Person) -> Person:
    """The same person with the cookies of a session. Raises `NotLetIn`."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", "/login", headers={"Host": "localhost"})
        response = line.getresponse()
        token = _TOKEN.search(response.read())
        cookies = _cookies(response)
        if token is None:
            raise NotLetIn(f"the page of the door answered {response.status}")
        fields = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": token[1].decode()}
        headers = FORM | {"Host": "localhost", "Cookie": _header(cookies), "Referer": f"http://localhost:{port}/login"}
        line.request("POST", "/login", urlencode(fields), headers)
        answer = line.getresponse()
        answer.read()
        cookies |= _cookies(answer)
    if answer.status != 302 or "filo-session" not in cookies:
        raise NotLetIn(f"{person.email} was not let in: the door answered {answer.status}")
    return replace(person, cookies=_header(cookies), csrf=cookies["filo-csrf"])


def first_of(people: Iterable[Person], scope: str) -> Person:
    """Who stands for a scope in the tables."""
    return next(person for person in people if person.scope == scope)


def _cookies(response: http.client.HTTPResponse) -> dict[str, str]:
    found: SimpleCookie = SimpleCookie()
    for value in response.headers.get_all("Set-Cookie") or []:
        found.load(value)
    return {name: morsel.value for name, morsel in found.items() if morsel.value}


def _header(cookies: dict[str, Any]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
