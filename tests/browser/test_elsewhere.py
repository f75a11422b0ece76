"""The chat on somebody else's site: one script tag; a talk there and back, also after the page is loaded anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from filo.testing.served import Served
from filo.testing.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.once]
ALLOW = """
from filo.collaborative.chat.models import ChatPlace
ours = ChatPlace.objects.get(code="filo")
for code, origins in (("vetrina", [ORIGIN]), ("altrove", ["https://www.example.it"])):
    ChatPlace.objects.create(code=code, name=code, group=ours.group, origins=origins)
"""
PAGE = """<!doctype html><html lang="it"><title>Vetrina</title><h1>La nostra vetrina</h1>
<script type="module" src="{ours}/p/chat/widget.js?place={place}"></script>"""


class Site(BaseHTTPRequestHandler):
    """A page that is none of ours, on another site: 127.0.0.1 is not localhost."""

    ours = ""

    def do_GET(self) -> None:
        place = self.path.strip("/") or "vetrina"
        self.send_response(200 if place != "favicon.ico" else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.format(ours=self.ours, place=place).encode())

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def elsewhere(trading: Served) -> Iterator[str]:
    """The address of the other site, which may show the chat of its place."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    Site.ours = f"http://localhost:{trading.port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    trading.python(f"ORIGIN = {origin!r}\n{ALLOW}")
    yield origin
    server.shutdown()


def operator_of(trading: Served, chromium: Browser) -> Page:
    page = chromium.new_context(locale="it-IT").new_page()
    page.goto(f"http://localhost:{trading.port}/login")
    page.fill("#id_login", "operator@aurora.example")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"http://localhost:{trading.port}/")
    page.goto(f"http://localhost:{trading.port}/chats")
    return page


def test_one_script_tag_is_enough(trading: Served, elsewhere: str, chromium: Browser) -> None:
    operator = operator_of(trading, chromium)
    customer = chromium.new_context(locale="it-IT", viewport={"width": 390, "height": 844}).new_page()
    problems: list[str] = []
    customer.on("pageerror", lambda error: problems.append(str(error)))
    customer.on("console", lambda said: said.type == "error" and problems.append(said.text))
    customer.goto(elsewhere)
    customer.get_by_role("button", name="Parla con una persona").click()
    frame = customer.frame_locator("iframe")
    frame.locator("[data-write] [name=address]").fill("gino@vetrina.example")
    frame.locator("textarea").fill("Spedite anche in Svizzera?")
    frame.locator("textarea").press("Enter")
    operator.locator(".chat-rows a[data-kind=waiting]").first.click()
    operator.locator(".said-line", has_text="Svizzera").wait_for()
    operator.locator("#talk-text").fill("Certo, in quattro giorni")
    operator.locator("#talk-text").press("Enter")
    expect(frame.locator(".said-line", has_text="quattro giorni")).to_have_count(1)
    customer.reload()
    customer.get_by_role("button", name="Parla con una persona").click()
    expect(frame.locator(".said-line", has_text="quattro giorni")).to_have_count(1)
    expect(frame.locator(".said-line", has_text="Svizzera")).to_have_count(1)
    frame.locator("[data-close]").click()
    operator.locator("#talk-text").fill("Serve altro?")
    operator.locator("#talk-text").press("Enter")
    customer.get_by_role("button", name="(1)").wait_for()
    assert problems == []


def test_a_site_that_is_not_named_cannot_show_it(trading: Served, elsewhere: str, chromium: Browser) -> None:
    page = chromium.new_context(locale="it-IT").new_page()
    page.goto(f"{elsewhere}/altrove")
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.get_by_role("button", name="Parla con una persona").click()
    expect(page.frame_locator("iframe").locator("textarea")).to_have_count(0)
