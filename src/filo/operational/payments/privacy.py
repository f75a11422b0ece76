"""What payments hold about people: kept as the law on accounts has it (ten years, art. 2220 c.c.)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

_KEPT = Erasure("keep", why=_("Accounts are kept for ten years (art. 2220 of the civil code)."))
_WHOSE = (Whose.CUSTOMER, Whose.COLLEAGUE)
_TEN_YEARS = _("Ten years, as the law on accounts has it")

declare(
    PersonalData(
        model="payments.Due",
        label=_("What is owed"),
        columns={
            "document": Category.BEHAVIOUR,
            "due_on": Category.BEHAVIOUR,
            "amount": Category.BEHAVIOUR,
            "paid": Category.BEHAVIOUR,
            "dispute": Category.COMMUNICATION,
            "owner": Category.IDENTITY,
            "created_by": Category.IDENTITY,
        },
        whose=_WHOSE,
        purpose=_("Know what customers owe and remind them of it"),
        basis=Basis.LAW,
        party=("party",),
        person=("owner", "created_by"),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
declare(
    PersonalData(
        model="payments.Payment",
        label=_("Payments"),
        columns={
            "amount": Category.BEHAVIOUR,
            "paid_on": Category.BEHAVIOUR,
            "method": Category.BEHAVIOUR,
            "reference": Category.COMMUNICATION,
            "note": Category.COMMUNICATION,
            "owner": Category.IDENTITY,
            "created_by": Category.IDENTITY,
        },
        whose=_WHOSE,
        purpose=_("Know what customers paid"),
        basis=Basis.LAW,
        party=("party",),
        person=("owner", "created_by"),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
declare(
    PersonalData(
        model="payments.BankLine",
        label=_("Lines of bank statements"),
        columns={
            "booked_on": Category.BEHAVIOUR,
            "amount": Category.BEHAVIOUR,
            "text": Category.COMMUNICATION,
            "counterparty": Category.IDENTITY,
            "iban": Category.CONTACT,
        },
        whose=(Whose.CUSTOMER,),
        purpose=_("Know what customers paid"),
        basis=Basis.LAW,
        party=("payment__party",),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
declare(
    PersonalData(
        model="payments.Reminder",
        label=_("Reminders of what is owed"),
        columns={
            "to": Category.CONTACT,
            "subject": Category.COMMUNICATION,
            "at": Category.BEHAVIOUR,
            "user": Category.IDENTITY,
        },
        whose=_WHOSE,
        purpose=_("Know what customers owe and remind them of it"),
        basis=Basis.LAW,
        party=("due__party",),
        person=("user",),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
declare(
    PersonalData(
        model="payments.Refund",
        label=_("Refunds"),
        columns={"amount": Category.BEHAVIOUR, "reason": Category.COMMUNICATION, "user": Category.IDENTITY},
        whose=_WHOSE,
        purpose=_("Know what was given back to customers"),
        basis=Basis.LAW,
        party=("payment__party",),
        person=("user",),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
