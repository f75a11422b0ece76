"""Every page in the browser: nothing wrong for axe, nothing in the console, nothing that must be scrolled sideways."""

from __future__ import annotations

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from filo.testing.pages import pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("DATABASE_URL", "").startswith("postgres"),
        reason="pages look alike on both engines: the walk is done on SQLite",
    ),
]
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# (person, colour scheme, width): the first speaks Italian, the second English. Each page is seen in one of the
# four by turns, those that people look at all day in all of them.
WAYS = [("admin", "light", 1440), ("english", "dark", 390), ("admin", "dark", 390), ("english", "light", 1440)]
ALL_DAY = ("/", "/parties", "/parties/{shared}", "/tasks", "/parties/new?kind=person")
WALK = [
    (address, way)
    for number, address in enumerate(pages())
    for way in (WAYS if address in ALL_DAY else [WAYS[number % len(WAYS)]])
]


def violations(page: Any, part: str | None = None) -> list[str]:
    found = Axe().run(page, context=part, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:200]}" for one in found for node in one["nodes"][:3]
    ]


def too_wide(page: Any) -> list[str]:
    """The elements that stick out at 360 pixels."""
    page.set_viewport_size({"width": 360, "height": 800})
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll('body *')]
          .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.scroll, [hidden]'))
          .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )


@pytest.mark.parametrize(
    ("address", "way"), WALK, ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value))
)
def test_a_page_is_in_order(site: Any, kept_open: Any, address: str, way: tuple[str, str, int]) -> None:
    person, _scheme, _width = way
    window = kept_open(*way)
    response = window.page.goto(site.at(address))
    assert response.status in (200, 404), response.status
    assert window.page.locator("html").get_attribute("lang") == ("en" if person == "english" else "it")
    assert window.page.locator("h1").count() == 1
    assert window.page.title().strip(" ·") != "Filo"
    assert violations(window.page) == []
    assert too_wide(window.page) == []


@pytest.mark.parametrize("address", ["/login", "/password/reset", "/inactive", "/password/reset/key/x-x/"])
@pytest.mark.parametrize(("scheme", "width", "locale"), [("light", 1440, "it-IT"), ("dark", 390, "en-GB")])
def test_the_door_is_in_order(site: Any, opened: Any, address: str, scheme: str, width: int, locale: str) -> None:
    window = opened(None, scheme=scheme, width=width, locale=locale)
    window.page.goto(site.at(address))
    assert window.page.locator("html").get_attribute("lang") == locale[:2]
    assert violations(window.page) == []
    assert too_wide(window.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_is_in_order_too(site: Any, opened: Any, scheme: str) -> None:
    """Menus, the palette, the keys, a refused form: what is not there when a page is loaded."""
    window = opened("admin", scheme=scheme)
    page = window.page
    page.goto(site.at("/parties/{shared}"))
    for menu in page.locator("details > summary").all():
        if menu.is_visible():
            menu.click()
            assert violations(page, "details[open]") == []
            page.keyboard.press("Escape")
    page.goto(site.at("/parties"))
    page.fill("#search", "emp")
    page.locator("#suggestions [role=option]").first.wait_for()
    assert violations(page) == []
    page.goto(site.at("/parties/new?kind=person"))
    page.locator("form.form button[data-kind=main]").last.click()
    page.locator(".error").first.wait_for()
    assert violations(page) == []
