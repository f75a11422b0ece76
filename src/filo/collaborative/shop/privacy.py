"""What the shop holds about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

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
    )
)
