"""The keyboard alone: commands and customers from one box, keys on the card and in the list, and none while typing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
OPTION = "#suggestions [role=option]"


def command(page: Any, typed: str) -> None:
    """Ctrl-K, what is wanted, Enter at once: the answer is waited for."""
    page.keyboard.press("Control+k")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def test_a_day_without_a_mouse(site: Any, opened: Any) -> None:
    """Open a customer, log a call, go to the tasks, see the keys, go home."""
    page = opened("agent").page
    page.goto(site.address)
    command(page, "lanif")
    page.wait_for_url(f"**/parties/{site.ids['own']}")
    page.wait_for_load_state("networkidle")  # the parts of the card that come when they are in sight
    page.keyboard.press("c")
    expect(page.locator("#composer-body")).to_be_focused()
    page.keyboard.type("chiamato con un tasto, e j k x ? sono lettere")
    assert page.locator("#composer input[value=call]").is_checked()
    page.keyboard.press("Escape")
    for _step in range(12):
        if page.evaluate("document.activeElement.matches('#composer button[data-kind=main]')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#timeline").get_by_text("e j k x ? sono lettere").first.wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("gt")
    page.wait_for_url("**/tasks")
    page.keyboard.press("?")
    sheet = page.locator("dialog#shortcuts")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("Registra una chiamata")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.type("gh")
    page.wait_for_url(f"{site.address}/")


def test_one_line_calls_a_customer_from_anywhere(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.at("/tasks"))
    command(page, "chiama lanificio")
    page.wait_for_url(f"**/parties/{site.ids['own']}")
    expect(page.locator("#composer-body")).to_be_focused()
    assert page.locator("#composer input[value=call]").is_checked()


def test_what_was_opened_last_comes_first_and_is_forgotten_with_the_session(site: Any, opened: Any) -> None:
    page = opened("teammate").page
    page.goto(site.at("/parties/{shared}"))
    page.goto(site.address)
    page.keyboard.press("Control+k")
    expect(page.locator(OPTION).first).to_contain_text("Emporio Conti")
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('filo:recent:'))")
    assert len(kept) == 1
    assert re.sub(r"[0-9a-f-]{36}", "ID", kept[0][1]) == '{"party":["ID"]}'
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.keyboard.press("Escape")
    site.states.pop("teammate")  # this session ends here
    command(page, "esci")
    page.locator("#id_login").wait_for()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('filo:recent:')).length") == 0


def test_a_slow_answer_to_older_words_is_not_shown(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.address)
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.continue_()

    page.route("**/search/commands*", answer)
    page.keyboard.press("/")
    page.locator(OPTION).first.wait_for()
    page.keyboard.type("lanif")
    expect(page.locator(OPTION).first).to_contain_text("Lanificio")
    assert len([url for url in asked if "q=l" in url]) == 1


def test_a_list_is_walked_chosen_and_opened_by_keys(site: Any, opened: Any) -> None:
    page = opened("manager").page
    page.goto(site.at("/parties"))
    rows = page.locator("table[data-rows] tbody tr")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert rows.nth(1).get_attribute("data-focus") is not None
    page.keyboard.press("k")
    page.keyboard.press("Space")
    page.locator("#peek .peek-head").wait_for()
    boxes = page.locator("tr[data-peek] input[name=chosen]")
    if boxes.count():
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("Shift+X")
        assert page.locator("input[name=chosen]:checked").count() == 2
        page.keyboard.press("*")
        assert page.locator("input[name=chosen]:checked").count() == boxes.count()
    name = rows.nth(0).locator("a").first.inner_text()
    while rows.nth(0).get_attribute("data-focus") is None:
        page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/parties/*-*")
    assert page.locator("h1").inner_text() == name


def test_letters_that_are_switched_off_do_nothing(site: Any, opened: Any) -> None:
    page = opened("inside").page
    page.goto(site.at("/me"))
    page.uncheck("[name=letter_keys]")
    page.locator("form.form button[data-kind=main]").first.click()
    page.wait_for_load_state()
    page.keyboard.type("gh?")
    expect(page.locator("dialog#shortcuts")).to_be_hidden()
    assert page.url.endswith("/me")
    command(page, "tasti")
    expect(page.locator("dialog#shortcuts")).to_be_visible()
    page.goto(site.at("/me"))
    page.check("[name=letter_keys]")
    page.locator("form.form button[data-kind=main]").first.click()


def test_the_theme_changes_in_one_command(site: Any, opened: Any) -> None:
    page = opened("researcher").page
    page.goto(site.at("/tasks"))
    command(page, "scuro")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/tasks")
