"""What deals hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="deals.Deal",
        label=_("Deals"),
        columns={
            "title": Category.BEHAVIOUR,
            "description": Category.COMMUNICATION,
            "next_step": Category.COMMUNICATION,
            "loss_note": Category.COMMUNICATION,
            "source": Category.BEHAVIOUR,
            "referral_code": Category.BEHAVIOUR,
            "amount": Category.BEHAVIOUR,
            "score": Category.BEHAVIOUR,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Sell, and know what will be sold"),
        basis=Basis.CONTRACT,
        party=("party", "contact", "referred_by"),
        person=("owner",),
        kept_words=_("As long as the customer is kept"),
    )
)
declare(
    PersonalData(
        model="deals.DealStageChange",
        label=_("Steps of deals"),
        columns={"actor": Category.IDENTITY, "actor_name": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know how deals came where they are"),
        basis=Basis.INTEREST,
        party=("deal__party",),
        person=("actor",),
        kept_words=_("As long as the deal"),
    )
)
declare(
    PersonalData(
        model="deals.ReferralCode",
        label=_("Referral codes"),
        columns={"code": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_("Know who recommends us"),
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_("As long as the customer is kept"),
    )
)
declare(
    PersonalData(
        model="deals.DealAssignment",
        label=_("What assignment rules decided"),
        columns={"user": Category.IDENTITY, "facts": Category.CONTACT},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Know why somebody got a deal"),
        basis=Basis.INTEREST,
        party=("deal__party",),
        person=("user",),
        kept_words=_("As long as the deal"),
    )
)
declare(
    PersonalData(
        model="deals.AssignmentRulePerson",
        label=_("People whom assignment rules give deals to"),
        columns={"user": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Give new deals to those who look after them"),
        basis=Basis.CONTRACT,
        person=("user",),
        kept_words=_("As long as the rule"),
    )
)
declare(
    PersonalData(
        model="deals.AssignmentRule",
        label=_("Assignment rules"),
        columns={"last_person": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Give new deals to those who look after them"),
        basis=Basis.CONTRACT,
        person=("last_person",),
        kept_words=_("As long as the rule"),
    )
)
declare(
    PersonalData(
        model="deals.DealSum",
        label=_("Sums of deals"),
        columns={"owner": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Sell, and know what will be sold"),
        basis=Basis.INTEREST,
        person=("owner",),
        kept_words=_("As long as the deals"),
    )
)
