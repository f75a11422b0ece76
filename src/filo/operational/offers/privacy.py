"""What offers hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

declare(
    PersonalData(
        model="offers.Offer",
        label=_("What was proposed"),
        columns={
            "party": Category.BEHAVIOUR,
            "owner": Category.IDENTITY,
            "created_by": Category.IDENTITY,
            "note": Category.BEHAVIOUR,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Propose what fits, and learn what does"),
        basis=Basis.INTEREST,
        party=("party",),
        person=("owner", "created_by"),
        erasure=Erasure("delete"),
        kept_words=_("As long as the customer is kept"),
    ),
)
