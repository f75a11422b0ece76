"""What the door of the API holds about people, and for how long."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.keeping import NOTHING, Held, KeptKind, deleted, keep
from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare
from filo.foundation.rest.idempotency import KEPT_FOR
from filo.foundation.rest.models import IdempotencyRecord


def _answers() -> QuerySet[IdempotencyRecord]:
    return IdempotencyRecord.objects.all()


def _held(held: Held) -> Q:
    about = (Q(path__contains=str(id_)) | Q(body__contains=str(id_)) for id_ in held.parties)
    return reduce(or_, about, NOTHING)


keep(
    KeptKind(
        code="answers",
        label=_("Answers kept for programs that ask twice"),
        what_goes=_("The request's key and what was answered"),
        rows=_answers,
        moment="created_at",
        purge=deleted(_answers),
        held=_held,
        house_days=KEPT_FOR.days,
    )
)
declare(
    PersonalData(
        model="rest.IdempotencyRecord",
        label=_("Answers kept for programs that ask twice"),
        columns={"body": Category.CONTACT, "path": Category.TECHNICAL, "principal": Category.TECHNICAL},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Do a thing once though a program asks twice"),
        basis=Basis.INTEREST,
        party=lambda id_: _held(Held(parties=frozenset({id_}))),
        kept="answers",
    )
)
