"""What exports hold about people, and for how long."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.keeping import Held, KeptKind, Proposal, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.operational.exports.models import UNDER_WAY, Export
from filo.operational.exports.services.forgetting import forget_exports


def _at_rest() -> QuerySet[Export]:
    return Export.objects.exclude(state__in=UNDER_WAY)


def _held(held: Held) -> Q:
    return Q(created_by__in=held.people)


keep(
    KeptKind(
        code="exports",
        label=_("Lists that were taken out"),
        what_goes=_("Who took what out, and the file if it is still there (it goes by itself after seven days)"),
        rows=_at_rest,
        moment="created_at",
        purge=forget_exports,
        held=_held,
        proposals=[Proposal(365)],
    )
)
declare(
    PersonalData(
        model="exports.Export",
        label=_("Lists that were taken out"),
        columns={
            "file_name": Category.TECHNICAL,
            "wish": Category.TECHNICAL,
            "created_by": Category.TECHNICAL,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("Hand out what is asked for, and know what has left"),
        basis=Basis.INTEREST,
        person=("created_by",),
        erasure=Erasure("anonymise", {"created_by": None}),
        kept="exports",
    )
)
