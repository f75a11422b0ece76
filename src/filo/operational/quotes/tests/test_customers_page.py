"""The customer's page: he reads, chooses, signs, refuses, asks; links are for one quote and one purpose."""

from __future__ import annotations

import struct

import pytest
from django.core.cache import cache
from django.test import Client

from filo.operational.consents.services import answer_consent
from filo.operational.parties.models import Party
from filo.operational.quotes.drawing import drawn_png, read_strokes
from filo.operational.quotes.models import Quote, QuoteSignature, QuoteView
from filo.operational.quotes.queries.finding import lines_of, quote_token
from filo.operational.quotes.services import new_version, seeing, send_quote
from filo.operational.quotes.tests.desk import Desk
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def address(quote: Quote, part: str = "") -> str:
    return f"/p/quote/{quote_token(quote)}{part}"


def test_he_reads_it_without_signing_in_and_reading_changes_nothing(desk: Desk) -> None:
    quote = desk.sent(desk.line("shirt", "2"), title="Divise")
    page = Client().get(address(quote)).content.decode()
    assert "Divise" in page
    assert "122,00" in page
    assert Quote.objects.get(pk=quote.pk).views == 0


def test_sums_follow_the_options(desk: Desk) -> None:
    quote = desk.sent(desk.line("shirt"), desk.line("book", optional=True))
    book = lines_of(quote)[1]
    assert "71,40" in Client().get(address(quote, f"/sums?chosen={book.pk}")).content.decode()


def test_he_signs_with_name_and_pen(desk: Desk) -> None:
    quote = desk.sent(desk.line("shirt"), desk.line("book", optional=True))
    book = lines_of(quote)[1]
    strokes = " ".join(f"{x},{x // 2}" for x in range(10, 200, 5))
    typed = {"name": "Anna Bassi", "agreed": "1", "strokes": strokes, "chosen": [str(book.pk)]}
    answer = Client(headers={"User-Agent": "Phone"}).post(address(quote, "/accept"), typed)
    assert answer.status_code == 302
    signed = QuoteSignature.objects.select_related("drawn", "quote__document").get()
    assert (signed.name, signed.user_agent, signed.quote.state) == ("Anna Bassi", "Phone", "accepted")
    assert signed.quote.document is not None
    assert signed.sha256 == signed.quote.document.sha256
    assert signed.drawn is not None
    page = Client().get(address(quote)).content.decode()
    assert "Accettato da Anna Bassi" in page
    second = Client().post(address(quote, "/accept"), typed)
    assert second.status_code == 409
    assert "Anna Bassi ha già accettato questo preventivo." in second.content.decode()


def test_without_agreeing_or_a_name_nothing_is_signed_and_nothing_lost(desk: Desk) -> None:
    quote = desk.sent()
    for typed in ({"name": "Anna Bassi"}, {"agreed": "1", "name": " "}):
        answer = Client().post(address(quote, "/accept"), typed)
        assert answer.status_code == 422
    assert 'value="Anna Bassi"' in Client().post(address(quote, "/accept"), {"name": "Anna Bassi"}).content.decode()
    assert Quote.objects.get(pk=quote.pk).state == "sent"


def test_he_refuses_with_a_reason_and_asks(desk: Desk) -> None:
    quote = desk.sent()
    assert Client().post(address(quote, "/ask"), {"text": "Quando arriva?"}).status_code == 302
    assert Client().post(address(quote, "/reject"), {"reason": ""}).status_code == 422
    assert Client().post(address(quote, "/reject"), {"reason": "Troppo caro"}).status_code == 302
    assert Quote.objects.get(pk=quote.pk).state == "rejected"


def test_a_replaced_one_leads_to_the_newer(desk: Desk) -> None:
    quote = desk.sent()
    newer = send_quote(desk.principal(), new_version(desk.principal(), quote))
    page = Client().get(address(quote)).content.decode()
    assert "sostituito da una versione più recente" in page
    token = page.split('href="/p/quote/', 1)[1].split('"', 1)[0]
    assert newer.name in Client().get(f"/p/quote/{token}").content.decode()
    assert Client().post(address(quote, "/accept"), {"name": "Anna", "agreed": "1"}).status_code == 409


def test_a_draft_and_a_forged_link_are_nowhere(desk: Desk) -> None:
    assert Client().get(address(desk.draft())).status_code == 404
    assert Client().get("/p/quote/forged").status_code == 404


def test_looking_is_counted_and_told_by_person_only_with_consent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    quote = desk.sent()
    assert Client().post(address(quote, "/seen")).status_code == 204
    found = Quote.objects.get(pk=quote.pk)
    assert (found.views, found.state, QuoteView.objects.count()) == (1, "viewed", 0)

    def yes(_party: Party, _purpose: str) -> bool:
        return True

    monkeypatch.setattr(seeing, "_asked", [yes])
    for _time in range(2):
        Client().post(address(quote, "/seen"))
    assert (Quote.objects.get(pk=quote.pk).views, QuoteView.objects.get().times) == (3, 2)


def test_the_pdf_is_the_one_that_is_accepted(desk: Desk) -> None:
    quote = desk.sent()
    first = b"".join(Client().get(address(quote, "/pdf")).streaming_content)  # type: ignore[attr-defined]
    again = b"".join(Client().get(address(quote, "/pdf")).streaming_content)  # type: ignore[attr-defined]
    assert first == again
    assert first.startswith(b"%PDF")


def test_strokes_become_a_picture_made_here() -> None:
    picture = drawn_png(read_strokes("10,10 20,20 30,10 40,20 50,10 60,20 70,10 80,20;5,5"))
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (600, 200)
    for wrong in ("<svg>", "1,1 x", "9999,1"):
        with pytest.raises(ValueError, match="no strokes"):
            read_strokes(wrong)
    assert read_strokes("1,1 2,2") == []


def test_the_ledger_of_consents_is_asked(world: World) -> None:
    party, agent = world.parties["own"], world.principal("agent")
    assert not seeing.has_consented(party)
    answer_consent(agent, party, "mail_tracking", given=True, source="phone")
    assert seeing.has_consented(party)


def test_a_link_that_is_none_does_not_lead_to_the_door_of_colleagues(client: Client) -> None:
    answer = client.get("/p/quote/xyz")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'class="empty"' in page
    assert "Vai a oggi" not in page
