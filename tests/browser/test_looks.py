"""What must be in sight: buttons at the end of wide tables, the margins of pages, long names in the rail."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NAME = "Clienti del Nord senza contatto da sessanta giorni e più, da richiamare entro la settimana"


def right_of(locator: Any) -> float:
    box = locator.bounding_box()
    return float(box["x"] + box["width"])


def test_what_is_planned_can_be_run_without_scrolling_sideways(site: Any, opened: Any) -> None:
    page = opened("admin").page
    page.goto(site.at("/settings/work/schedules"))
    region = page.locator(".scroll:has(table)")
    buttons = page.locator("table form button")
    assert buttons.count() > 5
    assert right_of(buttons.first) <= right_of(region)
    assert region.evaluate("part => part.scrollWidth <= part.clientWidth")


def test_a_long_view_is_cut_in_the_rail_and_its_pages_have_margins(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.at("/lists/parties/views/new?query=stage=lead"))
    margin = page.locator("#id_name").bounding_box()["x"] - right_of(page.locator("nav.rail"))
    assert margin >= 16
    page.fill("#id_name", NAME[:80])
    page.locator("[name=pin]").check()
    page.locator("form.page button[data-kind=main]").click()
    link = page.locator(".at-hand a", has_text=NAME[:20])
    expect(link).to_be_visible()
    assert right_of(link.locator("span")) <= right_of(page.locator("nav.rail"))
    assert link.locator("span").evaluate("words => words.scrollWidth > words.clientWidth")
    assert link.get_attribute("title") == NAME[:80]
    page.goto(page.url.split("/parties")[0] + "/lists/views/" + page.url.split("view=")[1])
    assert page.locator("#id_name").bounding_box()["x"] - right_of(page.locator("nav.rail")) >= 16
    page.locator("form[action*=remove] button").click()
