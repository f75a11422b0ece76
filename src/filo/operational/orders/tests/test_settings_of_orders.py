"""Carriers and promised days are set up on a page, by whoever may change settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.operational.orders.models import Carrier, OrderPromise
from filo.operational.orders.queries.promising import promised_days
from filo.operational.orders.tests.counter import Counter
from filo.testing.clients import CheckedClient
from filo.testing.forms import beside, saved_twice

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
TYPED = {"name": "Corriere Rosso", "tracking": "https://rosso.example/t/{number}", "position": "2", "active": "on"}


def test_a_carrier_is_made_and_changed(client_of: ClientOf) -> None:
    client = client_of("admin")
    made = client.post("/settings/orders/carriers/new", {**TYPED, "address": "Corriere Rosso S.p.A., Milano"})
    assert made["Location"] == "/settings/orders"
    carrier = Carrier.objects.get(name="Corriere Rosso")
    assert carrier.link("A/1") == "https://rosso.example/t/A%2F1"
    typed = {**TYPED, "name": "Corriere Blu", "active": "", "version": carrier.version}
    client.post(f"/settings/orders/carriers/{carrier.id}", typed)
    carrier.refresh_from_db()
    assert (carrier.name, carrier.active, carrier.address) == ("Corriere Blu", False, "")
    assert "Corriere Blu" in client.get("/settings/orders").content.decode()
    changes = AuditEntry.objects.filter(action="orders.carrier").order_by("id").last()
    assert changes is not None
    assert changes.changes["name"] == ["Corriere Rosso", "Corriere Blu"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"tracking": "https://rosso.example/t/"}, "{number}"),
        ({"tracking": "javascript:alert({number})"}, "https://"),
        ({"name": "corriere verde"}, "corriere verde"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client_of: ClientOf, typed: dict[str, str], sentence: str) -> None:
    Carrier.objects.create(name="Corriere Verde")
    answer = client_of("admin").post("/settings/orders/carriers/new", {**TYPED, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert next(iter(typed.values())) in page
    assert Carrier.objects.count() == 1


def test_promised_days_are_of_a_company(counter: Counter, client_of: ClientOf) -> None:
    moda = counter.world.companies["moda"]
    client = client_of("admin")
    address = f"/settings/orders/promises/{moda.id}"
    assert client.post(address, {"days": "251"}).status_code == 422
    assert client.post(address, {"days": "-1"}).status_code == 422
    assert client.post(address, {"days": "7"}).status_code == 302
    assert promised_days(moda.id) == 7
    assert OrderPromise.objects.count() == 1


def test_who_may_not_change_settings_may_not_here(counter: Counter, client_of: ClientOf) -> None:
    carrier = Carrier.objects.create(name="Corriere Verde")
    for address in (
        "/settings/orders/carriers/new",
        f"/settings/orders/carriers/{carrier.id}",
        f"/settings/orders/promises/{counter.world.companies['moda'].id}",
    ):
        assert client_of("agent").post(address, {**TYPED, "days": "9"}).status_code == 403


@pytest.mark.parametrize(
    ("what", "field", "first", "second"), [("carrier", "name", "Blu", "Verde"), ("promise", "days", "5", "9")]
)
def test_who_saves_second_is_told_and_overwrites_nobody(
    counter: Counter, client_of: ClientOf, what: str, field: str, first: str, second: str
) -> None:
    company, carrier = counter.world.companies["moda"], Carrier.objects.create(name="Corriere Rosso")
    place = f"carriers/{carrier.pk}" if what == "carrier" else f"promises/{company.pk}"
    found = saved_twice(client_of("admin"), f"/settings/orders/{place}", field, first, second)
    assert (found.status, found.kept, found.at_last) == (422, first, second)
    assert "Qualcun altro ha modificato questi dati mentre scrivevi." in found.page
    assert beside(first, second) in found.page
