"""The web process is killed while a customer chats, is looked at and orders: all comes back by itself, once each."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from filo.config.processes import until
from filo.testing.served import Served
from filo.testing.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.once]
BACK = 30_000  # ms; five seconds are meant, a machine with other work is given more
LINK = """
import json
from filo.collaborative.visitors.queries.links import token_of
from filo.collaborative.visitors.services import make_link
from filo.operational.parties.models import Party
link = make_link(Party.objects.get(display_name="Lanificio Bassi S.r.l."), "assistant", {})
json.dump(token_of(link), open(PATH, "w"))
"""
ORDERS = """
import json
from filo.operational.orders.models import Order
json.dump(list(Order.objects.filter(mail_to="anna@killed.example").values_list("state", flat=True)), open(PATH, "w"))
"""


def kill(running: Served) -> None:
    """The process that answers, at once and without a word."""
    named = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in running.tree()}
    web = [pid for pid, words in named.items() if "filo.config.web" in words or "multiprocessing" in words]
    worker = max(web, key=lambda pid: int(Path(f"/proc/{pid}/statm").read_text().split()[1]))
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: worker not in running.tree(), seconds=10)


def looked_at(running: Served, chromium: Browser, folder: Path) -> tuple[Page, Page]:
    """A known customer in the shop, in a chat with the operator, who sees his page."""
    file = folder / "link"
    running.python(f"PATH = {str(file)!r}\n{LINK}")
    here = f"http://localhost:{running.port}"
    customer = chromium.new_context(locale="it-IT", viewport={"width": 1100, "height": 900}).new_page()
    operator = chromium.new_context(locale="it-IT", viewport={"width": 1440, "height": 900}).new_page()
    operator.goto(f"{here}/login")
    operator.fill("#id_login", "operator@aurora.example")
    operator.fill("#id_password", PASSWORD)
    operator.keyboard.press("Enter")
    operator.wait_for_url(f"{here}/")
    operator.goto(f"{here}/chats")
    customer.goto(f"{here}/p/open/assistant/{json.loads(file.read_text())}")
    customer.wait_for_url("**/p/assistant")
    customer.goto(f"{here}/p/shop")
    customer.locator("filo-chat > a").click()
    frame = customer.frame_locator("iframe.chat-frame")
    frame.locator("textarea").fill("Buongiorno")
    frame.locator("textarea").press("Enter")
    operator.locator(".chat-rows a[data-kind=waiting]").first.click()
    operator.locator(".said-line", has_text="Buongiorno").wait_for()
    operator.locator("#live-panel header button").click()
    customer.locator("[data-do=agree]").click()
    operator.locator("filo-view iframe").wait_for()
    return customer, operator


def test_a_killed_web_process_loses_nothing_of_chat_view_and_order(
    trading: Served, chromium: Browser, tmp_path: Path
) -> None:
    customer, operator = looked_at(trading, chromium, tmp_path)
    frame = customer.frame_locator("iframe.chat-frame")
    kill(trading)
    frame.locator("textarea").fill("Ci siete ancora?")
    frame.locator("textarea").press("Enter")
    operator.locator("#talk-text").fill("Sì, eccomi")
    operator.locator("#talk-text").press("Enter")
    customer.locator(".live-on [data-broken]").wait_for()
    for side in (frame.locator(".said-line"), operator.locator("filo-talk .said-line")):
        for said in ("Ci siete ancora?", "Sì, eccomi"):
            expect(side.filter(has_text=said)).to_have_count(1, timeout=BACK)
            expect(side.filter(has_text=said)).not_to_have_attribute("data-waiting", "", timeout=BACK)
    customer.locator(".live-on [data-broken]").wait_for(state="hidden", timeout=BACK)
    frame.locator("[data-close]").click()
    customer.get_by_role("link", name="Giacca di lino").first.click()
    seen = operator.frame_locator("filo-view iframe")
    seen.get_by_role("heading", name="Giacca di lino", level=1).wait_for(timeout=BACK)
    _order(trading, customer, tmp_path)


def _order(running: Served, customer: Page, folder: Path) -> None:
    customer.get_by_role("link", name="M", exact=True).click()
    customer.get_by_role("button", name="Metti nel carrello").click()
    customer.get_by_role("link", name="Vai al carrello").click()
    customer.get_by_role("link", name="Vai alla cassa").click()
    for label, text in (
        ("Nome e cognome", "Anna Verdi"),
        ("E-mail", "anna@killed.example"),
        ("Via e numero civico", "Via Garibaldi 8"),
        ("CAP", "20121"),
        ("Città", "Milano"),
    ):
        customer.get_by_label(label).fill(text)
    customer.get_by_label("Con bonifico").check()
    customer.get_by_role("checkbox", name="Accetto le").check()
    customer.route("**/p/shop/checkout", lambda route: _killed_on_the_way(running, route), times=1)
    customer.get_by_role("button", name="Ordina con obbligo di pagare").click()
    customer.locator("[data-waits]").wait_for()
    expect(customer.get_by_role("heading", level=1)).to_have_text("Grazie per il suo ordine", timeout=BACK)
    file = folder / "orders"
    running.python(f"PATH = {str(file)!r}\n{ORDERS}")
    assert json.loads(file.read_text()) == ["confirmed"]


def _killed_on_the_way(running: Served, route: Any) -> None:
    """The order is kept, and its answer never comes: the process dies with it."""
    route.fetch()
    kill(running)
    route.abort("connectionreset")
