"""Somebody buys with a telephone, in Italian: he looks, mistypes, chooses, orders and pays by card in the sandbox."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from filo.testing.served import Served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="pages look alike on both engines"
    ),
]
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def page(trading: Served, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="it-IT", reduced_motion="reduce", color_scheme="light"
    )
    context.set_default_timeout(20_000)
    found, problems = context.new_page(), list[str]()
    found.on("pageerror", lambda error: problems.append(str(error)))
    found.on("console", lambda said: said.type == "error" and problems.append(said.text))
    yield found
    context.close()
    assert not [one for one in problems if "status of 4" not in one]


def in_order(page: Page) -> None:
    found: list[Any] = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], page.url
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0, f"{page.url} sticks out by {width}"


def test_from_the_search_to_the_paid_order(trading: Served, page: Page, tmp_path: Path) -> None:
    page.goto(f"http://localhost:{trading.port}/p/shop")
    in_order(page)
    page.get_by_role("searchbox").fill("gaicca")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("«gaicca»")
    in_order(page)
    page.get_by_role("button", name="Filtri").click()
    page.locator("#shop-filters").get_by_role("link", name="M", exact=True).click()
    assert "a=taglia%3Am" in page.url
    page.get_by_role("link", name="Giacca di lino").click()
    in_order(page)
    page.get_by_role("link", name="M", exact=True).click()
    page.get_by_label("Quanti").fill("2")
    page.get_by_role("button", name="Metti nel carrello").click()
    expect(page.get_by_text("Ne ha 2 nel carrello.")).to_be_visible()
    page.get_by_role("link", name="Vai al carrello").click()
    in_order(page)
    page.get_by_label("Quanti: Giacca di lino").fill("1")
    page.keyboard.press("Tab")
    expect(page.locator(".shop-sums")).to_contain_text("122,00")
    page.get_by_role("link", name="Vai alla cassa").click()
    in_order(page)
    page.get_by_role("button", name="Ordina con obbligo di pagare").click()
    expect(page.get_by_text("Scriva la città.")).to_be_visible()
    for label, text in (
        ("Nome e cognome", "Anna Verdi"),
        ("E-mail", "anna@verdi.example"),
        ("Via e numero civico", "Via Garibaldi 8"),
        ("CAP", "20121"),
        ("Città", "Milano"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Con carta").check()
    page.get_by_role("checkbox", name="Accetto le").check()
    page.get_by_role("button", name="Ordina con obbligo di pagare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prova di pagamento")
    assert page.locator("input[name*=card], input[autocomplete^=cc]").count() == 0
    page.get_by_role("button", name="Paga", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grazie per il suo ordine")
    expect(page.get_by_text("È pagato. Grazie.")).to_be_visible(timeout=60_000)
    in_order(page)
    page.get_by_role("link", name="Segui la consegna").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ordine O ")
