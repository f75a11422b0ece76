"""What the knowledge base holds about people: who wrote it, and how customers put their questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare

declare(
    PersonalData(
        model="knowledge.Article",
        label=_("Articles of the knowledge base"),
        columns={"author": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know who can be asked about an article"),
        basis=Basis.INTEREST,
        person=("author",),
        kept_words=_("As long as the article"),
    ),
    PersonalData(
        model="knowledge.ArticleVersion",
        label=_("Earlier states of articles"),
        columns={"author": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Know who can be asked about an article"),
        basis=Basis.INTEREST,
        person=("author",),
        kept_words=_("As long as the article"),
    ),
)
