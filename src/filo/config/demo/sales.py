"""What Gruppo Aurora has sold: orders of five months, delivered, on their way or new, billed, and most of it paid."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from filo.config.demo.cast import SEED
from filo.config.demo.company import BUILDER, Company
from filo.config.demo.history import ROME
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import people_who_ask, principal_of
from filo.foundation.errors import DomainError
from filo.foundation.organisation.models import CompanyLook, SellingCompany
from filo.operational.catalogue.models import Variant
from filo.operational.invoices.fatturapa.errors import Unwritable
from filo.operational.invoices.fatturapa.notifications import Notification
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import issue_invoice, save_fiscal, send_invoice, take_notification
from filo.operational.invoices.services.orders import bill_order
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Carrier, Order
from filo.operational.orders.services.confirming import confirm_order
from filo.operational.orders.services.drafting import draft_order, order_from_quote
from filo.operational.orders.services.preparing import prepare_order
from filo.operational.orders.services.shipping import Parcel, arrived, ship_order
from filo.operational.parties.models import Relationship
from filo.operational.payments.models import Due
from filo.operational.payments.services.billed import owe_invoice
from filo.operational.payments.services.recording import PaymentFacts, record_payment
from filo.operational.quotes.models import Quote

DAYS, MANY = 150, 34
_IBAN = "IT60X0542811101000000123456"
_PLACES = {
    "aurora-moda": ("Via Tortona 31", "20144", "Milano", "MI", "#1f5f8b", "info@auroramoda.example"),
    "aurora-casa": ("Via dell’Artigianato 8", "24126", "Bergamo", "BG", "#7a4b2a", "info@auroracasa.example"),
}
_CARRIERS = (
    ("Corriere Espresso Italia", "https://tracking.example/it/{number}"),
    ("Trasporti Padani", ""),
)


@dataclass(frozen=True)
class _Sale:
    """An order to be told: of a quote that was accepted, or of a customer who simply ordered."""

    day: date
    quote: Quote | None = None
    tie: Relationship | None = None


def set_up_sales(company: Company) -> None:
    """Where the companies are, what law asks of their invoices, and who carries their goods."""
    for code, (street, postal_code, city, province, colour, email) in _PLACES.items():
        firm = company.companies[code]
        place = {"street": street, "postal_code": postal_code, "city": city, "province": province}
        CompanyLook.objects.update_or_create(company=firm, defaults={**place, "colour": colour, "email": email})
        facts = {
            "rea_office": province,
            "rea_number": "1234567",
            "iban": "IT60X0542811101000000123456",
            "terms": "30 FM",
        }
        save_fiscal(BUILDER, firm, facts)
    for position, (name, tracking) in enumerate(_CARRIERS):
        Carrier.objects.get_or_create(name=name, defaults={"tracking": tracking, "position": position})


def tell_sales() -> None:
    """In the order of their days, as numbers want it."""
    chance = random.Random(f"{SEED}:sales")  # noqa: S311 (a story, not a secret)
    goods = {firm.pk: _goods(firm) for firm in SellingCompany.objects.all()}
    for sale in sorted(_sales(chance), key=lambda one: one.day):
        _tell(chance, sale, goods)


def _sales(chance: random.Random) -> Iterator[_Sale]:
    today = clock.today(ROME)
    for quote in Quote.objects.filter(state="accepted").select_related("party", "company", "owner").order_by("pk"):
        accepted = quote.answered_at.astimezone(ROME).date() if quote.answered_at else today
        yield _Sale(min(accepted + timedelta(days=1), today), quote=quote)
    ties = Relationship.objects.filter(stage="customer", ended_at=None).exclude(owner=None)
    found = list(ties.select_related("party", "company", "owner").order_by("pk"))
    for tie in chance.sample(found, k=min(MANY, len(found))):
        yield _Sale(today - timedelta(days=chance.randrange(DAYS)), tie=tie)


def _goods(company: SellingCompany) -> list[Variant]:
    rows = Variant.objects.filter(active=True, product__status="active", product__deleted_at=None)
    return [one for one in rows.filter(product__company=company).order_by("sku")[:400] if one.price]


def _tell(chance: random.Random, sale: _Sale, goods: dict[UUID, list[Variant]]) -> None:
    """What happened until today; what could not be promised stays a draft."""
    moment = datetime.combine(sale.day, time(9 + chance.randrange(8), chance.randrange(60)), ROME)
    left = (clock.today(ROME) - sale.day).days
    with clock.at(min(moment, clock.now())):
        order = _begun(chance, sale, goods)
        if order is None or not left:
            return
        order = _confirmed(order)
    if left < 2:
        return
    try:
        with clock.at(moment + timedelta(days=1)), transaction.atomic():
            order = prepare_order(BUILDER, order)
    except DomainError:  # the goods have not come in yet
        return
    if left < 4:
        return
    shipped_on = moment + timedelta(days=2, hours=3)
    with clock.at(shipped_on):
        if not _ship(chance, order):
            return
    if chance.random() < 0.9:
        invoice = bill(chance, Order.objects.get(pk=order.pk), shipped_on)
        if invoice is not None:
            _settle(chance, invoice)


def _begun(chance: random.Random, sale: _Sale, goods: dict[UUID, list[Variant]]) -> Order | None:
    if sale.quote is not None:
        return order_from_quote(BUILDER, sale.quote)
    tie = sale.tie
    if tie is None or not goods.get(tie.company_id):
        return None
    lines = [
        LineDraft(variant_id=one.pk, quantity=Decimal(chance.choice((1, 1, 2, 3, 5))))
        for one in chance.sample(goods[tie.company_id], k=chance.randint(1, 4))
    ]
    return draft_order(_owner(tie), party=tie.party, company=tie.company, lines=lines)


def _confirmed(order: Order) -> Order:
    """With what is there; where nothing is, the customer waits."""
    try:
        with transaction.atomic():
            return confirm_order(BUILDER, order, short="part")
    except DomainError:
        return confirm_order(BUILDER, order, short="wait")


def _owner(tie: Relationship) -> Principal:
    return principal_of(people_who_ask().get(pk=str(tie.owner_id)))


def _ship(chance: random.Random, order: Order) -> bool:
    carrier = chance.choice(list(Carrier.objects.all()))
    tracking = f"AU{chance.randrange(10**8):08d}IT"
    try:
        shipment = ship_order(BUILDER, order, parcel=Parcel(carrier_id=carrier.pk, tracking=tracking))
    except DomainError:  # the goods have not come in yet
        return False
    there = clock.now() + timedelta(days=2)
    if there < datetime.now(ROME) - timedelta(days=1):
        with clock.at(there):
            arrived(BUILDER, shipment)
    return True


def bill(chance: random.Random, order: Order, moment: datetime) -> Invoice | None:
    """On that day; None where the card of the customer lacks what law asks, so that it stays a draft."""
    with clock.at(moment):
        invoice = bill_order(BUILDER, order)
        try:
            invoice = issue_invoice(BUILDER, invoice)
        except (Unwritable, DomainError):
            return None
    age = (clock.today(ROME) - moment.date()).days
    if age > 3:
        with clock.at(moment + timedelta(hours=2)):
            file = send_invoice(BUILDER, invoice)
        said = Notification(
            kind="RC" if chance.random() < 0.9 else "MC", exchange_id=f"{file.at:%y%m%d%H%M%S}", filename=file.name
        )
        with clock.at(moment + timedelta(days=1)):
            take_notification(BUILDER, said)
    return Invoice.objects.get(pk=invoice.pk)


def _settle(chance: random.Random, invoice: Invoice) -> None:
    """It is owed, and most customers pay within days of their day."""
    owe_invoice(BUILDER, invoice)
    for due in Due.objects.filter(kind="invoice", source_id=invoice.pk).select_related("company", "party"):
        paid_on = due.due_on + timedelta(days=chance.choice((-3, -1, 0, 0, 1, 2, 6, 12)))
        if paid_on <= clock.today(ROME) and chance.random() >= 0.12:
            pay(due, paid_on, reference=f"Saldo {due.document}")


def pay(due: Due, paid_on: date, *, reference: str) -> None:
    """All of it, on that day."""
    facts = PaymentFacts(company=due.company, party=due.party, amount=due.amount, paid_on=paid_on, reference=reference)
    record_payment(BUILDER, facts, shares={due.pk: due.amount})
