"""The ten steps, each as its two people do it, with what has to be seen for it to count."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any
from zoneinfo import ZoneInfo

from filo.config.walk.stage import PASSWORD, Stage, text_of

ROME = ZoneInfo("Europe/Rome")
MARIO = "mario.rossi@example.it"
SUBJECT = "richiesta di informazioni"
QUESTION = "vorrei informazioni sui pullover in offerta speciale nel mese di maggio"


@dataclass(frozen=True)
class Step:
    """A step: what it is called, and what is done; whatever fails in it raises."""

    number: int
    says: str
    do: Callable[[Stage], None]


def writes_a_mail(stage: Stage) -> None:
    """Kept, on the card of Mario, with what he looks for."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"Mario Rossi <{MARIO}>", "info@aurora.example", SUBJECT
    letter["Message-ID"] = stage.seen["mail"] = make_msgid(domain="example.it")
    letter["Date"] = datetime.now(UTC)
    letter.set_content(f"{QUESTION}\n")
    stage.post.send(letter)
    page = stage.operator
    _sign_in(stage)
    _until(page, f"{stage.address}/inbox?box=all", lambda: page.get_by_text(SUBJECT).first.is_visible())
    page.get_by_text(SUBJECT).first.click()
    page.locator(".side .who a", has_text="Mario Rossi").first.wait_for()
    stage.seen["card"] = page.locator(".side .who a", has_text="Mario Rossi").first.get_attribute("href")
    card = stage.address + str(stage.seen["card"])
    _until(page, card, lambda: "pullover" in page.locator("main").inner_text().lower())


def gets_the_answer(stage: Stage) -> None:
    """At once: by name, with the month that is right, a number, the group, and a personal link."""
    answer = stage.post.wait_for(lambda one: str(one["subject"]).startswith("Re: " + SUBJECT), "answer to his mail")
    text = text_of(answer)
    for wanted in ("Sig. Mario Rossi", "giugno", "Assistenza Commerciale"):
        _holds(wanted in text, f"the answer says “{wanted}”: {text}")
    number = re.search(r"\[#([\d-]+)\]", str(answer["subject"]))
    _holds(bool(number), f"the subject has a number: {answer['subject']}")
    link = re.search(r"http\S+/p/open/assistant/\S+", text)
    _holds(bool(link), f"the answer has a personal link: {text}")
    stage.seen["link"] = link.group() if link else ""


def is_left_automatic(stage: Stage) -> None:
    """The group sees it with how sure it was, and leaves it to run by itself."""
    page = stage.operator
    page.goto(f"{stage.address}/answers")
    row = page.locator("main", has_text="Mario Rossi")
    row.wait_for()
    text = row.inner_text()
    _holds("Assistenza Commerciale" in text and "%" in text, f"group and confidence: {text[:400]}")
    stage.shot("3")
    page.locator("form[action$='/leave'] button").first.click()
    page.wait_for_load_state()


def opens_the_assistant(stage: Stage) -> None:
    """One click, no password; it knows what he asked."""
    page = stage.customer
    page.goto(stage.seen["link"])
    page.wait_for_url("**/p/assistant")
    page.locator(".assist-known", has_text="pullover").wait_for()
    page.locator(".site-who", has_text="Mario Rossi").wait_for()


def tells_size_and_colour(stage: Stage) -> None:
    """Nothing else is asked; what is there is proposed, with a reason; and what is new for his children."""
    page = stage.customer
    asked = page.locator(".assist-ask fieldset legend").all_inner_texts()
    _holds([one.lower() for one in asked] == ["taglia", "colori preferiti"], f"asks size and colours only: {asked}")
    stage.shot("5a")
    page.locator("input[name=size][value=l]").check(force=True)
    page.locator("input[name=colours-liked][value=blue]").check(force=True)
    page.locator(".assist-ask button").first.click()
    page.locator(".shop-cards li", has_text="L").first.wait_for()
    page.locator(".assist .shop-cards .muted", has_text="taglia").first.wait_for()
    page.locator(".assist-section h2", has_text="0-12").wait_for()
    page.locator(".assist-section summary").first.click()
    page.locator(".assist-section details p").first.wait_for()
    stage.shot("5")


def asks_for_a_person(stage: Stage) -> None:
    """She sees mail, answer, proposals, past orders and a first sentence, and need ask nothing again."""
    customer, operator = stage.customer, stage.operator
    operator.goto(f"{stage.address}/chats")
    operator.locator(".chat-desk button").click()
    operator.locator(".chat-desk button[aria-pressed=true]").wait_for()
    customer.locator("[data-chat-open]").click()
    frame = customer.frame_locator("iframe.chat-frame")
    frame.locator("textarea").fill("Vorrei qualche dettaglio sui capi proposti")
    frame.locator("textarea").press("Enter")
    operator.locator(".chat-rows a[data-kind=waiting]", has_text="Mario Rossi").first.click()
    for wanted in (QUESTION[:30], "giugno", "Vorrei qualche dettaglio"):
        operator.locator("filo-talk", has_text=wanted).wait_for()
    side = operator.locator(".console-side")
    side.locator("dd", has_text="pullover").first.wait_for()
    text = side.inner_text()
    _holds("2022" in text, f"the past order is there: {text[:800]}")
    stage.seen["chat"] = operator.url
    stage.shot("6")
    operator.locator(".assist-opening button").click()
    operator.locator("#talk-text").press("Enter")
    frame.locator(".said-line[data-from=us]").last.wait_for()


def is_shown_the_new_catalogue(stage: Stage) -> None:
    """Natural fibres only: on his screen within a second, and kept."""
    customer, operator = stage.customer, stage.operator
    frame = customer.frame_locator("iframe.chat-frame")
    frame.locator("textarea").fill("Sì, ma mi interessano solo capi non sintetici")
    frame.locator("textarea").press("Enter")
    operator.locator(".said-line", has_text="non sintetici").wait_for()
    operator.locator("#live-panel header button").click()
    customer.locator("[data-do=agree]").click()
    operator.locator("filo-view iframe").wait_for()
    catalogue = operator.locator("#counter select option", has_text="Nuova collezione").first.get_attribute("value")
    operator.locator("#counter select").select_option(catalogue)
    operator.locator("#counter input[name=natural]").check()
    began = time.monotonic()
    operator.locator("#counter button[value=show]").click()
    customer.wait_for_url("**/p/shop/find?*", wait_until="commit")
    took = time.monotonic() - began
    stage.seen["push"] = took
    customer.locator(".shop-cards li").first.wait_for()
    shown = customer.locator("main").inner_text()
    _holds("Pullover tecnico" not in shown, "nothing synthetic is shown")
    _holds(took <= stage.within, f"it took {took:.2f} s to appear")
    operator.locator(".console-side", has_text="Fibre da evitare").wait_for()
    stage.shot("7")


def orders_together(stage: Stage) -> None:
    """The form comes filled in, both see it change; how he pays he types where nobody looks."""
    customer, operator = stage.customer, stage.operator
    customer.locator(".shop-cards li a").first.click()
    _choose(customer, "L")
    customer.locator(".shop-buy button").click()
    customer.locator(".notice[data-mean=good]").wait_for()
    operator.locator("#live-panel input[name=kind][value=purchase] + button").click()
    customer.wait_for_url("**/p/live/form")
    _holds(customer.input_value("[name=email]") == MARIO, "the form is filled in")
    operator.locator("filo-shared [name=phone]").fill("+39 333 7654321")
    _waits(customer, "[name=phone]", "7654321")
    customer.locator("[name=pay]").select_option("card")
    customer.locator("[name=terms]").check()
    operator.locator("filo-shared [name=terms]:checked").wait_for()
    stage.shot("8")
    customer.locator("form .btn[data-kind=main]").click()
    customer.wait_for_url("**/p/pay/sandbox/**")
    customer.locator("#card").fill("4242 4242 4242 4242")
    customer.locator("button[value=pay]").click()
    customer.wait_for_url("**/p/shop/thanks/**")
    _until(customer, customer.url, lambda: "pagat" in customer.locator("main").inner_text().lower())
    stage.seen["order"] = re.findall(r"\d{4}/\d+|\d+/\d{4}", customer.locator("main").inner_text())[0]
    stage.shot("8b")


def asks_after_his_order(stage: Stage) -> None:
    """The confirmation names the day, three working days on; a reply to it is answered with how it stands."""
    number = stage.seen["order"]
    letter = stage.post.wait_for(lambda one: number in f"{one['subject']} {text_of(one)}", "confirmation of the order")
    text, day = text_of(letter), _working_day_after(datetime.now(ROME).date(), 3)
    _holds(_spoken(day) in text, f"it promises {_spoken(day)}: {text}")
    track = re.search(r"http\S+/p/order/\S+", text)
    _holds(bool(track), f"it has a page to follow it: {text}")
    stage.customer.goto(track.group() if track else "")
    stage.customer.get_by_text(number).first.wait_for()
    before = len(stage.post.letters)
    answer = EmailMessage()
    answer["From"], answer["To"] = f"Mario Rossi <{MARIO}>", str(letter["reply-to"] or letter["from"])
    answer["Subject"], answer["Message-ID"] = f"Re: {letter['subject']}", make_msgid(domain="example.it")
    answer["In-Reply-To"] = answer["References"] = str(letter["message-id"])
    answer["Date"] = datetime.now(UTC)
    answer.set_content("A che punto è il mio ordine?\n")
    stage.post.send(answer)
    said = stage.post.wait_for(
        lambda one: one in stage.post.letters[before:] and number in text_of(one), "answer about the order"
    )
    _holds(_spoken(day) in text_of(said), f"the answer says when: {text_of(said)}")


def stands_on_the_card(stage: Stage) -> None:
    """The whole story in its order; the profile, the figures and the question how content he was."""
    page = stage.operator
    page.goto(stage.seen["chat"])
    page.locator(".console-talk details.menu", has_text="Chiudi").locator("summary").click()
    page.locator(".console-talk details.menu[open] button").click()
    page.wait_for_url("**/chats")
    card = stage.address + str(stage.seen["card"])
    wanted = (
        SUBJECT,
        "risposto in automatico",
        "nostre pagine",
        "assistente agli acquisti",
        "chat",
        "guardato",
        "ordine",
    )
    _until(page, card, lambda: all(one in page.locator("main").inner_text() for one in wanted), seconds=40)
    text = page.locator("main").inner_text()
    _holds(stage.seen["order"] in text, "the order stands there")
    page.evaluate("document.getElementById('profile').scrollIntoView()")
    page.locator("#profile dd", has_text="sintetico").first.wait_for()  # it comes when it comes into sight
    text = page.locator("main").inner_text()
    for fact in ("L", "blu", "sintetico"):
        _holds(fact in text, f"the profile knows {fact}")
    stage.shot("10")
    _ask_how_content(stage)


def _ask_how_content(stage: Stage) -> None:
    page = stage.operator
    page.goto(f"{stage.address}/tickets")
    page.locator("a[href^='/tickets/']", has_text=SUBJECT).first.click()
    page.locator("button[value=solved]").first.wait_for()
    for _try in range(3):  # what somebody else changes meanwhile asks for a second look
        if page.locator("button[value=solved]").count() == 0:
            break
        page.locator("button[value=solved]").first.click()
        page.wait_for_load_state("networkidle")
        page.reload()
    asked = stage.post.wait_for(
        lambda one: one["to"] == MARIO and "/p/satisfaction/" in text_of(one), "question how content he was"
    )
    link = re.search(r"http\S+/p/satisfaction/\S+score=5", text_of(asked))
    _holds(bool(link), f"it can be answered with one press: {text_of(asked)}")
    stage.customer.goto(link.group() if link else "")
    stage.customer.locator("main form button").first.click()
    stage.customer.wait_for_load_state()
    _until(page, page.url, lambda: page.get_by_text("5 / 5", exact=True).count() > 0)
    page.goto(stage.address + str(stage.seen["card"]))
    page.locator("#tickets").scroll_into_view_if_needed()
    page.locator("#tickets a", has_text="Soddisfazione").wait_for()
    stage.shot("10b")


STEPS = (
    Step(1, "Mario writes a mail; it stands on his card", writes_a_mail),
    Step(2, "He gets the right answer with a number", gets_the_answer),
    Step(3, "The group sees it and leaves it automatic", is_left_automatic),
    Step(4, "The link opens an assistant that knows", opens_the_assistant),
    Step(5, "It asks size and colours, proposes, shows 0-12", tells_size_and_colour),
    Step(6, "A person answers who knows the whole story", asks_for_a_person),
    Step(7, "The unpublished catalogue appears on his screen", is_shown_the_new_catalogue),
    Step(8, "They fill in the order together; he pays", orders_together),
    Step(9, "Confirmation, tracking, status by reply", asks_after_his_order),
    Step(10, "Everything stands on the card, in order", stands_on_the_card),
)


def _sign_in(stage: Stage) -> None:
    page = stage.operator
    page.goto(f"{stage.address}/login")
    page.fill("input[name=login]", "operatore@aurora.example")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def _choose(page: Any, size: str) -> None:
    """Until a variant is chosen: his size, then whatever else is asked."""
    for _try in range(4):
        page.wait_for_load_state()
        if page.locator(".shop-buy button").count():
            return
        open_sets = page.locator(".shop-option")
        for place in range(open_sets.count()):
            one = open_sets.nth(place)
            if one.locator("a[aria-current]").count() == 0:
                named = one.locator(f"a:text-is('{size}')")
                (named if named.count() else one.locator("a:not([data-gone])")).first.click()
                break


def _until(page: Any, address: str, seen: Callable[[], bool], seconds: float = 30) -> None:
    """Open a page, and again, until something is seen on it."""
    until = time.monotonic() + seconds
    while True:
        page.goto(address)
        if seen():
            return
        if time.monotonic() > until:
            raise AssertionError(f"not on {address}: {page.locator('main').inner_text()[:3000]}")
        page.wait_for_timeout(300)


def _waits(page: Any, field: str, value: str, seconds: float = 10) -> None:
    """Until a field holds something that the other side wrote."""
    until = time.monotonic() + seconds
    while value not in page.input_value(field):
        _holds(time.monotonic() < until, f"{field} holds {value}: {page.input_value(field)}")
        page.wait_for_timeout(100)


def _holds(yes: bool, what: str) -> None:
    if not yes:
        raise AssertionError(what)


def _working_day_after(day: date, number: int) -> date:
    """Italian working days, reckoned here with a library, apart from how the house reckons them."""
    import holidays

    closed = holidays.country_holidays("IT")
    found, left = day, number
    while left:
        found = date.fromordinal(found.toordinal() + 1)
        left -= found.weekday() < 5 and found not in closed
    return found


def _spoken(day: date) -> str:
    from babel.dates import format_date

    return str(format_date(day, "d MMMM", locale="it"))
