"""The inbox in the browser: who is answering is seen, what is begun comes back, a talk is joined by choosing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
WRITE = """
from pathlib import Path
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.collaborative.mailroom.models import Mailbox
box = Mailbox.objects.filter(address="info@aurora.example").first() or mailbox()
message = comes_in(box, "Buongiorno, quanto costa?", subject=SUBJECT, address=SENDER)
Path(PATH).write_text(str(message.conversation_id))
"""


@pytest.fixture
def talk(site: Any, tmp_path: Path) -> Callable[..., str]:
    """`talk("Divano")`: the id of a conversation that begins with a mail of this subject."""

    def begin(subject: str, sender: str = "mario.rossi@example.it") -> str:
        path = tmp_path / "id"
        site.running.python(f"SUBJECT, SENDER, PATH = {subject!r}, {sender!r}, {str(path)!r}\n{WRITE}")
        return path.read_text()

    return begin


def test_who_is_answering_is_seen_and_what_he_began_comes_back(
    site: Any, opened: Any, talk: Callable[..., str]
) -> None:
    address = f"{site.address}/inbox/{talk('Divano')}"
    mine, theirs = opened("inside").page, opened("operator").page
    mine.goto(address)
    theirs.goto(address)
    mine.locator("[data-presence]").get_by_text("Operator sta leggendo").wait_for()
    with theirs.expect_response("**/draft") as kept:
        theirs.locator("#answer-text").press_sequentially("Gentile signor Rossi,")
    assert kept.value.status == 204
    mine.locator("[data-presence]").get_by_text("Operator sta rispondendo").wait_for()
    theirs.goto(f"{site.address}/inbox")
    theirs.goto(address)
    assert theirs.input_value("#answer-text") == "Gentile signor Rossi,"


def test_it_is_joined_by_choosing_and_parted_by_the_toast(site: Any, opened: Any, talk: Callable[..., str]) -> None:
    first, second = talk("Poltrona in pelle"), talk("La poltrona ancora", "anna@example.it")
    page = opened("inside").page
    page.goto(f"{site.address}/inbox/{second}")
    page.locator(".acts summary[aria-label]").press("Enter")
    page.locator("#join-into").press_sequentially("poltrona in")
    page.locator(".join [data-choose]").first.click()
    page.locator(".join > .btn").click()
    page.wait_for_url(f"**/inbox/{first}")
    assert page.locator(".message").count() == 2
    page.get_by_role("button", name="Annulla").click()
    page.wait_for_function("document.querySelectorAll('.message').length === 1")


def test_a_mail_is_written_from_the_card_and_called_back(site: Any, opened: Any, talk: Callable[..., str]) -> None:
    talk("Serve una casella")  # and with it the mailbox
    point = (
        "from filo.operational.parties.models import ContactPoint\n"
        f"ContactPoint.objects.get_or_create(party_id={site.ids['shared']!r}, type='email', "
        "normalised='shared@example.it', defaults=dict(value='shared@example.it'))"
    )
    site.running.python(point)
    page = opened("inside").page
    page.goto(site.at("/parties/{shared}"))
    page.locator("[data-writes]").click()
    page.fill("#id_subject", "Il preventivo")
    page.fill("#id_text", "Eccolo.")
    page.locator("form[data-pane] [data-kind=main]").click()
    page.get_by_role("button", name="Annulla").click()
    page.locator("#answer-text").wait_for()
    page.wait_for_function("document.querySelector('#answer-text').value === 'Eccolo.'")
    assert page.locator(".message").count() == 0
