"""What approvals hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="approvals.Approval",
        label=_("Approvals"),
        columns={
            "what": Category.BEHAVIOUR,
            "why": Category.COMMUNICATION,
            "note": Category.COMMUNICATION,
            "person": Category.IDENTITY,
            "asked_by": Category.IDENTITY,
            "asked_by_name": Category.IDENTITY,
            "decided_by": Category.IDENTITY,
            "decided_by_name": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Know who allowed what"),
        basis=Basis.INTEREST,
        party=("party",),
        person=("person", "asked_by", "decided_by"),
        kept_words=_("As long as what was approved"),
    )
)
declare(
    PersonalData(
        model="approvals.StandIn",
        label=_("Stand-ins"),
        columns={"person": Category.IDENTITY, "stand_in": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know who decides while somebody is away"),
        basis=Basis.INTEREST,
        person=("person", "stand_in"),
        kept_words=_("As long as somebody works here"),
    )
)
