"""What sequences hold about people: who gets one, who started it, and who wants none."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

declare(
    PersonalData(
        model="sequences.Sequence",
        label=_("Sequences of mails"),
        columns={"owner": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Answer customers in the firm's words"),
        basis=Basis.INTEREST,
        person=("owner",),
        kept_words=_("Until somebody takes them away"),
    ),
    PersonalData(
        model="sequences.Enrolment",
        label=_("Customers who get a sequence of mails"),
        columns={"party": Category.BEHAVIOUR, "starter": Category.IDENTITY, "reason": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Write again to customers who have not answered, and stop in time"),
        basis=Basis.INTEREST,
        party=("party",),
        person=("starter",),
        erasure=Erasure("delete"),
        kept_words=_("As long as the customer is kept"),
    ),
    PersonalData(
        model="sequences.Refusal",
        label=_("Customers who want no sequences of mails"),
        columns={"address": Category.CONTACT, "party": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_("Do not write to who does not want it"),
        basis=Basis.LAW,
        party=("party",),
        erasure=Erasure("delete"),
        kept_words=_("As long as the customer is kept"),
    ),
)
