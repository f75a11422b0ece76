"""What decision trees hold about people: who drew them. How they are walked is kept for half a year, without who."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.trees.models import TreeWalk
from filo.collaborative.trees.queries.figures import KEPT_DAYS
from filo.foundation.keeping import KeptKind, deleted, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

PURPOSE = _("Know who can be asked about a decision tree")


def _walks() -> QuerySet[TreeWalk]:
    return TreeWalk.objects.all()


keep(
    KeptKind(
        code="tree-walks",
        label=_("Walks of decision trees"),
        what_goes=_("Which nodes were reached, under a random id"),
        rows=_walks,
        moment="began_at",
        purge=deleted(_walks),
        house_days=KEPT_DAYS,
    )
)
declare(
    PersonalData(
        model="trees.DecisionTree",
        label=_("Decision trees"),
        columns={"author": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=PURPOSE,
        basis=Basis.INTEREST,
        person=("author",),
        erasure=Erasure("anonymise", {"author": None}),
        kept_words=_("As long as the tree"),
    ),
    PersonalData(
        model="trees.TreeVersion",
        label=_("Published states of decision trees"),
        columns={"author": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=PURPOSE,
        basis=Basis.INTEREST,
        person=("author",),
        erasure=Erasure("anonymise", {"author": None}),
        kept_words=_("As long as the tree"),
    ),
)
