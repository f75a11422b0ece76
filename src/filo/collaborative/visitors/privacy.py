"""What visits hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="visitors.Visitor",
        label=_("Browsers that customers were recognised in"),
        columns={"browser": Category.TECHNICAL, "language": Category.TECHNICAL, "seen_at": Category.TECHNICAL},
        whose=(Whose.CUSTOMER, Whose.VISITOR),
        purpose=_("Know a customer again who opens a personal link or signs in"),
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_("Ninety days after the last visit"),
    )
)
declare(
    PersonalData(
        model="visitors.Recognition",
        label=_("As whom a browser was recognised"),
        columns={"way": Category.TECHNICAL, "at": Category.TECHNICAL},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Take back what was recognised wrongly"),
        basis=Basis.CONTRACT,
        party=("party",),
        person=("undone_by",),
        kept_words=_("As long as the browser"),
    )
)
declare(
    PersonalData(
        model="visitors.PageView",
        label=_("Pages seen"),
        columns={"path": Category.BEHAVIOUR, "title": Category.BEHAVIOUR, "at": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER, Whose.VISITOR),
        purpose=_("Know what a customer looks for, where he agreed to it"),
        basis=Basis.CONSENT,
        party=("visitor__party",),
        kept_words=_("Ninety days after the last visit, or until he takes his consent back"),
    )
)
declare(
    PersonalData(
        model="visitors.PersonalLink",
        label=_("Personal links in mails"),
        columns={"context": Category.COMMUNICATION, "used_at": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_("Lead a customer from a mail to a page that knows what he asked"),
        basis=Basis.CONTRACT,
        party=("party",),
        kept_words=_("Until they do not hold any more"),
    )
)
