"""What visits hold about people."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.collaborative.visitors.models import PROVED
from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare


def _visits_of(party: UUID, to_visitor: str = "") -> Q:
    """Those of browsers in which he proved who he is: whoever else gave his address is not told to him."""
    found = {"party": party, "recognitions__way__in": PROVED, "recognitions__undone_at": None}
    return Q(**{f"{to_visitor}{name}": value for name, value in found.items()})


declare(
    PersonalData(
        model="visitors.Visitor",
        label=_("Browsers that customers were recognised in"),
        columns={
            "party": Category.IDENTITY,
            "browser": Category.TECHNICAL,
            "language": Category.TECHNICAL,
            "seen_at": Category.TECHNICAL,
        },
        whose=(Whose.CUSTOMER, Whose.VISITOR),
        purpose=_("Know a customer again who opens a personal link or signs in"),
        basis=Basis.CONTRACT,
        party=_visits_of,
        kept_words=_("Ninety days after the last visit"),
    )
)
declare(
    PersonalData(
        model="visitors.Recognition",
        label=_("As whom a browser was recognised"),
        columns={"party": Category.IDENTITY, "way": Category.TECHNICAL, "at": Category.TECHNICAL},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Take back what was recognised wrongly"),
        basis=Basis.CONTRACT,
        party=lambda party: Q(party=party, way__in=PROVED, undone_at=None),
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
        party=lambda party: _visits_of(party, "visitor__"),
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
