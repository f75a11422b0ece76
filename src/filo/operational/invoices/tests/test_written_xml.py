"""Whatever is written is what the official schema takes, and is read as it was meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filo.operational.invoices.fatturapa.codes import FUNDS, ISSUED, METHODS, REGIMES, WITHHOLDING_CAUSES, WITHHOLDINGS
from filo.operational.invoices.fatturapa.document import (
    Address,
    Attachment,
    Body,
    Document,
    Fund,
    Line,
    Payment,
    Rea,
    Reduction,
    Reference,
    Subject,
    Summary,
    Transmission,
    Withholding,
)
from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.tests.schema import complaints
from filo.operational.invoices.vat.natures import NATURES

SELLER = Subject(
    name="Aurora Moda S.r.l.",
    vat_country="IT",
    vat_number="01234567897",
    tax_code="01234567897",
    address=Address(street="Via Po", number="1", postal_code="10124", city="Torino", province="TO"),
    regime="RF01",
    rea=Rea(office="TO", number="123456", capital=Decimal("10000.00"), alone="SM"),
    phone="+39 011 1234567",
    email="info@aurora.example",
)
BUYER = Subject(
    name="Città & Figli S.n.c.",
    vat_country="IT",
    vat_number="07643520567",
    address=Address(street="Corso Como 10", postal_code="20154", city="Milano", province="MI"),
)
SENT = Transmission(sender_country="IT", sender_code="01234567897", progressive="00001", recipient="ABCDEF1")
LINE = Line(
    number=1,
    description="Camicia",
    quantity=Decimal(3),
    unit="PZ",
    unit_price=Decimal("33.333333"),
    total=Decimal("100.00"),
    rate=Decimal(22),
)
BODY = Body(
    type="TD01",
    day=date(2026, 11, 28),
    number="12/A",
    lines=(LINE,),
    summaries=(Summary(rate=Decimal(22), net=Decimal("100.00"), vat=Decimal("22.00"), due="I"),),
    total=Decimal("122.00"),
    payments=(
        Payment(method="MP05", amount=Decimal("122.00"), due=date(2026, 12, 31), iban="IT60X0542811101000000123456"),
    ),
)
WITHOUT_CAUSE = Withholding(kind="RT01", amount=Decimal(20), rate=Decimal(20), cause="")
DOCUMENT = Document(transmission=SENT, seller=SELLER, buyer=BUYER, bodies=(BODY,))


def test_a_plain_invoice_is_what_the_schema_takes_and_reads_back_as_it_was() -> None:
    made = write(DOCUMENT)
    assert complaints(made, "FPR12") == []
    found = read(made, "IT01234567897_00001.xml")
    assert found.warnings == ()
    assert found.document.bodies[0] == replace(BODY, lines=(replace(LINE, total=Decimal("100.00")),))
    assert found.document.buyer == BUYER
    assert found.document.transmission == SENT


@pytest.mark.parametrize("kind", ISSUED)
def test_each_kind_that_we_issue_is_what_the_schema_takes(kind: str) -> None:
    body = replace(BODY, type=kind, references=(Reference(kind="invoice", number="7", day=date(2026, 1, 3)),))
    assert complaints(write(replace(DOCUMENT, bodies=(body,))), "FPR12") == []


def test_a_public_office_has_six_signs_and_a_procurement_code() -> None:
    order = Reference(kind="order", number="D-77", day=date(2026, 2, 1), cig="8123456789", cup="J11B21000000001")
    summary = Summary(rate=Decimal(22), net=Decimal("100.00"), vat=Decimal("22.00"), due="S", law="art. 17-ter")
    document = replace(
        DOCUMENT,
        transmission=replace(SENT, form="FPA12", recipient="UFABCD"),
        bodies=(replace(BODY, references=(order,), summaries=(summary,)),),
    )
    made = write(document)
    assert complaints(made, "FPA12") == []
    assert read(made).document.bodies[0].references == (order,)


def test_a_file_may_hold_many_invoices() -> None:
    document = replace(DOCUMENT, bodies=(BODY, replace(BODY, number="13/A"), replace(BODY, number="14/A")))
    made = write(document)
    assert complaints(made, "FPR12") == []
    assert [one.number for one in read(made).document.bodies] == ["12/A", "13/A", "14/A"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"seller": replace(SELLER, vat_number="")}, "IdFiscaleIVA"),
        ({"buyer": replace(BUYER, vat_number="", tax_code="")}, "IdFiscaleIVA"),
        ({"buyer": replace(BUYER, address=None)}, "Sede"),
        ({"buyer": replace(BUYER, name="株式会社")}, "Denominazione"),
        ({"bodies": ()}, "FatturaElettronicaBody"),
        ({"bodies": (replace(BODY, number="A"),)}, "Numero"),
        ({"bodies": (replace(BODY, number="1" * 21),)}, "Numero"),
        ({"bodies": (replace(BODY, lines=(replace(LINE, quantity=Decimal(-1)),)),)}, "Quantita"),
        ({"bodies": (replace(BODY, lines=(replace(LINE, nature="N4"),)),)}, "Natura"),
        ({"bodies": (replace(BODY, lines=(replace(LINE, total=Decimal("1e12")),)),)}, "PrezzoTotale"),
        ({"transmission": replace(SENT, recipient="ABC")}, "CodiceDestinatario"),
        ({"bodies": (replace(BODY, payments=(replace(BODY.payments[0], iban="IT60 X05"),)),)}, "IBAN"),
        ({"bodies": (replace(BODY, withholdings=(WITHOUT_CAUSE,)),)}, "CausalePagamento"),
    ],
)
def test_what_the_schema_would_refuse_is_refused_with_a_sentence(change: dict[str, object], field: str) -> None:
    with pytest.raises(Unwritable) as refused:
        write(replace(DOCUMENT, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert str(refused.value)


SURROGATES: tuple[Literal["Cs"]] = ("Cs",)
words = st.text(st.characters(codec="utf-8", exclude_categories=SURROGATES), min_size=1, max_size=120)
sums = st.decimals("-99999999.99", "99999999.99", places=2, allow_nan=False)
fine = st.decimals("-999999.999999", "999999.999999", places=6, allow_nan=False)
rates = st.sampled_from([Decimal(4), Decimal(5), Decimal(10), Decimal(22)])
days = st.dates(date(1970, 1, 1), date(2099, 12, 31))
taxes = st.one_of(
    rates.map(lambda rate: (rate, "")), st.sampled_from(sorted(NATURES)).map(lambda code: (Decimal(0), code))
)
addresses = st.builds(
    Address,
    street=words,
    number=words | st.just(""),
    city=words,
    postal_code=st.from_regex(r"[0-9]{5}", fullmatch=True),
    province=st.sampled_from(["TO", "mi", "", "Roma"]),
    country=st.sampled_from(["IT", "it", "DE", "US"]),
)
subjects = st.builds(
    Subject,
    name=words,
    vat_country=st.just("IT"),
    vat_number=st.from_regex(r"[0-9]{11}", fullmatch=True),
    tax_code=st.just("") | st.from_regex(r"[A-Z0-9]{16}", fullmatch=True),
    address=addresses,
    regime=st.sampled_from(sorted(REGIMES)),
    phone=words,
    email=words | st.emails(),
)
people = st.builds(
    Subject,
    given_name=words,
    family_name=words,
    tax_code=st.from_regex(r"[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]", fullmatch=True),
    address=addresses,
)
reductions = st.builds(Reduction, percent=st.decimals(0, 100, places=2), more=st.booleans()) | st.builds(
    Reduction, amount=fine, more=st.booleans()
)
lines = st.builds(
    lambda tax, **rest: Line(rate=tax[0], nature=tax[1], **rest),
    taxes,
    number=st.integers(1, 9999),
    description=st.text(st.characters(codec="utf-8", exclude_categories=SURROGATES), min_size=1, max_size=1500),
    quantity=st.none() | st.decimals(0, 999999, places=3),
    unit=words | st.just(""),
    code=words | st.just(""),
    unit_price=fine,
    reductions=st.lists(reductions, max_size=3).map(tuple),
    total=fine,
    withheld=st.booleans(),
    since=st.none() | days,
)
summaries = st.builds(
    lambda tax, **rest: Summary(rate=tax[0], nature=tax[1], **rest),
    taxes,
    net=sums,
    vat=sums,
    due=st.sampled_from(["", "I", "D", "S"]),
    law=words | st.just(""),
)
bodies = st.builds(
    Body,
    type=st.sampled_from(ISSUED),
    day=days,
    number=st.from_regex(r"[0-9]{1,6}(/[A-Z]{1,4})?", fullmatch=True),
    total=st.none() | sums,
    stamp=st.none() | st.just(Decimal("2.00")),
    withholdings=st.lists(
        st.builds(
            Withholding,
            kind=st.sampled_from(sorted(WITHHOLDINGS)),
            amount=sums,
            rate=st.decimals(0, 100, places=2),
            cause=st.sampled_from(WITHHOLDING_CAUSES),
        ),
        max_size=2,
    ).map(tuple),
    funds=st.lists(
        st.builds(
            Fund,
            kind=st.sampled_from(FUNDS),
            rate=st.just(Decimal(4)),
            amount=sums,
            base=st.none() | sums,
            vat_rate=rates,
        ),
        max_size=1,
    ).map(tuple),
    causes=st.lists(st.text(max_size=500), max_size=3).map(tuple),
    references=st.lists(
        st.builds(
            Reference,
            kind=st.sampled_from(["order", "contract", "agreement", "receipt", "invoice", "ddt"]),
            number=st.from_regex(r"[A-Z0-9]{1,20}", fullmatch=True),
            day=st.none() | days,
            lines=st.lists(st.integers(1, 9999), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    lines=st.lists(lines, min_size=1, max_size=4).map(tuple),
    summaries=st.lists(summaries, min_size=1, max_size=3).map(tuple),
    payments=st.lists(
        st.builds(
            Payment,
            method=st.sampled_from(sorted(METHODS)),
            amount=sums,
            due=st.none() | days,
            terms=st.sampled_from(["TP01", "TP02"]),
            iban=st.sampled_from(["", "IT60 X054 2811 1010 0000 0123 456"]),
            bank=words | st.just(""),
        ),
        max_size=3,
    ).map(tuple),
    attachments=st.lists(
        st.builds(Attachment, name=words, content=st.binary(min_size=1, max_size=60), description=words), max_size=1
    ).map(tuple),
)


@given(seller=subjects, buyer=subjects | people, found=st.lists(bodies, min_size=1, max_size=2))
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_written_is_what_the_schema_takes(seller: Subject, buyer: Subject, found: list[Body]) -> None:
    try:
        made = write(Document(transmission=SENT, seller=seller, buyer=buyer, bodies=tuple(found)))
    except Unwritable:
        return
    assert complaints(made, "FPR12") == []
    assert [one.number for one in read(made).document.bodies] == [one.number for one in found]


@given(name=st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Zs")), min_size=1, max_size=90))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_name_in_western_letters_is_always_written(name: str) -> None:
    made = write(replace(DOCUMENT, buyer=replace(BUYER, name=f"x{name}")))
    assert complaints(made, "FPR12") == []
