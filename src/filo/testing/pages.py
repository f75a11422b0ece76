"""The pages that walks and scans visit, and the words that a person reads or hears on one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.urls import URLPattern, URLResolver, get_resolver

from filo.operational.parties.models import Relationship
from filo.testing.world import World

SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description")
UNREAD = ("script", "style", "template", "code", "kbd", "svg")
VOID = ("input", "br", "meta", "link", "img", "hr", "use", "path", "col", "source")


# Addresses about one thing; the names in braces are those of `ids_of`.
ABOUT = (
    "/parties/{shared}",
    "/parties/{shared}/edit",
    "/parties/{shared}/access",
    "/parties/{shared}/relations/new",
    "/parties/{shared}/relationships/new",
    "/parties/{shared}/interactions/new",
    "/relationships/{tie}/stage",
    "/relationships/{tie}/assign",
    "/interactions/{call}",
    "/parties/{contact}",
    "/parties?stage=customer&q=em",
    "/parties?q=zzz",
    "/parties/new?kind=organisation",
    "/parties/new?kind=person",
    "/search?q=emp",
    "/nothing-here",
)


def pages() -> list[str]:
    """Every staff page, those about one thing with names in braces."""
    return [*ABOUT, *(address for address in plain_addresses() if address not in NOT_PAGES)]


def ids_of(world: World) -> dict[str, str]:
    """What stands for the names in braces: a customer two agents share, its relationship, a call, a contact."""
    shared = world.parties["shared"]
    found = {
        "shared": shared,
        "contact": world.parties["contact"],
        "call": world.interactions["agents_call"],
        "tie": Relationship.objects.filter(party=shared).order_by("created_at").first(),
    }
    return {name: str(thing.pk) for name, thing in found.items() if thing is not None}


def pages_of(world: World) -> list[str]:
    """Every staff page of this world."""
    ids = ids_of(world)
    return [page.format(**ids) for page in pages()]


NOT_PAGES = {
    "/settings/profile/ready",
    "/settings/prices/source",
    "/products/many",  # is only posted to
    "/phone/now",  # a part of a page
    "/phone/call",  # is only posted to
    "/chats/lists",  # a part of a page
    "/chats/desk",
    "/chats/here",
    "/settings/payments/ready",
    "/dues/new",  # of a customer
    "/healthz",
    "/readyz",
    "/metrics",
    "/login",
    "/logout",
    "/inactive",
    "/start",
    "/language",
    "/view-as/end",
    "/me/password",
    "/me/prefer",
    "/me/security/again/passkey",
    "/me/security/codes",
    "/me/security/passkeys/options",
    "/me/sessions/close",
    "/login/passkey",
    "/login/second",
    "/login/second/passkey",
    "/me/tokens",
    "/tasks/today",
    "/calendar/move",
    "/calendar/feed/end",
    "/dav/",  # of programs
    "/.well-known/caldav",
    "/calls/now",
    "/team/today.csv",
    "/calls/waiting",
    "/search/suggest",
    "/search/commands",
    "/parties/new",
    "/parties/filter",
    "/tickets/filter",
    "/products/filter",
    "/products/suggest",
    "/settings/catalogue/ready",
    "/price-lists/articles",
    "/coupons/file",
    "/settings/prices/rates",
    "/settings/prices/rate",
    "/deals/filter",
    "/deals/many",
    "/quotes/filter",
    "/inbox/queue",
    "/knowledge/move",
    "/knowledge/preview",
    "/knowledge/asked/learn",
    "/inbox/texts/preview",
    "/inbox/sequences/beside",
    "/inbox/sequences/preview",
    "/inbox/sequences/start",
    "/trees/import",
    "/trees/articles",
    "/parties/many",
    "/duplicates/accept",
    "/merges/new",
    "/settings/audit/check",
    "/settings/audit/export",
    "/settings/personal-data.csv",
    "/notices/bell",
    "/notices/latest",
    "/notices/read-all",
    "/notices/unread-all",
    "/me/notices/browsers",
    "/me/notices/browsers/key",
    "/worker.js",
    "/work/now",
    "/work/ended",
    "/settings/work/queues",
    "/settings/work/set-aside/start-again",
    "/settings/work/set-aside/drop",
    "/settings/work/set-aside/take-back",
    "/settings/work/deliveries/again",
}


def routes(found: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address as it is declared, with the pattern that answers."""
    for pattern in found if found is not None else get_resolver().url_patterns:
        written = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, written)
        else:
            yield written, pattern


def plain_addresses() -> list[str]:
    """The addresses without parameters, but for the API's and the password's."""
    elsewhere = ("api/", "password/", "p/")
    return ["/" + written for written, _pattern in routes() if "<" not in written and not written.startswith(elsewhere)]


class _Words(HTMLParser):
    """Collects text and spoken attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self._unread += 1
        given = {name: value or "" for name, value in attrs}
        self.found += [given[name] for name in SPOKEN if given.get(name)]
        if tag == "button" or given.get("type") in ("submit", "button", "reset"):
            self.found += [given["value"]] if tag == "input" and given.get("value") else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD and self._unread:
            self._unread -= 1

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.found.append(data)


def words_on(page: str) -> list[str]:
    """What is read or heard on a page, piece by piece, without empty pieces."""
    parser = _Words()
    parser.feed(page)
    pieces = (re.sub(r"\s+", " ", piece).strip() for piece in parser.found)
    return [piece for piece in pieces if piece]
