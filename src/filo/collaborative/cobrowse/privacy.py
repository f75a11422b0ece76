"""What looking together holds about people; what was seen is kept nowhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="cobrowse.Looking",
        label=_("Consents to look at pages together"),
        columns={"pages": Category.BEHAVIOUR, "began_at": Category.BEHAVIOUR, "operator": Category.IDENTITY},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Prove that a customer agreed, and tell which pages were seen"),
        basis=Basis.CONSENT,
        party=("chat__conversation__party",),
        person=("operator",),
        kept_words=_("As long as the conversation"),
    )
)
declare(
    PersonalData(
        model="cobrowse.ShownPage",
        label=_("Pages that were shown to a customer"),
        columns={"url": Category.BEHAVIOUR, "title": Category.BEHAVIOUR, "operator": Category.IDENTITY},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Help customers to find what they look for"),
        basis=Basis.CONTRACT,
        party=("chat__conversation__party",),
        person=("operator",),
        kept_words=_("As long as the conversation"),
    )
)
declare(
    PersonalData(
        model="cobrowse.SharedForm",
        label=_("Forms filled in together"),
        columns={"values": Category.CONTACT, "operator": Category.IDENTITY},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Help a customer to order"),
        basis=Basis.CONTRACT,
        party=("chat__conversation__party",),
        person=("operator",),
        kept_words=_("As long as the conversation"),
    )
)
