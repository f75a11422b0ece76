"""What tasks hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

declare(
    PersonalData(
        model="activities.Task",
        label=_("Tasks"),
        columns={
            "title": Category.COMMUNICATION,
            "due_on": Category.BEHAVIOUR,
            "done_at": Category.BEHAVIOUR,
            "assignee": Category.IDENTITY,
            "created_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Do for customers what was promised"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("assignee", "created_by"),
        kept_words=_("As long as the customer is kept"),
    )
)
declare(
    PersonalData(
        model="activities.Appointment",
        label=_("Appointments"),
        columns={
            "title": Category.COMMUNICATION,
            "place": Category.BEHAVIOUR,
            "note": Category.COMMUNICATION,
            "starts_at": Category.BEHAVIOUR,
            "owner": Category.IDENTITY,
            "created_by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Do for customers what was promised"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("owner", "created_by"),
        kept_words=_("As long as the customer is kept"),
    ),
    PersonalData(
        model="activities.CalendarFeed",
        label=_("Secret addresses of calendars"),
        columns={"digest": Category.TECHNICAL, "person": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Let people read their own calendar in other programs"),
        basis=Basis.INTEREST,
        person=("person",),
        erasure=Erasure("delete"),
        kept_words=_("Until it is ended"),
    ),
    PersonalData(
        model="activities.CalendarEntry",
        label=_("Names of appointments in other programs"),
        columns={
            "person": Category.IDENTITY,
            "name": Category.TECHNICAL,
            "uid": Category.TECHNICAL,
            "alarms": Category.TECHNICAL,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("Let people read and write their own calendar in other programs"),
        basis=Basis.INTEREST,
        person=("person",),
        erasure=Erasure("delete"),
        kept_words=_("As long as the appointment is told of"),
    ),
    PersonalData(
        model="activities.CalendarCount",
        label=_("Changes of calendars, counted"),
        columns={"person": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Let people read and write their own calendar in other programs"),
        basis=Basis.INTEREST,
        person=("person",),
        erasure=Erasure("delete"),
        kept_words=_("As long as the person works here"),
    ),
)
