"""A real browser at a real server with the small world; both live as long as the tests of one worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from filo.testing.served import Served, free_port, served

PASSWORD = "a-long-enough-word"
BUILD = """
import json
from django.db import transaction
from filo.foundation.accounts.services import add_person
from filo.testing.pages import ids_of
from filo.testing.world import BUILDER, PASSWORD, build_world
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
with transaction.atomic():
    world = build_world()
    admin = world.people["admin"]
    english = add_person(BUILDER, email="english@aurora.example", given_name="English", role=admin.role,
                         unit=admin.unit, language="en", password=PASSWORD)
    agent = world.people["agent"].id
    spec = RelationshipSpec(company=world.companies["moda"], area=world.areas["nord"], owner_id=agent)
    nasty = create_party(BUILDER, {"kind": "organisation", "legal_name": NASTY, "notes": NASTY, "sector": NASTY,
                                   "language": "it"}, relationships=[spec])
    json.dump(ids_of(world) | {"nasty": str(nasty.id), "own": str(world.parties["own"].id)}, open(PATH, "w"))
"""
NASTY = "\"><script>window.__x=1</script><img src=x onerror=window.__x=1>{{7*7}}'--"


@dataclass
class Site:
    """The served world: its address, its ids, and who is signed in already."""

    running: Served
    ids: dict[str, str]
    browser: Browser
    states: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.running.port}"

    def at(self, page: str) -> str:
        """The address of a page whose names in braces are filled in."""
        return self.address + page.format(**self.ids)

    def state_of(self, person: str) -> Any:
        """The cookies of somebody who came in through the door, once."""
        if person not in self.states:
            context = self.browser.new_context(locale="it-IT")
            page = context.new_page()
            page.goto(f"{self.address}/login")
            page.fill("#id_login", f"{person}@aurora.example")
            page.fill("#id_password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(f"{self.address}/")
            self.states[person] = context.storage_state()
            context.close()
        return self.states[person]


TRADE = """
from django.db import transaction
from filo.collaborative.chat.tests.desk import group_with, place_for, there
from filo.collaborative.shop.tests.stall import stall_of
from filo.testing.world import build_world
with transaction.atomic():
    world = build_world()
    stall_of(world)
    place_for(group_with(world, "operator"))
    there(world, "operator")
"""


@pytest.fixture(scope="session")
def trading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A tree with its worker, at the address that it calls its own: a shop that sells, a chat with somebody there."""
    port = free_port()
    settings = {
        "DJANGO_SETTINGS_MODULE": "filo.config.settings",
        "FILO_SECRET_KEY": "only-for-browser-tests-0123456789",
        "FILO_SITE_URL": f"http://localhost:{port}",
    }
    with served(tmp_path_factory.mktemp("trading"), port=port, role="all", **settings) as tree:
        tree.python(TRADE)
        yield tree


@dataclass
class Watched:
    """A page, and everything that went wrong on it."""

    page: Page
    context: BrowserContext
    problems: list[str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("browser")
    settings = {
        "DJANGO_SETTINGS_MODULE": "filo.config.settings",
        "FILO_SECRET_KEY": "only-for-browser-tests-0123456789",
    }
    with served(folder, **settings) as running:
        running.python(f"NASTY, PATH = {NASTY!r}, {str(folder / 'ids')!r}\n{BUILD}")
        yield Site(running, json.loads((folder / "ids").read_text()), chromium)


Opened = Callable[..., Watched]


@pytest.fixture
def opened(site: Site) -> Iterator[Opened]:
    """`opened("agent", width=390, scheme="dark")`: a fresh window; a problem on its pages fails the test."""
    windows: list[Watched] = []

    def open_window(person: str | None, **options: Any) -> Watched:
        windows.append(_window(site, person, **options))
        return windows[-1]

    yield open_window
    problems = [problem for window in windows for problem in window.problems]
    for window in windows:
        window.context.close()
    assert not problems


@pytest.fixture(scope="session")
def windows(site: Site) -> Iterator[dict[Any, Watched]]:
    kept: dict[Any, Watched] = {}
    yield kept
    for window in kept.values():
        window.context.close()


@pytest.fixture
def kept_open(site: Site, windows: dict[Any, Watched]) -> Iterator[Opened]:
    """The same for tests that only look: a window that stays open for the next, with what it has fetched."""
    used: list[Watched] = []

    def window_of(person: str, scheme: str, width: int) -> Watched:
        key = (person, scheme, width)
        if key not in windows:
            windows[key] = _window(site, person, scheme=scheme, width=width)
        window = windows[key]
        window.problems.clear()
        window.page.set_viewport_size({"width": width, "height": 900})
        used.append(window)
        return window

    yield window_of
    assert not [problem for window in used for problem in window.problems]


def _window(site: Site, person: str | None, *, width: int = 1440, scheme: str = "light", **options: Any) -> Watched:
    context = site.browser.new_context(
        storage_state=site.state_of(person) if person else None,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale=options.pop("locale", "it-IT"),
        **options,
    )
    context.set_default_timeout(20_000)  # a machine with other work
    window = Watched(context.new_page(), context, [])
    _watch(window, site.address)
    return window


def _watch(window: Watched, address: str) -> None:
    page, problems = window.page, window.problems

    def heard(message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            problems.append(f"{page.url}: {message.text}")

    def asked(request: Any) -> None:
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "about:")):
            problems.append(f"{page.url} asks elsewhere: {request.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("request", asked)
    page.on(
        "response", lambda response: response.status >= 500 and problems.append(f"{response.url}: {response.status}")
    )
