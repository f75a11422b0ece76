"""What prices hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="prices.PartyClass",
        label=_("Classes of customers"),
        columns={"word": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_("Ask each customer the price that was agreed"),
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_("As long as the customer is kept"),
    )
)
declare(
    PersonalData(
        model="prices.CouponUse",
        label=_("Coupons that were used"),
        columns={},
        whose=(Whose.CUSTOMER,),
        purpose=_("See to it that a coupon is used as often as it may be"),
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_("As long as the customer is kept"),
    )
)
for model, label in (
    ("prices.PriceList", _("Price lists for one customer")),
    ("prices.Discount", _("Discounts for one customer")),
    ("prices.Coupon", _("Coupons for one customer")),
):
    declare(
        PersonalData(
            model=model,
            label=label,
            columns={"name": Category.BEHAVIOUR},
            whose=(Whose.CUSTOMER,),
            purpose=_("Ask each customer the price that was agreed"),
            basis=Basis.CONTRACT,
            party=("party",),
            kept_words=_("As long as the customer is kept"),
        )
    )
