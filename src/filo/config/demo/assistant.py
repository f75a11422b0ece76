"""What Mario Rossi bought for his children, and the section that is shown because of it."""

from __future__ import annotations

import random
from datetime import datetime
from decimal import Decimal

from filo.collaborative.assistant.models import SectionRule
from filo.config.demo.company import BUILDER, Company
from filo.config.demo.history import ROME
from filo.config.demo.sales import bill, pay
from filo.foundation import clock
from filo.operational.catalogue.models import Variant
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order
from filo.operational.orders.services.confirming import confirm_order
from filo.operational.orders.services.drafting import draft_order
from filo.operational.orders.services.preparing import prepare_order
from filo.operational.orders.services.shipping import arrived, ship_order
from filo.operational.parties.models import Party
from filo.operational.payments.models import Due
from filo.operational.payments.services.billed import owe_invoice

BOUGHT = datetime(2022, 9, 13, 17, 30, tzinfo=ROME)
CHILDREN = "Bambino 0-12"


def set_up_sections() -> None:
    """Who bought for children is shown what is new for them. Nobody is held out here, so that all see it."""
    facts = {"title_it": "Novità 0-12", "title_en": "New for 0 to 12", "bought": CHILDREN, "shows": CHILDREN}
    SectionRule.objects.get_or_create(code="novita-0-12", defaults=facts | {"holdout": 0})


def remember_purchase(company: Company) -> None:
    """Two knitted sets for his little ones, in the shop of Salerno: billed and paid there and then."""
    mario = Party.objects.filter(given_name="Mario", family_name="Rossi", deleted_at=None).first()
    variant = Variant.objects.filter(product__code="NEO-COP", active=True).order_by("position").first()
    if mario is None or variant is None:
        return
    with clock.at(BOUGHT):
        order = draft_order(
            BUILDER,
            party=mario,
            company=company.companies["aurora-moda"],
            lines=[LineDraft(variant_id=variant.pk, quantity=Decimal(2))],
        )
        order = prepare_order(BUILDER, confirm_order(BUILDER, order))
        shipment = ship_order(BUILDER, order)
        arrived(BUILDER, shipment)
    invoice = bill(random.Random(BOUGHT.year), Order.objects.get(pk=order.pk), BOUGHT)  # noqa: S311 (a story, not a secret)
    if invoice is None:
        return
    owe_invoice(BUILDER, invoice)
    for due in Due.objects.filter(kind="invoice", source_id=invoice.pk).select_related("company", "party"):
        pay(due, BOUGHT.date(), reference=f"Cassa di Salerno, {due.document}")
