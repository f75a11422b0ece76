"""What past orders hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

_KEEP = _("Know what customers bought, also before this program was here")

declare(
    PersonalData(
        model="past.PastOrder",
        label=_("Past orders"),
        columns={
            "number": Category.BEHAVIOUR,
            "total": Category.BEHAVIOUR,
            "owner": Category.IDENTITY,
            "created_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_KEEP,
        basis=Basis.CONTRACT,
        party=("party",),
        person=("owner", "created_by"),
        kept_words=_("Ten years, as the law asks of what was sold"),
    )
)
declare(
    PersonalData(
        model="past.PastLine",
        label=_("Lines of past orders"),
        columns={"description": Category.BEHAVIOUR, "amount": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_KEEP,
        basis=Basis.CONTRACT,
        party=("order__party",),
        kept_words=_("As long as the order"),
    )
)
