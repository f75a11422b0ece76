"""What privacy itself holds about people."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare


def _of(kind: str, id_: UUID) -> Q:
    return Q(subject_kind=kind, subject_id=id_)


declare(
    PersonalData(
        model="privacy.Hold",
        label=_("Legal holds"),
        columns={
            "reason": Category.COMMUNICATION,
            "placed_by_name": Category.IDENTITY,
            "lifted_by_name": Category.IDENTITY,
            "until": Category.BEHAVIOUR,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Keep what a lawsuit or an authority asks for"),
        basis=Basis.LAW,
        party=lambda id_: _of("party", id_),
        person=("placed_by",),
        erasure=Erasure("keep", why=_("It proves why the data was kept.")),
        kept_words=_("As long as the workspace: it proves why data was kept"),
    ),
    PersonalData(
        model="privacy.RetentionRule",
        label=_("Rules of retention"),
        columns={"created_by": Category.TECHNICAL},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Show who decided for how long data is kept"),
        basis=Basis.LAW,
        person=("created_by",),
        erasure=Erasure("anonymise", {"created_by": None}),
        kept_words=_("As long as the rule"),
    ),
)
