"""Cells of the list changed in the browser: the pencil is pressed, something is typed, and it is kept."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_cell_is_changed_with_the_mouse_and_the_change_taken_back(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.at("/parties?columns=sector,stage"))
    row = page.locator("tr[data-id='{own}']".format(**site.ids))
    cell = row.locator("td[data-edit=sector]")
    was = cell.inner_text().strip()
    row.hover()
    cell.locator(".edit-cell").click()
    expect(cell.locator("input[name=sector]")).to_be_focused()
    page.keyboard.type("Filati di pregio")
    cell.locator("form button").first.click()
    expect(cell).to_have_text("Filati di pregio")
    expect(cell.locator(".edit-cell")).to_be_focused()
    assert page.url.endswith("/parties?columns=sector,stage")
    page.reload()
    expect(cell).to_have_text("Filati di pregio")
    row.hover()
    cell.locator(".edit-cell").click()
    cell.locator("input[name=sector]").fill(was)
    page.keyboard.press("Enter")
    expect(cell).to_have_text(was)
    page.locator("#toasts form button").first.click()
    expect(cell).to_have_text("Filati di pregio")


def test_a_cell_is_changed_with_the_keyboard_and_left_with_escape(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.at("/parties?columns=stage,sector"))
    row = page.locator("tr[data-id='{own}']".format(**site.ids))
    cell = row.locator("td[data-edit=stage]")
    was = cell.inner_text().strip()
    row.locator(".who a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(cell.locator("select")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_have_text(was)
    expect(cell.locator(".edit-cell")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert cell.locator("input[name=reason]").evaluate("field => !field.validity.valid")


def test_what_one_may_not_change_is_said(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.at("/parties?columns=owner"))
    row = page.locator("tr[data-id='{own}']".format(**site.ids))
    row.hover()
    row.locator("td[data-edit=owner] .edit-cell").click()
    expect(page.locator("#toasts")).to_contain_text("non modificarli")
    expect(row.locator("td[data-edit=owner]")).to_contain_text("Agent")
