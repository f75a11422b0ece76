"""A sale in the browser: the agent makes an order of an accepted quote, the office ships and bills a part, the money
comes in; the agent's card says so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

QUOTED = """
import json
from decimal import Decimal
from filo.foundation.organisation.models import SellingCompany
from filo.operational.catalogue.tests.shop import open_shop
from filo.operational.invoices.models import CompanyFiscal
from filo.operational.parties.models import Address, Party
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.services import Evidence, accept_quote, draft_quote, send_quote
from filo.testing.world import BUILDER
shop = open_shop()
shop.put("GIACCA-M-BLU", "centro", 10)
company = SellingCompany.objects.get(name="Aurora Moda")
SellingCompany.objects.filter(pk=company.pk).update(vat_number="01234567897", legal_name="Aurora Moda S.r.l.")
from filo.foundation.organisation.models import CompanyLook
place = {"street": "Via Po 1", "postal_code": "10124", "city": "Torino", "province": "TO", "country": "IT"}
CompanyLook.objects.update_or_create(company=company, defaults=place)
CompanyFiscal.objects.update_or_create(company=company, defaults={"terms": "30", "iban": "IT60X0542811101000000123456"})
party = Party.objects.get(pk=OWN)
Party.objects.filter(pk=OWN).update(vat_number="07643520567", sdi_code="ABCDEF1", legal_name="Lanificio Bassi S.p.A.")
Address.objects.create(party=party, use="billing", **place)
line = LineDraft(variant_id=shop.variants["GIACCA-M-BLU"].pk, quantity=Decimal(5), unit_price=Decimal(100))
quote = draft_quote(BUILDER, party=party, company=company, lines=[line])
send_quote(BUILDER, quote, to="")
accept_quote(BUILDER, quote, evidence=Evidence("Anna Bassi", note="Al telefono"))
open(PATH, "w").write(json.dumps(str(quote.pk)))
"""
RELAYED = "from filo.foundation.events.services import relay_batch\nrelay_batch()"


def test_from_the_accepted_quote_to_the_money(site: Any, opened: Any, tmp_path: Path) -> None:
    own, file = site.ids["own"], tmp_path / "quote"
    site.running.python(f"OWN, PATH = {own!r}, {str(file)!r}\n{QUOTED}")
    quote = json.loads(file.read_text())

    agent = opened("agent").page
    agent.goto(f"{site.address}/quotes/{quote}")
    agent.locator(f"form[action='/orders/from-quote/{quote}'] button").click()
    agent.wait_for_url("**/orders/*")
    agent.locator("form[action$='/confirm'] button[data-kind=main]").click()
    agent.locator("form[action$='/reopen']").first.wait_for()
    order = agent.url

    office = opened("inside", width=390).page  # all of it can be done on a phone
    office.goto(order)
    office.locator("[id^=ship-][name^=line-]").first.fill("2")
    office.locator("#ship-parcels").fill("1")
    office.locator("form[action$='/ship'] button").click()
    office.locator("a[href$='/delivery-note']").wait_for()
    with office.expect_response(lambda answer: "/delivery-note" in answer.url) as note:
        office.evaluate("address => fetch(address)", office.locator("a[href$='/delivery-note']").get_attribute("href"))
    assert note.value.headers["content-type"] == "application/pdf"
    office.locator("form[action^='/shipments/'][action$='/bill'] button").click()
    office.wait_for_url("**/invoices/*")
    office.locator("#invoice-form button[name=issue]").click()
    office.locator("form[action$='/send'] button[data-kind=main]").wait_for()
    site.running.python(RELAYED)

    office.reload()
    office.locator("#invoice-dues a[href^='/dues/']").first.click()
    office.wait_for_url("**/dues/*")
    office.locator("a[href^='/payments/new?due=']").click()
    office.wait_for_url("**/payments/new*")
    assert office.locator("[name=amount]").input_value() == "244,00"
    office.locator("form.form button[data-kind=main]").click()
    office.wait_for_url("**/payments/*")
    site.running.python(RELAYED)

    agent.goto(f"{site.address}/parties/{own}")
    for panel, row in (("#orders", "li"), ("#invoices", "li"), ("#payments", "p b")):  # they come when in sight
        agent.wait_for_load_state("networkidle")
        agent.evaluate("panel => document.querySelector(panel).scrollIntoView()", panel)
        agent.locator(f"{panel} .body {row}").first.wait_for()
    assert "spedito in parte" in agent.locator("#orders").inner_text().lower()
    assert "610,00" in agent.locator("#orders").inner_text()
    assert "244,00" in agent.locator("#invoices").inner_text()
    owed = agent.locator("#payments").inner_text()
    assert "Aperto 0,00" in owed.replace("\n", " ")
    assert "in media" in owed
    told = agent.locator("#timeline").inner_text()
    for words in ("ha confermato l'ordine", "ha spedito merce dell'ordine", "ha emesso la fattura"):
        assert words in told.replace("’", "'")
