"""What kept views of lists hold about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="lists.SavedView",
        label=_("Views of lists"),
        columns={"name": Category.TECHNICAL, "query": Category.BEHAVIOUR, "owner": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Find the same list again"),
        basis=Basis.INTEREST,
        person=("owner",),
        kept_words=_("As long as somebody works here"),
    ),
    PersonalData(
        model="lists.Pin",
        label=_("Views that somebody has at hand"),
        columns={"person": Category.BEHAVIOUR},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Find the same list again"),
        basis=Basis.INTEREST,
        person=("person",),
        kept_words=_("As long as somebody works here"),
    ),
)
