"""What quotes hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

_OFFER = _("Offer what customers ask for, and keep what was agreed")

declare(
    PersonalData(
        model="quotes.Quote",
        label=_("Quotes"),
        columns={
            "title": Category.BEHAVIOUR,
            "notes": Category.COMMUNICATION,
            "internal_note": Category.COMMUNICATION,
            "sent_to": Category.CONTACT,
            "reject_reason": Category.COMMUNICATION,
            "total": Category.BEHAVIOUR,
            "views": Category.BEHAVIOUR,
            "owner": Category.IDENTITY,
            "created_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_OFFER,
        basis=Basis.CONTRACT,
        party=("party", "contact"),
        person=("owner", "created_by"),
        kept_words=_("As long as the customer is kept; what was accepted as long as the law asks"),
    )
)
declare(
    PersonalData(
        model="quotes.QuoteLine",
        label=_("Lines of quotes"),
        columns={"description": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_OFFER,
        basis=Basis.CONTRACT,
        party=("quote__party",),
        kept_words=_("As long as the quote"),
    )
)
declare(
    PersonalData(
        model="quotes.QuoteSignature",
        label=_("Acceptances of quotes"),
        columns={
            "name": Category.IDENTITY,
            "drawn": Category.IDENTITY,
            "ip": Category.TECHNICAL,
            "user_agent": Category.TECHNICAL,
            "note": Category.COMMUNICATION,
            "user": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Prove that a quote was accepted"),
        basis=Basis.CONTRACT,
        party=("quote__party",),
        person=("user",),
        kept_words=_("As long as the quote"),
    )
)
declare(
    PersonalData(
        model="quotes.QuoteView",
        label=_("Who opened a quote"),
        columns={"first_at": Category.BEHAVIOUR, "last_at": Category.BEHAVIOUR, "times": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_("Know whether a quote was read, from those who agreed to it"),
        basis=Basis.CONSENT,
        party=("party",),
        kept_words=_("As long as the quote"),
    )
)
declare(
    PersonalData(
        model="quotes.QuoteQuestionAsked",
        label=_("Questions about quotes"),
        columns={"text": Category.COMMUNICATION},
        whose=(Whose.CUSTOMER,),
        purpose=_OFFER,
        basis=Basis.CONTRACT,
        party=("quote__party",),
        kept_words=_("As long as the quote"),
    )
)
