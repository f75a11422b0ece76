"""What automatic answers hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="answers.AutoReply",
        label=_("Automatic answers"),
        columns={"address": Category.CONTACT, "reviewed_by": Category.IDENTITY},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Answer questions at once, and see to it that the answers are right"),
        basis=Basis.CONTRACT,
        party=("conversation__party",),
        person=("reviewed_by",),
        kept_words=_("As long as the conversation"),
    )
)
