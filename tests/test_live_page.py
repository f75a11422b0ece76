"""A page in a real browser: its parts hear what concerns them, over a socket that comes back after a fall."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from filo.testing.served import Served, served

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as running:
        yield running


@pytest.fixture
def page(site: Served, chromium: Browser) -> Iterator[Page]:
    """A signed-in browser on the live page, its socket open."""
    context = chromium.new_context(base_url=f"http://localhost:{site.port}")
    opened = context.new_page()
    opened.goto("/sign-in?name=anna&sees=rossi")
    with opened.expect_websocket() as line:
        opened.goto("/live-page")
    line.value.wait_for_event("framereceived")
    yield opened
    context.close()


def test_each_part_hears_what_concerns_it_and_nothing_of_its_own_page(site: Served, page: Page) -> None:
    site.get("/change?party=rossi&version=1", X_Filo_Page="page-1")
    site.get("/change?party=bianchi&version=2")
    site.get("/change?party=rossi&version=3&kind=names", X_Filo_Page="page-2")
    assert _heard(page, 2) == [("all", "names", 3), ("facts", "names", 3)]


def test_what_was_missed_while_the_server_was_down_is_heard_after(site: Served, page: Page) -> None:
    os.kill(site.tree()[-1], signal.SIGKILL)
    site.python("from filo.foundation.push.services import publish\npublish('party:rossi', 'changed', version=4)")
    assert _heard(page, 1)[0] == ("all", "changed", 4)


def test_without_a_line_the_page_asks_every_five_seconds(site: Served, page: Page) -> None:
    site.process.terminate()
    assert _heard(page, 3) == [("all", "poll", None), ("facts", "poll", None), ("other", "poll", None)]


def test_a_page_that_is_signed_out_is_told_and_asks_no_more(site: Served, page: Page) -> None:
    cookie = next(one for one in page.context.cookies() if one["name"] == "filo-session")
    site.get("/sign-out", Cookie=f"filo-session={cookie['value']}")
    assert _heard(page, 1) == [("", "signed-out", None)]


def _heard(page: Page, parts: int) -> list[tuple[str, str, Any]]:
    """What the parts of the page were told, once that many were."""
    page.wait_for_function(f"told.length >= {parts}", timeout=15_000)
    told = page.evaluate("told")
    return [(part, detail["kind"], detail.get("data", {}).get("version")) for part, detail in told]
