"""What plans hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

declare(
    PersonalData(
        model="team.Plan",
        label=_("Plans of what a colleague is to do"),
        columns={"measure": Category.BEHAVIOUR, "number": Category.BEHAVIOUR, "person": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Lead the team: what was planned against what was done"),
        basis=Basis.INTEREST,
        person=("person",),
        erasure=Erasure("delete"),
        kept_words=_("As long as the colleague works here"),
    )
)
