"""The terms of an order in its pages: company, coupons, days, addresses, notes; each as long as it may change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from filo.operational.orders.models import Order
from filo.operational.orders.tests.counter import JACKET, Counter
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
TERMS = {
    "currency": "EUR",
    "coupons": "",
    "reference": "Ordine 4711 del 12/11/2026",
    "promised_date": "2026-12-18",
    "payment_terms": "bonifico 30 giorni",
    "mail_to": "acquisti@bassi.example",
    "ship_to": "Bassi Srl\nVia Po 3\n20100 Milano (MI)",
    "bill_to": "",
    "notes": "Consegnare al mattino.",
    "internal_note": "Sentire Anna.",
    "language": "it",
}


def typed(counter: Counter, **more: Any) -> dict[str, Any]:
    """One jacket, and what else was typed."""
    party = counter.world.parties["own"]
    return {"party": str(party.id), "what": [JACKET], "quantity": ["1"], "id": [""], **more}


def test_a_new_order_takes_its_terms(counter: Counter, client_of: ClientOf) -> None:
    company = counter.world.companies["moda"]
    client_of("admin").post("/orders/new", typed(counter, **TERMS, company=str(company.pk)))
    order = Order.objects.get()
    assert (order.company_id, order.reference, order.promised_date) == (
        company.pk,
        "Ordine 4711 del 12/11/2026",
        date(2026, 12, 18),
    )
    assert order.ship_to == ["Bassi Srl", "Via Po 3", "20100 Milano (MI)"]
    assert (order.mail_to, order.notes, order.internal_note) == (
        "acquisti@bassi.example",
        "Consegnare al mattino.",
        "Sentire Anna.",
    )


def test_what_is_left_empty_is_as_the_card_has_it(counter: Counter, client_of: ClientOf) -> None:
    plain = counter.draft()
    client_of("admin").post("/orders/new", typed(counter, company=str(plain.company_id)))
    order = Order.objects.exclude(pk=plain.pk).get()
    assert (order.mail_to, order.gross, order.language) == (plain.mail_to, plain.gross, plain.language)


def test_a_wrong_address_is_refused_with_all_that_was_typed(counter: Counter, client_of: ClientOf) -> None:
    answer = client_of("admin").post("/orders/new", typed(counter, **TERMS | {"mail_to": "nobody"}))
    assert answer.status_code == 422
    assert "Ordine 4711 del 12/11/2026" in answer.content.decode()
    assert Order.objects.count() == 0


def test_a_draft_changes_its_terms(counter: Counter, client_of: ClientOf) -> None:
    order = counter.draft()
    client = client_of("admin")
    sent = TERMS | {"language": "en", "coupons": "NIENTE", "version": str(order.version)}
    client.post(f"/orders/{order.id}/change", sent)
    found = counter.again(order)
    assert (found.reference, found.language, found.coupons) == ("Ordine 4711 del 12/11/2026", "en", ["NIENTE"])
    page = client.get(f"/orders/{order.id}").content.decode()
    assert "acquisti@bassi.example" in page
    assert "NIENTE: " in page  # and why it takes nothing off
    late = client.post(f"/orders/{order.id}/change", sent | {"reference": "another"})
    assert late.status_code == 422
    assert counter.again(order).reference == "Ordine 4711 del 12/11/2026"


def test_what_has_left_keeps_address_and_currency(counter: Counter, client_of: ClientOf) -> None:
    order = counter.shipped()
    client_of("admin").post(f"/orders/{order.id}/change", TERMS | {"currency": "USD", "version": str(order.version)})
    found = counter.again(order)
    assert (found.reference, found.internal_note) == ("Ordine 4711 del 12/11/2026", "Sentire Anna.")
    assert (found.currency, found.ship_to, found.notes) == ("EUR", order.ship_to, order.notes)


def test_who_may_not_edit_reads_the_terms(counter: Counter, client_of: ClientOf) -> None:
    order = counter.draft(by="agent", reference="ODA 12")
    client = client_of("operator")
    page = client.get(f"/orders/{order.id}").content.decode()
    assert "ODA 12" in page
    assert f'/orders/{order.id}/change"' not in page
    assert client.post(f"/orders/{order.id}/change", TERMS).status_code == 403
