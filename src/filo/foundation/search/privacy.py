"""What search holds about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="search.SearchText",
        label=_("Words by which things are found"),
        columns={"text": Category.IDENTITY, "object_id": Category.TECHNICAL},
        whose=(Whose.CUSTOMER,),
        purpose=_("Find customers by name, number or address"),
        basis=Basis.CONTRACT,
        party=("object_id",),
        kept_words=_("As long as what they find"),
    ),
    PersonalData(
        model="search.SearchWord",
        label=_("Words that names are made of, by which typing errors are recognised"),
        columns={"word": Category.IDENTITY},
        whose=(Whose.CUSTOMER,),
        purpose=_("Find customers by name, number or address"),
        basis=Basis.CONTRACT,
        kept_words=_("Until the night after the last name that holds them is gone; nothing leads to whose they were"),
    ),
)
