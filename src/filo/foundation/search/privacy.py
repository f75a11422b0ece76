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
)
