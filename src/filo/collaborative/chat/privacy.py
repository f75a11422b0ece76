"""What chats hold about people; what was said in them are messages of the inbox."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="chat.Chat",
        label=_("Chats"),
        columns={
            "page": Category.BEHAVIOUR,
            "page_title": Category.BEHAVIOUR,
            "began_at": Category.BEHAVIOUR,
            "call_number": Category.CONTACT,
            "call_wished_at": Category.BEHAVIOUR,
            "operator": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Speak with customers who ask for a person"),
        basis=Basis.CONTRACT,
        party=("conversation__party",),
        person=("operator",),
        kept_words=_("As long as the conversation"),
    )
)
declare(
    PersonalData(
        model="chat.ChatDesk",
        label=_("Who takes chats"),
        columns={"user": Category.IDENTITY, "open": Category.BEHAVIOUR, "beat_at": Category.BEHAVIOUR},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Offer chats to colleagues who are there"),
        basis=Basis.INTEREST,
        person=("user",),
        kept_words=_("As long as the colleague works here"),
    )
)
