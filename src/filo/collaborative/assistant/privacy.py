"""What the assistant holds about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="assistant.Assisted",
        label=_("Talks with the shop assistant"),
        columns={
            "topic": Category.BEHAVIOUR,
            "answers": Category.BEHAVIOUR,
            "ways": Category.BEHAVIOUR,
            "proposed": Category.BEHAVIOUR,
            "last_at": Category.BEHAVIOUR,
        },
        whose=(Whose.CUSTOMER, Whose.VISITOR),
        purpose=_("Propose what suits a customer, and ask nothing twice"),
        basis=Basis.CONTRACT,
        party=("visitor__party",),
        kept_words=_("As long as the browser"),
    )
)
declare(
    PersonalData(
        model="assistant.SectionSeen",
        label=_("Sections that a customer was shown"),
        columns={"shown": Category.BEHAVIOUR, "at": Category.BEHAVIOUR, "ordered_at": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_("Know whether what is shown to some customers is of use"),
        basis=Basis.INTEREST,
        party=("party",),
        kept_words=_("As long as the customer"),
    )
)
