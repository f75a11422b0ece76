"""What tasks hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

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
