"""A draft gets its number last of all, and is not changed any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.foundation.organisation.models import CompanyLook
from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import CompanyFiscal, Invoice
from filo.operational.invoices.services import (
    LineFacts,
    change_draft,
    delete_draft,
    draft_credit,
    issue_invoice,
)
from filo.operational.invoices.services.drafting import IssuedIsFinal
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.schema import complaints
from filo.operational.parties.models import Party, TimelineEntry
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
D = Decimal
NOON = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(NOON):
        yield


def test_an_issued_invoice_has_number_day_sums_and_days_to_pay(office: Office) -> None:
    found = office.issue("100.00", "50.00", terms="30/60 FM")
    assert (found.number, found.serial, found.year, found.date) == ("1/2026", 1, 2026, date(2026, 11, 28))
    assert (found.net, found.vat, found.total, found.payable) == (D(150), D(33), D(183), D(183))
    dues = [(due.day, due.amount) for due in found.dues.all()]
    assert dues == [(date(2026, 12, 31), D("91.50")), (date(2027, 1, 31), D("91.50"))]
    assert [(tax.rate, tax.net, tax.vat) for tax in found.taxes.all()] == [(D(22), D(150), D(33))]
    assert found.due_on == date(2026, 12, 31)
    assert found.send_by == date(2026, 12, 10)


def test_its_file_is_what_the_official_schema_takes(office: Office) -> None:
    found = office.issue("100.00")
    made = xml_of(found)
    assert complaints(made, "FPR12") == []
    document = read(made).document
    assert (document.seller.vat_number, document.buyer.vat_number) == ("01234567897", "07643520567")
    assert document.transmission.recipient == "ABCDEF1"
    assert document.bodies[0].whole == D("122.00")


CASES: dict[str, dict[str, Any]] = {
    "discounts and a coupon": {
        "lines": [
            LineFacts(description="Giacca", quantity=D(3), unit_price=D("49.999"), discounts="10+5", off=D("1.55")),
        ]
    },
    "prices with VAT": {"lines": [LineFacts(description="Borsa", unit_price=D("99.90"))], "gross": True},
    "exempt with stamp duty": {
        "lines": [LineFacts(description="Corso", unit_price=D(500), vat_rate=D(0), nature="N4")],
        "stamp_charged": True,
    },
    "withholding and a fund": {
        "lines": [LineFacts(description="Consulenza", unit_price=D(1000))],
        "held_kind": "RT01",
        "held_rate": D(20),
        "held_cause": "A",
        "fund_kind": "TC01",
        "fund_rate": D(4),
        "type": "TD06",
    },
    "withholding and expenses that were advanced": {
        "lines": [
            LineFacts(description="Consulenza", unit_price=D(1000)),
            LineFacts(description="Diritti di segreteria", unit_price=D(200), vat_rate=D(0), nature="N1"),
        ],
        "held_kind": "RT01",
        "held_rate": D(20),
        "held_cause": "A",
        "fund_kind": "TC04",
        "fund_rate": D(4),
        "type": "TD06",
    },
    "a fund of the flat rate": {
        "lines": [LineFacts(description="Consulenza", unit_price=D(1000), vat_rate=D(0), nature="N2.2")],
        "fund_kind": "TC22",
        "fund_rate": D(4),
        "fund_vat_rate": D(0),
        "fund_nature": "N2.2",
    },
    "reverse charge": {"lines": [LineFacts(description="Pulizie", unit_price=D(80), vat_rate=D(0), nature="N6.7")]},
    "deferred": {"type": "TD24", "vat_due": "D"},
    "letters of everywhere": {"lines": [LineFacts(description="Łódź — «perché» 3 €", unit_price=D(1))]},
}


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_invoice_is_what_the_schema_takes(office: Office, name: str) -> None:
    found = office.issue(**CASES[name])
    made = xml_of(found)
    assert complaints(made, "FPR12") == []
    again = read(made)
    assert again.warnings == ()
    body = again.document.bodies[0]
    for line in body.lines:
        price = line.unit_price
        for step in line.reductions:
            price = price * (100 - step.percent) / 100 if step.percent is not None else price - (step.amount or 0)
        assert abs(price * (line.quantity or 1) - line.total) <= D("0.01")  # check 00423 of the exchange
    assert sum((payment.amount for payment in body.payments), D(0)) == found.payable


def test_a_public_office_pays_without_the_vat(office: Office) -> None:
    Party.objects.filter(pk=office.party.pk).update(sdi_code="UFABCD")
    office.party.refresh_from_db()
    found = office.issue("100.00", vat_due="S", cig="8123456789", cup="J11B21000000001")
    assert (found.total, found.payable) == (D(122), D(100))
    made = xml_of(found)
    assert complaints(made, "FPA12") == []
    assert read(made).document.bodies[0].references[0].cig == "8123456789"


def test_issuing_twice_is_one_invoice(office: Office) -> None:
    draft = office.draft()
    first, second = (issue_invoice(office.principal(), draft) for _time in range(2))
    assert first.number == second.number == "1/2026"
    assert OutboxEvent.objects.filter(type="invoice.issued").count() == 1
    assert TimelineEntry.objects.filter(kind="invoice.issued").count() == 1


def test_series_and_years_count_for_themselves(office: Office) -> None:
    assert [office.issue().number, office.issue(series="B").number, office.issue().number] == [
        *("1/2026", "1/B/2026", "2/2026")
    ]
    with clock.at(datetime(2027, 1, 2, 12, 0, tzinfo=UTC)):
        assert office.issue().number == "1/2027"


def test_no_number_bears_a_day_before_that_of_the_last(office: Office) -> None:
    office.issue()
    draft = office.draft()
    with pytest.raises(InvalidFields) as refused:
        issue_invoice(office.principal(), draft, on=date(2026, 11, 27))
    assert list(refused.value.fields) == ["date"]
    with pytest.raises(InvalidFields):
        issue_invoice(office.principal(), draft, on=date(2026, 11, 29))
    assert office.again(issue_invoice(office.principal(), draft)).number == "2/2026"


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda office: CompanyLook.objects.update(street=""), Unwritable),
        (lambda office: office.party.addresses.all().delete(), Unwritable),
        (lambda office: Party.objects.update(vat_number="", codice_fiscale=""), Unwritable),
        (lambda office: Party.objects.update(legal_name="株式会社"), Unwritable),
        (lambda office: CompanyFiscal.objects.update(rea_office="1"), Unwritable),
        (lambda office: Invoice.objects.get().lines.all().delete(), InvalidFields),
    ],
)
def test_what_is_missing_is_told_and_no_number_is_lost(
    office: Office, spoil: Callable[[Office], object], error: type[DomainError]
) -> None:
    draft = office.draft()
    spoil(office)
    with pytest.raises(error):
        issue_invoice(office.principal(), Invoice.objects.get(pk=draft.pk))
    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.serial) == ("draft", "", None)
    assert not draft.dues.exists()


def test_what_was_issued_is_not_changed_by_any_verb(office: Office) -> None:
    found = office.issue()
    with pytest.raises(IssuedIsFinal):
        change_draft(office.principal(), found, cause="altro")
    with pytest.raises(IssuedIsFinal):
        delete_draft(office.principal(), found)
    assert Invoice.objects.filter(pk=found.pk, cause="").exists()


def test_both_sides_stay_as_they_were_on_that_day(office: Office) -> None:
    found = office.issue()
    Party.objects.filter(pk=office.party.pk).update(legal_name="Altro Nome S.r.l.")
    office.party.addresses.all().delete()
    assert read(xml_of(office.again(found))).document.buyer.name == "Lanificio S.p.A."


def test_a_draft_is_changed_and_thrown_away(office: Office) -> None:
    draft = office.draft()
    changed = change_draft(
        office.principal(), draft, version=1, lines=[LineFacts(description="Filo", unit_price=D(10))], terms="60"
    )
    assert (changed.total, changed.terms, changed.version) == (D("12.20"), "60", 2)
    with pytest.raises(Stale):
        change_draft(office.principal(), draft, version=1, terms="90")
    delete_draft(office.principal(), changed)
    assert not Invoice.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"terms": "soon"}, "terms"),
        ({"type": "TD99"}, "type"),
        ({"iban": "IT60 X05"}, "iban"),
        ({"held_kind": "RT01", "held_rate": D(20)}, "held_cause"),
        ({"fund_kind": "TC01", "fund_rate": D(4), "fund_vat_rate": D(0)}, "fund_nature"),
        ({"series": "TOO LONG"}, "series"),
        ({"vat_due": "S", "held_kind": "RT01", "held_rate": D(20)}, "split"),
        ({"lines": [LineFacts(description="", unit_price=D(1))]}, "lines"),
        ({"lines": [LineFacts(description="x", quantity=D(-1))]}, "lines"),
        ({"lines": [LineFacts(description="x", unit_price=D("NaN"))]}, "lines"),
        ({"lines": [LineFacts(description="x", discounts="abc")]}, "lines"),
        ({"lines": [LineFacts(description="x", vat_rate=D(0))]}, "lines"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(office: Office, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        office.draft(**facts)
    assert list(refused.value.fields) == [field]
    assert not Invoice.objects.exists()


def test_an_agent_writes_drafts_for_his_own_but_does_not_issue(office: Office) -> None:
    draft = office.draft(who="agent")
    with pytest.raises(Forbidden):
        issue_invoice(office.principal("agent"), draft)
    assert Invoice.objects.visible_to(office.principal("agent")).count() == 1
    assert Invoice.objects.visible_to(office.principal("stranger")).count() == 0


def test_a_credit_note_gives_back_a_part_and_then_no_more_than_is_left(office: Office) -> None:
    found = office.issue("100.00", "50.00")
    first, second = found.lines.all()
    part = office.again(
        issue_invoice(office.principal(), draft_credit(office.principal(), found, quantities={second.id: D(1)}))
    )
    assert (part.type, part.total, part.number) == ("TD04", D(61), "2/2026")
    assert complaints(xml_of(part), "FPR12") == []
    assert read(xml_of(part)).document.bodies[0].references[0].number == "1/2026"
    found = office.again(found)
    assert (found.credited, found.left) == (D(61), D(122))
    whole = draft_credit(office.principal(), found)
    with pytest.raises(InvalidFields):
        issue_invoice(office.principal(), whole)
    rest = draft_credit(office.principal(), found, quantities={first.id: D(1)})
    issue_invoice(office.principal(), rest)
    with pytest.raises(DomainError):
        draft_credit(office.principal(), office.again(found))
    with pytest.raises(InvalidFields):
        draft_credit(office.principal(), office.issue(), quantities={first.id: D(1)})


def test_a_credit_note_stays_one_in_its_currency(office: Office) -> None:
    found = office.issue()
    note = draft_credit(office.principal(), found)
    wrong: list[dict[str, Any]] = [{"type": "TD01"}, {"currency": "USD"}]
    for facts in wrong:
        with pytest.raises(InvalidFields) as refused:
            change_draft(office.principal(), note, **facts)
        assert list(refused.value.fields) == list(facts)
        Invoice.objects.filter(pk=note.pk).update(**facts)
        with pytest.raises(InvalidFields):
            issue_invoice(office.principal(), office.again(note))
        Invoice.objects.filter(pk=note.pk).update(type="TD04", currency="EUR")
    assert office.again(found).credited == 0


def test_lines_of_advanced_expenses_are_not_marked_as_withheld(office: Office) -> None:
    body = read(xml_of(office.issue(**CASES["withholding and expenses that were advanced"]))).document.bodies[0]
    assert [line.withheld for line in body.lines] == [True, False]
    assert (body.withholdings[0].amount, body.funds[0].base, body.funds[0].amount) == (D(200), D(1000), D(40))


def test_the_page_asks_for_the_vat_of_the_fund(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    draft, client = office.draft(), client_of("inside")
    assert 'name="fund_nature"' in client.get(f"/invoices/{draft.id}").content.decode()
    row = draft.lines.get()
    posted = {"version": "1", "type": "TD01", "terms": "30", "method": "MP05", "vat_due": "I", "line-id": str(row.pk)}
    posted |= {"line-description": "Consulenza", "line-quantity": "1", "line-unit_price": "1000,00", "line-vat": "N2.2"}
    posted |= {"fund_kind": "TC22", "fund_rate": "4"}
    assert client.post(f"/invoices/{draft.id}/write", posted | {"fund_vat_rate": "0"}).status_code == 422
    assert client.post(f"/invoices/{draft.id}/write", posted | {"fund_nature": "N2.2"}).status_code == 302
    found = office.again(draft)
    assert (found.fund_vat_rate, found.fund_nature, found.total) == (D(0), "N2.2", D(1040))


@pytest.mark.parametrize(
    ("party", "country", "recipient", "vat"),
    [
        ({"sdi_code": ""}, "FR", "XXXXXXX", ("FR", "0000000")),
        ({"sdi_code": "0000000"}, "US", "XXXXXXX", ("US", "0000000")),
        ({"sdi_code": "", "vat_number": "DE811907980"}, "DE", "XXXXXXX", ("DE", "811907980")),
        ({"sdi_code": "2R4GTO8", "vat_number": "SM12345"}, "SM", "2R4GTO8", ("SM", "12345")),
    ],
)
def test_customers_abroad_are_billed_where_they_are(
    office: Office, party: dict[str, str], country: str, recipient: str, vat: tuple[str, str]
) -> None:
    Party.objects.filter(pk=office.party.pk).update(**{"vat_number": "", "codice_fiscale": "", **party})
    office.party.addresses.update(country=country, postal_code="47890", city="Altrove", province="")
    office.party.refresh_from_db()
    made = xml_of(office.issue(lines=[LineFacts(description="Tessuto", unit_price=D(9), vat_rate=D(0), nature="N3.3")]))
    assert complaints(made, "FPR12") == []
    document = read(made).document
    assert document.transmission.recipient == recipient
    assert (document.buyer.vat_country, document.buyer.vat_number) == vat


def test_a_rate_that_is_seldom_stays_when_the_page_is_saved(
    office: Office, client_of: Callable[[str], CheckedClient]
) -> None:
    draft = office.draft(lines=[LineFacts(description="Legname", unit_price=D(100), vat_rate=D("8.8"))])
    page = client_of("inside").get(f"/invoices/{draft.id}").content.decode()
    assert '<option value="8.8" selected>' in page
