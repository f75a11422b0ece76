"""A decision tree is drawn in the browser: with the mouse, with the keys alone, and by two at once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def new_tree(site: Any, page: Page, name: str) -> None:
    page.goto(site.at("/trees/new"))
    page.locator("#id_name").fill(name)
    page.keyboard.press("Enter")
    expect(page.locator("[data-tree-editor]")).to_be_visible()
    page.locator("#t-title-it").fill(name)


def saved(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status]")).to_have_text("È tutto salvato.")


def test_a_tree_is_drawn_with_the_mouse_and_taken_back(site: Any, opened: Any) -> None:
    page = opened("operator").page
    new_tree(site, page, "Con il mouse")
    page.locator("[data-new=question]").click()
    page.locator("#n-text-it").fill("Che cosa è successo?")
    page.locator("#n-a1-it").fill("Rotto")
    page.locator("#n-a2-it").fill("Tardi")
    page.locator("[data-new=message]").drag_to(page.locator("[data-canvas]"), target_position={"x": 420, "y": 40})
    page.locator("#n-text-it").fill("Ecco.")
    message = page.locator(".dnode[data-kind=message]")
    for answer in ("a1", "a2"):
        port = page.locator(f".dnode-port[data-answer={answer}]").bounding_box()
        target = message.bounding_box()
        assert port
        assert target
        page.mouse.move(port["x"] + 12, port["y"] + 12)
        page.mouse.down()
        page.mouse.move(target["x"] + 60, target["y"] + 20, steps=4)
        page.mouse.up()
    expect(page.locator(".drawing-edges path")).to_have_count(2)
    before = message.bounding_box()
    assert before
    page.mouse.move(before["x"] + 60, before["y"] + 12)
    page.mouse.down()
    page.mouse.move(before["x"] + 60, before["y"] + 132, steps=4)
    page.mouse.up()
    page.wait_for_function(
        "y => Math.abs(document.querySelector('.dnode[data-kind=message]').getBoundingClientRect().y - y) <= 1",
        arg=before["y"] + 120,
    )
    page.locator("[data-act=undo]").click()
    page.wait_for_function(
        "y => document.querySelector('.dnode[data-kind=message]').getBoundingClientRect().y === y", arg=before["y"]
    )
    page.locator("[data-act=undo]").click()
    expect(page.locator(".drawing-edges path")).to_have_count(1)
    expect(page.locator("[data-problems]")).to_contain_text("la risposta «Tardi» non porta da nessuna parte")
    page.locator("[data-act=redo]").click()
    expect(page.locator("[data-problems]")).not_to_contain_text("Tardi")
    page.locator("[data-publish] button").click()
    expect(page.locator("#toasts")).to_contain_text("È pubblicato.")
    page.goto(site.at("/p/guide/con-il-mouse"))
    page.locator("main form button").click()
    page.get_by_role("button", name="Rotto").click()
    expect(page.locator("main")).to_contain_text("Ecco.")


def test_a_tree_is_drawn_with_the_keys_alone(site: Any, opened: Any) -> None:
    page = opened("operator").page
    new_tree(site, page, "Con i tasti")
    page.keyboard.press("Control+z")
    expect(page.locator("#t-title-it")).to_have_value("")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#t-title-it")).to_have_value("Con i tasti")
    page.locator("[data-new=question]").press("Enter")
    expect(page.locator("#n-text-it")).to_be_focused()
    page.keyboard.type("Di che colore?")
    page.locator("#n-a1-it").press_sequentially("Rosso")
    page.locator("#n-a1-to").select_option("+")
    expect(page.locator(".dnode")).to_have_count(2)
    expect(page.locator(".drawing-edges path")).to_have_count(1)
    page.locator("#n-a2-down, #n-a2-up").first.press("Enter")
    first = page.locator(".dnode").first
    first.focus()
    was = first.bounding_box()
    page.keyboard.press("ArrowRight")
    assert was
    page.wait_for_function("x => document.querySelector('.dnode').getBoundingClientRect().x > x", arg=was["x"])
    page.locator(".dnode").nth(1).focus()
    page.keyboard.press("Delete")
    expect(page.locator(".dnode")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".dnode")).to_have_count(2)
    expect(page.locator(".drawing-edges path")).to_have_count(1)
    saved(page)
    page.reload()
    expect(page.locator(".dnode")).to_have_count(2)
    expect(page.locator(".dnode").first).to_contain_text("Di che colore?")


def test_two_who_draw_at_once_do_not_overwrite_each_other_unseen(site: Any, opened: Any) -> None:
    mine, theirs = opened("operator").page, opened("admin").page
    new_tree(site, mine, "In due")
    saved(mine)
    theirs.goto(mine.url)
    theirs.locator("#side-about, [data-about] summary").first.click()
    theirs.locator("#t-name").fill("Di un altro")
    saved(theirs)
    mine.locator("#t-name").fill("Di nuovo mio")
    mine.keyboard.press("Control+s")
    expect(mine.locator("[data-conflict]")).to_contain_text("Qualcun altro")
    theirs.reload()
    expect(theirs.locator("#t-name")).to_have_value("Di un altro")
    mine.locator("[data-act=mine]").click()
    expect(mine.locator("[data-status]")).to_have_text("È tutto salvato.")
    theirs.reload()
    expect(theirs.locator("#t-name")).to_have_value("Di nuovo mio")
