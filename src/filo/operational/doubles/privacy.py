"""What the search for doubles holds about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

_PURPOSE = _("Keep one card for each customer")
_AS_LONG = _("As long as both cards are kept")

declare(
    PersonalData(
        model="doubles.DoublePair",
        label=_("Pairs of cards that may be one customer"),
        columns={"reasons": Category.IDENTITY, "probability": Category.TECHNICAL, "decided_by": Category.TECHNICAL},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_PURPOSE,
        basis=Basis.INTEREST,
        party=("first", "second"),
        person=("decided_by",),
        erasure=Erasure("delete"),
        kept_words=_AS_LONG,
    ),
    PersonalData(
        model="doubles.DoubleKey",
        label=_("Keys by which doubles are found"),
        columns={"key": Category.TECHNICAL},
        whose=(Whose.CUSTOMER,),
        purpose=_PURPOSE,
        basis=Basis.INTEREST,
        party=("party",),
        kept_words=_AS_LONG,
    ),
)
