"""What requests hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="service.Ticket",
        label=_("Requests of customers"),
        columns={
            "subject": Category.COMMUNICATION,
            "description": Category.COMMUNICATION,
            "contact_address": Category.CONTACT,
            "product": Category.BEHAVIOUR,
            "assignee": Category.IDENTITY,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Answer and solve what customers ask for"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("assignee", "owner"),
        kept_words=_("As long as the customer is kept"),
    )
)
declare(
    PersonalData(
        model="service.TicketNote",
        label=_("Notes about requests"),
        columns={
            "text": Category.COMMUNICATION,
            "author": Category.IDENTITY,
            "author_name": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Answer and solve what customers ask for"),
        basis=Basis.CONTRACT,
        party=("ticket__party",),
        person=("author",),
        kept_words=_("As long as the request"),
    )
)
declare(
    PersonalData(
        model="service.Complaint",
        label=_("Complaints"),
        columns={"remedy": Category.COMMUNICATION},
        whose=(Whose.CUSTOMER,),
        purpose=_("Find out why customers complain, and put it right"),
        basis=Basis.INTEREST,
        party=("ticket__party",),
        kept_words=_("As long as the request"),
    )
)
declare(
    PersonalData(
        model="service.Survey",
        label=_("How content customers are"),
        columns={
            "address": Category.CONTACT,
            "score": Category.BEHAVIOUR,
            "comment": Category.COMMUNICATION,
        },
        whose=(Whose.CUSTOMER,),
        purpose=_("Find out how content customers are with the service"),
        basis=Basis.INTEREST,
        party=("party",),
        kept_words=_("As long as the request"),
    )
)
declare(
    PersonalData(
        model="service.GroupMember",
        label=_("People of a group"),
        columns={"user": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Give requests to those who look after them"),
        basis=Basis.CONTRACT,
        person=("user",),
        kept_words=_("As long as somebody works in the group"),
    )
)
declare(
    PersonalData(
        model="service.ComplaintCause",
        label=_("Causes of complaints"),
        columns={"keeper": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know who puts right what customers complain about"),
        basis=Basis.CONTRACT,
        person=("keeper",),
        kept_words=_("As long as the cause is in use"),
    )
)
