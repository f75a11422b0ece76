"""What the catalogue holds about people: who moved stock, and for whom a catalogue was opened by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="catalogue.StockMove",
        label=_("Stock journal"),
        columns={"actor": Category.IDENTITY, "note": Category.BEHAVIOUR},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know why a stock is what it is"),
        basis=Basis.INTEREST,
        person=("actor",),
        kept_words=_("As long as the product"),
    )
)
declare(
    PersonalData(
        model="catalogue.CatalogueGuest",
        label=_("Guests of reserved catalogues"),
        columns={"party": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_("Show products to the customers they are meant for"),
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_("As long as the catalogue, or the customer"),
    )
)
