"""Colleagues write, send and follow quotes on their pages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import translation

from filo.operational.catalogue.models import VatClass
from filo.operational.parties.models import TimelineEntry
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.finding import lines_of
from filo.operational.quotes.tests.desk import Desk
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def typed(quote: Quote, *rows: dict[str, str], **more: str) -> dict[str, object]:
    """What the form of the editor sends."""
    names = ("id", "variant", "what", "quantity", "unit_price", "discounts", "vat", "kind")
    facts = {
        "version": str(quote.version),
        "title": quote.title,
        "valid_until": quote.valid_until.isoformat(),
        "language": "it",
        "currency": "EUR",
    }
    return {**facts, **{name: [row.get(name, "") for row in rows] for name in names}, **more}


def test_from_the_card_to_a_draft_takes_one_press(desk: Desk, client_of: ClientOf) -> None:
    party = desk.world.parties["own"]
    agent = client_of("agent")
    assert "Lanificio Bassi" in agent.get(f"/quotes/new?party={party.id}").content.decode()
    answer = agent.post("/quotes/new", {"party": party.id, "title": "Divise"})
    quote = Quote.objects.get()
    assert answer["Location"] == f"/quotes/{quote.id}"
    assert (quote.title, quote.party_id) == ("Divise", party.id)


def test_codes_words_and_headings_become_lines(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.draft()
    rows = (
        {"what": "Abbigliamento", "kind": "heading"},
        {"what": "shirt", "quantity": "2", "discounts": "10+5"},
        {"what": "Montaggio", "quantity": "1,5", "unit_price": "40,00", "vat": "vat-22"},
        {"what": "BOOK", "kind": "optional"},
        {"what": ""},
    )
    answer = client_of("agent").post(f"/quotes/{quote.id}/write", typed(quote, *rows, payment_terms="30 giorni"))
    assert answer.status_code == 302
    saved = Quote.objects.get(pk=quote.pk)
    assert [(line.code, line.description, line.optional) for line in lines_of(saved)] == [
        ("", "Abbigliamento", False),
        ("SHIRT", "Camicia", False),
        ("", "Montaggio", False),
        ("BOOK", "Libro", True),
    ]
    assert (str(saved.net), saved.payment_terms) == ("145.50", "30 giorni")


def test_what_is_refused_stands_at_its_row_and_nothing_typed_is_lost(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.draft()
    rows = ({"what": "shirt", "quantity": "tanti"}, {"what": "Cosa che non c'è", "quantity": "3"})
    answer = client_of("agent").post(f"/quotes/{quote.id}/write", typed(quote, *rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="tanti"' in page
    assert "Nessun articolo ha questo codice" in page
    assert Quote.objects.get(pk=quote.pk).version == 1


def test_the_script_saves_quietly_and_hears_what_it_comes_to(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.draft()
    agent = client_of("agent")
    told = agent.post(f"/quotes/{quote.id}/write", typed(quote, {"what": "scarf", "quantity": "2"}, quietly="1")).json()
    assert (told["version"], told["rows"][0]["code"], told["rows"][0]["amount"]) == (2, "SCARF", "25,98")
    assert "31,70" in told["sums"]
    stale = agent.post(f"/quotes/{quote.id}/write", typed(quote, {"what": "book"}, quietly="1"))
    assert stale.status_code == 412
    assert stale.json()["others"]


def test_articles_are_offered_with_price_and_stock(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.draft()
    page = client_of("agent").get(f"/quotes/{quote.id}/articles?q=shirt").content.decode()
    assert f'data-variant="{desk.goods["shirt"].id}"' in page
    assert "50,00" in page


def test_rates_and_natures_of_vat_are_said_in_words(desk: Desk, client_of: ClientOf) -> None:
    VatClass.objects.get_or_create(code="n1", defaults={"name": "Escluso", "rate": Decimal(0), "nature": "N1"})
    work = LineDraft(description="Spese", unit_price=Decimal(10), vat_rate=Decimal(0), nature="N1")
    quote = desk.draft(desk.line("shirt", discounts="20"), work)
    desk.cap("agent", "10")
    page = client_of("agent").get(f"/quotes/{quote.id}").content.decode()
    assert ">22\u00a0%</option>" in page
    assert ">N1 escluso (art. 15)</option>" in page
    assert "IVA 22\u00a0% su 40,00" in page
    assert "20\u00a0% · consentito 10\u00a0%" in page
    assert "22,00<" not in page


def test_writing_lines_is_taken_back(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.draft(desk.line("shirt", "2"), title="Divise")
    agent = client_of("agent")
    agent.post(f"/quotes/{quote.id}/write", typed(quote, {"what": "scarf"}))
    changes = agent.get(f"/quotes/{quote.id}/changes").content.decode()
    address = changes.split('action="', 1)[1].split('"', 1)[0]
    agent.post(address, {"next": f"/quotes/{quote.id}"})
    saved = Quote.objects.get(pk=quote.pk)
    assert [(line.code, str(line.quantity)) for line in lines_of(saved)] == [("SHIRT", "2.000")]
    assert str(saved.total) == "122.00"


def test_its_history_and_the_timeline_write_numbers_as_people_do(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.draft(desk.line("shirt", "12"))
    agent = client_of("agent")
    agent.post(f"/quotes/{quote.id}/write", typed(quote, {"what": "scarf", "quantity": "3"}))
    agent.post(f"/quotes/{quote.id}/send", {"way": "hand"})
    desk.accepted(Quote.objects.get(pk=quote.pk))
    page = agent.get(f"/quotes/{quote.id}/changes").content.decode()
    assert "<del>12 SHIRT</del>" in page
    assert "<ins>3 SCARF</ins>" in page
    assert "<ins>47,54</ins>" in page
    assert "<b>Il cliente</b>" in page
    assert set(
        TimelineEntry.objects.filter(kind__in=("quote.sent", "quote.accepted")).values_list("outcome", flat=True)
    ) == {"47,54\u00a0€"}


def test_a_draft_is_called_so_in_the_language_of_the_house(desk: Desk) -> None:
    with translation.override("en"):
        desk.draft(title="Divise")
    assert TimelineEntry.objects.get(kind="quote.drafted").summary == "bozza Divise"


def test_it_is_handed_over_withdrawn_and_offered_again(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.draft()
    agent = client_of("agent")
    assert agent.post(f"/quotes/{quote.id}/send", {"way": "mail", "to": ""}).status_code == 422
    agent.post(f"/quotes/{quote.id}/send", {"way": "hand"})
    assert Quote.objects.get(pk=quote.pk).state == "sent"
    agent.post(f"/quotes/{quote.id}/withdraw")
    assert Quote.objects.get(pk=quote.pk).state == "withdrawn"
    agent.post(f"/quotes/{quote.id}/version")
    newer = Quote.objects.get(previous=quote)
    assert (newer.number, newer.revision) == (1, 2)


def test_card_deal_list_and_palette_lead_to_it(desk: Desk, client_of: ClientOf) -> None:
    quote = desk.sent(title="Divise")
    agent = client_of("agent")
    party = desk.world.parties["own"]
    assert "Divise" in agent.get(f"/parties/{party.id}/quotes").content.decode()
    assert "Divise" in agent.get("/quotes?state=sent").content.decode()
    assert "Divise" not in agent.get("/quotes?state=draft").content.decode()
    name = quote.name.replace("/", "%2F")
    assert f'href="/quotes/{quote.id}"' in agent.get(f"/search/commands?q={name}").content.decode()
