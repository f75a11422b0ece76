"""Building a filter in the browser: with the keyboard alone, on a phone, and without scripts."""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="the form is alike on both engines"
    ),
]
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
ASKED = [
    ("area", "nord"),
    ("area", "sud"),
    ("stage", "is-not:customer"),
    ("last_contact", "older-than-days:60"),
]
ALONE_A_WEEK = '/parties?filter={"field":"last_contact","op":"older-than-days","value":"7"}'
MANY = (
    '/parties/filter?stage=lead&filter={"and":[{"field":"area","op":"in","value":["nord","sud"]},'
    '{"field":"owner","op":"is-not","value":"me"},{"field":"created","op":"after","value":"2026-01-01"},'
    '{"field":"city","op":"in","value":["Milano","Lodi"]},{"field":"last_contact","op":"older-than-days","value":"7"},'
    '{"not":{"or":[{"field":"sector","op":"empty"},{"field":"kind","op":"is","value":"person"}]}}]}'
)


def tab_to(page: Any, selector: str, key: str = "Tab") -> None:
    """Press Tab until this has the focus, as somebody without a mouse does."""
    for _press in range(60):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached")


def add(page: Any, label: str, row: int) -> None:
    tab_to(page, "#new-condition")
    page.keyboard.type(label)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(f"[name=row-{row}-field]").wait_for(state="attached")
    page.wait_for_function("row => document.activeElement?.name?.startsWith(row)", arg=f"row-{row}-")


def test_a_filter_is_built_with_the_keyboard(site: Any, opened: Any) -> None:
    """Area North or South, not customer, no contact for 60 days."""
    page = opened("admin").page
    page.goto(site.at("/parties?sort=-created"))
    tab_to(page, ".bar details:first-of-type > summary")
    page.keyboard.press("Enter")
    page.locator("#new-condition").wait_for()
    add(page, "Area", 0)
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    add(page, "Stadio", 1)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    tab_to(page, "[name=row-1-value][value=customer]")
    page.keyboard.press("Space")
    add(page, "Ultimo contatto", 2)
    page.keyboard.type("più di")
    page.locator("#row-2-value[type=number]").wait_for()
    tab_to(page, "#row-2-value")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/parties\?area="))
    assert parse_qsl(urlsplit(page.url).query) == [*ASKED, ("sort", "-created")]
    shown = " ".join(page.locator(".bar").inner_text().split())
    for words in ("Area è Nord o Sud", "Stadio non è Cliente", "Ultimo contatto più di 60 giorni fa"):
        assert words in shown
    page.locator(".chip a", has_text="Cliente").first.click()
    page.wait_for_url(re.compile("at=1"))
    assert page.locator("fieldset[data-here] legend").inner_text() == "Stadio"


@pytest.mark.parametrize(("person", "scheme", "width"), [("admin", "light", 1440), ("english", "dark", 390)])
def test_the_form_is_in_order(site: Any, opened: Any, person: str, scheme: str, width: int) -> None:
    page = opened(person, scheme=scheme, width=width).page
    page.goto(site.address + MANY)
    assert page.locator("fieldset.condition").count() == 7
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['target']}" for one in found] == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_works_without_scripts(site: Any, opened: Any) -> None:
    page = opened("admin", java_script_enabled=False).page
    page.goto(site.at("/parties/filter"))
    page.select_option("#new-condition", "last_contact")
    page.click("button[value=add]")
    page.select_option("#row-0-op", "older-than-days")
    page.click("button[value=again]")
    page.fill("#row-0-value", "60")
    page.click(".acts button[value=show]")
    assert page.url.endswith("/parties?last_contact=older-than-days%3A60")
    assert "più di 60 giorni fa" in page.locator(".bar").inner_text()


def test_a_wrong_value_leaves_one_in_the_list_with_the_button_in_sight(site: Any, opened: Any) -> None:
    page = opened("admin").page
    page.goto(site.address + ALONE_A_WEEK)
    page.locator(".bar details summary").first.click()
    page.locator("#row-0-value").fill("-3")
    page.locator("#row-0-value").evaluate("field => field.removeAttribute('min')")
    page.locator("#filter-form .to-show button").click()
    page.locator("#filter-form .error").wait_for()
    assert urlsplit(page.url).path == "/parties"
    assert "numero di giorni" in page.locator("#filter-form").inner_text()
    box = page.locator("#filter-form .to-show button").bounding_box()
    assert box["y"] + box["height"] <= 900
    page.locator("#row-0-value").fill("9")
    page.locator("#filter-form .to-show button").click()
    page.wait_for_url(re.compile(r"/parties\?last_contact=older-than-days%3A9"))
