"""Working together in the browser: a colleague is named from the keyboard, and seen while he is here."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_a_colleague_is_named_from_the_keyboard(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.at("/parties/{shared}"))
    page.focus("#composer-body")
    page.keyboard.type("ne parli tu @tea")
    page.locator("#composer-mentions [role=option][aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    assert page.input_value("#composer-body") == "ne parli tu @teammate "
    page.keyboard.type("grazie @b")
    page.locator("#composer-mentions [role=option][aria-selected=true]").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.type("asta")
    page.locator("#composer button[data-kind=main]").press("Enter")
    link = page.locator("#timeline a.mention").first
    link.wait_for()
    assert link.inner_text() == "@teammate"


def test_who_looks_and_who_edits_is_seen_and_is_gone_with_the_page(site: Any, opened: Any) -> None:
    card, edit = site.at("/parties/{shared}"), site.at("/parties/{shared}/edit")
    mine, theirs = opened("agent"), opened("teammate")
    mine.page.goto(card)
    here = mine.page.locator("[data-presence]")
    theirs.page.goto(card)
    here.get_by_text("Teammate sta guardando").wait_for()
    theirs.page.locator("[data-presence]").get_by_text("Agent sta guardando").wait_for()
    theirs.page.goto(edit)
    here.get_by_text("Teammate sta modificando").wait_for()
    theirs.page.locator("[data-presence]").get_by_text("Agent sta guardando").wait_for()
    theirs.page.close()
    here.wait_for(state="hidden", timeout=10_000)


TELL = """
from filo.foundation.accounts.models import User
from filo.foundation.notices.services.telling import Subject, notify
person = User.objects.get(email="manager@aurora.example")
notify("party.given", [person.id], subject=Subject("party", PARTY), url=f"/parties/{PARTY}")
"""


def tell(site: Any, party: str) -> None:
    site.running.python(f"from uuid import UUID\nPARTY = UUID({site.ids[party]!r})\n{TELL}")


def wait_for_bell(page: Any, words: str) -> None:
    page.locator(f"#bell[aria-label='Avvisi: {words}']").wait_for()


def follow_the_notice(page: Any) -> None:
    page.locator("#bell").focus()
    page.keyboard.press("Enter")
    page.locator(".bell .told-one a").wait_for()
    page.locator(".bell .told-one a").press("Enter")


def test_the_bell_rings_on_an_open_page_and_leads_to_the_thing(site: Any, opened: Any) -> None:
    page = opened("manager").page
    page.goto(site.at("/tasks"))
    assert page.locator("#bell").get_attribute("aria-label") == "Avvisi: niente di nuovo"
    tell(site, "shared")
    wait_for_bell(page, "1 non letto")
    follow_the_notice(page)
    page.wait_for_url(f"**/parties/{site.ids['shared']}")
    wait_for_bell(page, "niente di nuovo")


def test_a_notice_followed_while_the_line_failed_is_read_on_the_next_page(site: Any, opened: Any) -> None:
    window = opened("manager")
    page = window.page
    page.goto(site.at("/tasks"))
    tell(site, "shared")
    wait_for_bell(page, "1 non letto")
    page.route("**/notices/*/read", lambda route: route.abort())
    follow_the_notice(page)
    page.wait_for_url(f"**/parties/{site.ids['shared']}")
    page.unroute("**/notices/*/read")
    page.goto(site.at("/tasks"))
    wait_for_bell(page, "niente di nuovo")
    window.problems.clear()  # the browser's word for the line that failed


def test_what_is_told_while_the_bell_is_being_fetched_is_shown_too(site: Any, opened: Any) -> None:
    page = opened("manager").page
    with page.expect_websocket() as dialled:
        page.goto(site.at("/tasks"))

    def answer_late(route: Any) -> None:
        knows_of_one = route.fetch()
        with dialled.value.expect_event("framereceived", lambda frame: '"told"' in frame):
            tell(site, "own")
        route.fulfill(response=knows_of_one)

    page.route("**/notices/bell", answer_late, times=1)
    tell(site, "shared")
    wait_for_bell(page, "2 non letti")
    page.locator("#bell").press("Enter")
    page.get_by_role("button", name="Segna tutto come letto").click()
    wait_for_bell(page, "niente di nuovo")
