"""Two browsers: a customer speaks with a person, is shown a page, and nothing private of his page leaves it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SET_UP = """
from filo.collaborative.chat.tests.desk import group_with, place_for
from filo.testing.world import World
from filo.foundation.accounts.models import User
world = World(people={"inside": User.objects.get(email="inside@aurora.example")})
place_for(group_with(world, "inside"))
"""
CARD = "4242424242424242"
PRIVATE = """
document.querySelector("main").insertAdjacentHTML("beforeend",
  `<div data-private><p>SEGRETO-TESTO</p><input id="card" value=""></div><input id="typed"><p id="plain">VISIBILE</p>`)
"""


@pytest.fixture
def customer(site: Any) -> Any:
    """A visitor's browser, with all that it sends over its sockets."""
    site.running.python(SET_UP)
    context = site.browser.new_context(locale="it-IT", viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.sent = []
    page.on("websocket", lambda line: line.on("framesent", lambda frame: page.sent.append(str(frame))))
    page.set_default_timeout(20_000)
    yield page
    context.close()


def talking(site: Any, opened: Any, customer: Page) -> Page:
    """Both are in a chat; gives the colleague's page."""
    hers = opened("inside").page
    hers.goto(f"{site.address}/chats")
    if hers.locator(".chat-desk button[aria-pressed=true]").count() == 0:
        hers.locator(".chat-desk button").click()
    hers.locator(".chat-desk button[aria-pressed=true]").wait_for()
    customer.goto(f"{site.address}/p/visit")
    customer.locator("filo-chat a").click()
    frame = customer.frame_locator("iframe.chat-frame")
    frame.locator("textarea").fill("Buongiorno, mi aiuta?")
    frame.locator("textarea").press("Enter")
    hers.locator(".chat-rows a[data-kind=waiting]").first.click()
    hers.locator(".said-line", has_text="Buongiorno, mi aiuta?").wait_for()
    hers.locator("#talk-text").fill("Certo!")
    hers.locator("#talk-text").press("Enter")
    frame.locator(".said-line", has_text="Certo!").wait_for()
    return hers


def look_together(hers: Page, customer: Page) -> None:
    hers.locator("#live-panel form button").first.click()
    customer.locator("[data-do=agree]").click()
    customer.locator(".live-on").wait_for()
    hers.locator("filo-view iframe").wait_for()


def test_a_page_is_seen_only_with_consent_and_never_what_is_private(site: Any, opened: Any, customer: Page) -> None:
    hers = talking(site, opened, customer)
    customer.evaluate(PRIVATE)
    assert not any("VISIBILE" in frame for frame in customer.sent)
    look_together(hers, customer)
    mirror = hers.frame_locator("filo-view iframe")
    mirror.locator("#plain", has_text="VISIBILE").wait_for()
    unseen = mirror.locator("input[style*='width: 0px']")
    assert unseen.count() > 0
    assert not any(unseen.nth(one).is_visible() for one in range(unseen.count())), (
        "no empty frames stand for what is hidden"
    )
    hers.locator("filo-view [data-wide]").click()
    hers.get_by_role("button", name="Più piccolo").wait_for()
    hers.keyboard.press("Escape")
    hers.locator("filo-view:not([data-large])").wait_for()
    customer.fill("#card", CARD)
    customer.fill("#typed", "parola-segreta")
    customer.evaluate("document.querySelector('#plain').textContent = 'CAMBIATO'")
    mirror.locator("#plain", has_text="CAMBIATO").wait_for()
    everything = json.dumps(customer.sent)
    assert "CAMBIATO" in everything
    for secret in (CARD, "parola-segreta", "SEGRETO-TESTO"):
        assert secret not in everything
    token = customer.evaluate("document.querySelector('input[name=csrfmiddlewaretoken]').value")
    assert token not in everything


def test_a_page_that_is_shown_appears_once_and_stops_when_he_says_so(site: Any, opened: Any, customer: Page) -> None:
    hers = talking(site, opened, customer)
    look_together(hers, customer)
    chat = hers.url.rsplit("/", 1)[1]
    hers.evaluate(
        """async (chat) => fetch(`/chats/${chat}/live/show`, {method: "POST",
        body: new URLSearchParams({url: "/p/sign-in", title: "Accesso"}),
        headers: {"X-CSRFToken": document.querySelector("meta[name=csrf-token]").content}}).then((one) => one.ok)""",
        chat,
    )
    customer.wait_for_url("**/p/sign-in")
    mirror = hers.frame_locator("filo-view iframe")
    mirror.locator("#address").wait_for()
    loads: list[str] = []
    customer.on("load", lambda page: loads.append(page.url))
    customer.wait_for_load_state("networkidle")
    assert loads == [], "what was shown a moment ago is not shown again"
    customer.locator("[data-do=stop]").click()
    customer.locator(".live-on").wait_for(state="detached")
    hers.locator("filo-view").wait_for(state="hidden")
    before = len(customer.sent)
    customer.evaluate("document.querySelector('h1').textContent = 'DOPO'")
    customer.wait_for_load_state("networkidle")
    assert not any("DOPO" in frame for frame in customer.sent[before:])


def test_what_is_written_while_the_line_is_down_arrives_once(site: Any, opened: Any, customer: Page) -> None:
    hers = talking(site, opened, customer)
    customer.context.set_offline(True)
    frame = customer.frame_locator("iframe.chat-frame")
    frame.locator("textarea").fill("Scritto senza rete")
    frame.locator("textarea").press("Enter")
    frame.locator(".said-line[data-waiting]").wait_for()
    customer.context.set_offline(False)
    hers.locator(".said-line", has_text="Scritto senza rete").wait_for()
    frame.locator(".said-line[data-waiting]").wait_for(state="detached")
    assert hers.locator(".said-line", has_text="Scritto senza rete").count() == 1
