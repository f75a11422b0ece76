"""What the shop holds about people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.collaborative.shop.models import CartLine
from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare


def _line_exported(row: CartLine) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "sku": row.variant.sku,
        "name": row.variant.product.name,
        "quantity": row.quantity,
    }


declare(
    PersonalData(
        model="shop.Cart",
        label=_("Carts of the shop"),
        columns={"coupons": Category.BEHAVIOUR, "changed_at": Category.BEHAVIOUR, "terms_at": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER, Whose.VISITOR),
        purpose=_("Keep what a visitor chose until he orders it"),
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_("Ninety days after the last change"),
    )
)
declare(
    PersonalData(
        model="shop.CartLine",
        label=_("What lies in carts of the shop"),
        columns={"quantity": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER, Whose.VISITOR),
        purpose=_("Keep what a visitor chose until he orders it"),
        basis=Basis.CONTRACT,
        party=("cart__party",),
        kept_words=_("As long as the cart"),
        export=_line_exported,
    )
)
