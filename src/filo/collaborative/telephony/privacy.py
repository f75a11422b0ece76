"""What the telephone keeps about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

declare(
    PersonalData(
        model="telephony.PhoneCall",
        label=_("Telephone calls"),
        columns={
            "number": Category.CONTACT,
            "party": Category.BEHAVIOUR,
            "person": Category.IDENTITY,
            "recording": Category.BEHAVIOUR,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Know who calls, and call back"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("person",),
        erasure=Erasure("delete"),
        kept_words=_("As long as the customer is kept"),
    ),
    PersonalData(
        model="telephony.PhoneSeat",
        label=_("Who sits at which telephone"),
        columns={"user": Category.IDENTITY, "extension": Category.CONTACT},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Ring the telephone of the right colleague"),
        basis=Basis.CONTRACT,
        person=("user",),
        kept_words=_("Until somebody takes them away"),
    ),
)
