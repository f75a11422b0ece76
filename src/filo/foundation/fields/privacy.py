"""What fields of the firm's own making hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="fields.FieldValue",
        label=_("Values of the firm's own fields, kept for finding"),
        columns={
            "text": Category.BEHAVIOUR,
            "number": Category.BEHAVIOUR,
            "day": Category.BEHAVIOUR,
            "object_id": Category.TECHNICAL,
        },
        whose=(Whose.CUSTOMER,),
        purpose=_("Find customers by what the firm itself writes down"),
        basis=Basis.CONTRACT,
        party=("object_id",),
        kept_words=_("As long as the customer is kept"),
    )
)
