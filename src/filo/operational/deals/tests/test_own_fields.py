"""The firm's own fields on deals: made in the settings, typed and shown, required by roles, at the API, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import InvalidFields
from filo.foundation.fields.models import CustomField, FieldValue
from filo.foundation.fields.queries import fields_of
from filo.foundation.fields.services.making import make_field
from filo.operational.deals.models import Deal
from filo.operational.deals.services import change_deal
from filo.operational.deals.tests.floor import Floor
from filo.testing.api import api_of
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db


def field(floor: Floor, label: str, kind: str = "text", **facts: Any) -> CustomField:
    wanted = {"label_it": label, "kind": kind, "required": {"roles": [], "stages": []}, **facts}
    return make_field(floor.principal("admin"), "deal", wanted)


def test_a_field_of_deals_is_made_in_the_settings_and_no_customer_has_it(floor: Floor) -> None:
    client = client_of(floor.world, "admin")
    typed = {"label_it": "Concorrente", "kind": "text", "choice-TOTAL_FORMS": "0", "choice-INITIAL_FORMS": "0"}
    answer = client.post("/settings/fields/new?of=deal", typed)
    assert answer["Location"] == "/settings/fields?of=deal"
    assert [one.label_it for one in fields_of("deal")] == ["Concorrente"]
    assert fields_of("party") == []
    assert "Concorrente" in client.get("/settings/fields?of=deal").content.decode()
    assert "Concorrente" not in client.get("/settings/fields").content.decode()
    assert client.get("/settings/fields?of=nobody").status_code == 404


def test_it_is_typed_shown_found_and_a_wrong_value_stays_in_the_form(floor: Floor) -> None:
    rival, pieces = field(floor, "Concorrente"), field(floor, "Pezzi", "number")
    client = client_of(floor.world, "agent")
    page = client.get(f"/deals/new?party={floor.world.parties['own'].pk}").content.decode()
    assert "Concorrente" in page
    typed = {
        "party": str(floor.world.parties["own"].pk),
        "title": "Divise",
        "pipeline": str(floor.open(who="agent").pipeline_id),
        "amount": "100",
        "currency": "EUR",
        "owner": str(floor.world.people["agent"].pk),
        rival.name: "Tessilnova",
        pieces.name: "dodici",
    }
    refused = client.post("/deals/new", typed)
    assert refused.status_code == 422
    assert 'value="dodici"' in refused.content.decode()
    client.post("/deals/new", {**typed, pieces.name: "12"})
    deal = Deal.objects.get(title="Divise")
    assert deal.fields == {rival.code: "Tessilnova", pieces.code: "12"}
    assert FieldValue.objects.filter(object_id=deal.pk).count() == 2
    assert "Tessilnova" in client.get(f"/deals/{deal.pk}").content.decode()


def test_a_change_is_one_fact_of_the_deal_and_goes_back(floor: Floor) -> None:
    rival = field(floor, "Concorrente")
    deal = floor.open(who="agent")
    change_deal(floor.principal("agent"), deal, own={rival.code: "Tessilnova"})
    change_deal(floor.principal("agent"), deal, own={rival.code: ""})
    entry = AuditEntry.objects.filter(kind="deal", action="deal.edit").order_by("-at", "-id").first()
    assert entry is not None
    assert entry.changes["fields"] == [{rival.code: "Tessilnova"}, {}]
    undo_operation(floor.principal("agent"), entry.operation)
    deal.refresh_from_db()
    assert deal.fields == {rival.code: "Tessilnova"}
    assert FieldValue.objects.get(object_id=deal.pk).text == "tessilnova"
    with pytest.raises(InvalidFields):
        change_deal(floor.principal("agent"), deal, own={"unknown": "x"})


def test_the_api_takes_and_gives_them(floor: Floor) -> None:
    rival = field(floor, "Concorrente")
    api = api_of(floor.world, "agent")
    body: dict[str, Any] = {
        "party": str(floor.world.parties["own"].pk),
        "title": "Divise",
        "owner": str(floor.world.people["agent"].pk),
    }
    body["fields"] = {rival.code: "Tessilnova"}
    made = api.send("/deals", body)
    assert made.status_code == 201
    assert made.json()["fields"] == {rival.code: "Tessilnova"}
    address = f"/deals/{made.json()['id']}"
    assert api.change(address, {"fields": {rival.code: None}}, If_Match='"1"').json()["fields"] == {}
    assert api.change(address, {"fields": {"nobody": "x"}}, If_Match='"2"').status_code == 422
