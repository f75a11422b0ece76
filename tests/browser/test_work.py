"""The day's work in the browser: few clicks, the keyboard alone, two people at once, and no script at all."""

from __future__ import annotations

import time
from typing import Any

import pytest

pytestmark = pytest.mark.browser


class Clicks:
    """Counts what a person has to press; typing is free."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.count = 0

    def __call__(self, what: Any) -> None:
        self.count += 1
        (self.page.locator(what).first if isinstance(what, str) else what).click()


def find(window: Any, site: Any, typed: str) -> Clicks:
    """From the first page to a card by three letters and one click."""
    page = window.page
    page.goto(site.address)
    press = Clicks(page)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    press("#suggestions [role=option]")
    page.wait_for_url("**/parties/*")
    page.wait_for_load_state("networkidle")  # the parts of the card that come when they are in sight
    return press


def test_a_call_is_logged_in_three_clicks_from_the_first_page(site: Any, opened: Any) -> None:
    window = opened("agent")
    press = find(window, site, "lan")
    press("#composer label:has(input[value=call])")
    window.page.fill("#composer-body", "ha chiesto il listino")
    press("#composer button[data-kind=main]")
    window.page.get_by_text("ha chiesto il listino").first.wait_for()
    assert press.count <= 3


def test_a_stage_moves_in_three_clicks_from_the_first_page(site: Any, opened: Any) -> None:
    window = opened("agent")
    press = find(window, site, "bou")
    press("#card-duties a[href$='/stage']")
    window.page.select_option("[name=stage]", "prospect")
    window.page.fill("[name=reason]", "ha chiesto un'offerta")
    press("form button[data-kind=main]")
    window.page.wait_for_url("**/parties/*")
    assert press.count <= 3
    assert window.page.get_by_text("ha chiesto un'offerta").first.is_visible()


@pytest.mark.parametrize(
    ("entry", "field", "typed"),
    [("/parties/new?kind=person", "family_name", "Verdi"), ("/tasks/new", "title", "Chiamare")],
)
def test_something_new_is_written_in_three_clicks(site: Any, opened: Any, entry: str, field: str, typed: str) -> None:
    window = opened("inside")
    page, press = window.page, Clicks(window.page)
    page.goto(site.address)
    press(".top details.menu > summary[data-kind=main]")
    press(f".top a[href='{entry}']")
    page.fill(f"[name={field}]", typed)
    press("form.form button[data-kind=main]")
    page.get_by_text(typed).first.wait_for()
    assert press.count <= 3


def tab_to(page: Any, selector: str, *, most: int = 60) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _step in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}")


def test_the_keyboard_alone_leads_from_the_door_to_a_logged_call(site: Any, opened: Any) -> None:
    page = opened(None).page
    page.goto(site.at("/login"))
    tab_to(page, "#id_login")
    page.keyboard.type("agent@aurora.example")
    tab_to(page, "#id_password")
    page.keyboard.type("a-long-enough-word")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/")
    page.keyboard.press("/")
    page.keyboard.type("lanif")
    page.locator("#suggestions [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/parties/{site.ids['own']}")
    tab_to(page, "#composer input[name=channel]")
    while page.evaluate("document.activeElement.value") != "call":
        page.keyboard.press("ArrowRight")
    tab_to(page, "#composer-body")
    page.keyboard.type("scritto senza mouse")
    tab_to(page, "#composer button[data-kind=main]")
    page.keyboard.press("Enter")
    page.locator("#timeline").get_by_text("scritto senza mouse").first.wait_for()


def test_the_first_tab_leads_past_the_menus(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_colleagues_change_is_on_the_open_card_within_two_seconds(site: Any, opened: Any) -> None:
    theirs, mine = opened("manager").page, opened("agent").page
    for page in (theirs, mine):
        page.goto(site.at("/parties/{shared}"))
    theirs.wait_for_timeout(1500)  # its socket is open
    mine.fill("#composer-body", "una cosa appena successa")
    mine.click("#composer button[data-kind=main]")
    start = time.monotonic()
    theirs.locator("#timeline").get_by_text("una cosa appena successa").first.wait_for()
    assert time.monotonic() - start < 5  # without push the page would ask every five seconds, from its opening on


def test_what_one_types_survives_a_colleagues_change(site: Any, opened: Any) -> None:
    theirs, mine = opened("manager").page, opened("agent").page
    for page in (theirs, mine):
        page.goto(site.at("/parties/{own}"))
    theirs.fill("#composer-body", "mezza frase")
    theirs.wait_for_timeout(1500)
    mine.fill("#composer-body", "un'altra cosa")
    mine.click("#composer button[data-kind=main]")
    theirs.locator("#timeline").get_by_text("un'altra cosa").first.wait_for(timeout=4000)
    assert theirs.input_value("#composer-body") == "mezza frase"


def test_a_colleague_who_may_not_see_it_hears_nothing(site: Any, opened: Any) -> None:
    theirs, mine = opened("teammate").page, opened("agent").page
    for page in (theirs, mine):
        page.goto(site.at("/parties/{shared}"))
    theirs.wait_for_timeout(1500)
    mine.fill("#composer-body", "solo per me")
    mine.click("#composer button[data-kind=main]")
    mine.locator("#timeline").get_by_text("solo per me").first.wait_for()
    theirs.wait_for_timeout(1500)
    assert theirs.get_by_text("solo per me").count() == 0


def test_nothing_that_people_write_runs(site: Any, opened: Any) -> None:
    page = opened("agent").page
    for address in (
        "/parties/{nasty}",
        "/parties/{nasty}/edit",
        "/parties/{nasty}/timeline",
        "/parties",
        "/search?q=script",
        "/",
    ):
        page.goto(site.at(address))
        assert page.evaluate("window.__x") is None, address
    page.goto(site.address)
    page.keyboard.press("/")
    page.keyboard.type("script")
    page.wait_for_timeout(500)
    assert page.evaluate("window.__x") is None


def test_without_scripts_the_work_can_be_done(site: Any, opened: Any) -> None:
    page = opened("agent", java_script_enabled=False).page
    page.goto(site.address)
    page.fill("#search", "lanificio")
    page.press("#search", "Enter")
    page.get_by_role("link", name="Lanificio Bassi").first.click()
    page.fill("#composer-body", "senza script")
    page.click("#composer button[data-kind=main]")
    assert page.locator("#timeline").get_by_text("senza script").first.is_visible()


def test_a_half_written_form_warns_or_keeps_its_words_when_the_page_is_loaded_again(site: Any, opened: Any) -> None:
    page = opened("agent").page
    page.goto(site.at("/parties/{own}"))
    page.fill("#composer-body", "parole a metà")
    page.wait_for_timeout(800)
    page.reload()
    page.wait_for_function("document.querySelector('#composer-body').value === 'parole a metà'")
