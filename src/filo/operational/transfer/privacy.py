"""What files that were brought in hold about people, and for how long they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.keeping import Held, KeptKind, Narrowing, Proposal, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.operational.transfer.models import TURNING, BatchState, ImportBatch, ImportRow
from filo.operational.transfer.services.forgetting import forget_import

UNDER_WAY = (BatchState.READY, BatchState.RUNNING, *TURNING)
SOURCES_SHOWN = 100


def _at_rest() -> QuerySet[ImportBatch]:
    return ImportBatch.objects.exclude(state__in=UNDER_WAY)


def _purge(keys: Sequence[Any]) -> None:
    for key in keys:
        forget_import(key)


def _held(held: Held) -> Q:
    rows = ImportRow.objects.filter(party__in=held.parties)
    return Q(pk__in=rows.values("batch")) | Q(created_by__in=held.people)


def _sources() -> list[Narrowing]:
    found = ImportBatch.objects.exclude(source="").order_by("source").values_list("source", flat=True).distinct()
    return [Narrowing(source, source, Q(source=source)) for source in found[:SOURCES_SHOWN]]


def _seen(principal: Principal) -> QuerySet[ImportBatch]:
    found: QuerySet[ImportBatch] = ImportBatch.objects.visible_to(principal)
    return found


keep(
    KeptKind(
        code="imports",
        label=_("Files that were brought in"),
        what_goes=_("The file, its rows as they stood, and the note of what became of each"),
        rows=_at_rest,
        moment="created_at",
        purge=_purge,
        held=_held,
        sources=_sources,
        proposals=[Proposal(91)],
        at_once=1,
        in_steps=True,
        seen=_seen,
        address=lambda found: f"/imports/{found.id}",
    )
)
declare(
    PersonalData(
        model="transfer.ImportBatch",
        label=_("Files that were brought in"),
        columns={
            "file_name": Category.TECHNICAL,
            "trial": Category.CONTACT,
            "owner": Category.TECHNICAL,
            "created_by": Category.TECHNICAL,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Bring in customers from elsewhere, and take it back"),
        basis=Basis.INTEREST,
        person=("created_by", "owner"),
        kept="imports",
    ),
    PersonalData(
        model="transfer.ImportRow",
        label=_("Rows of files that were brought in"),
        columns={
            "raw": Category.CONTACT,
            "problems": Category.CONTACT,
            "journal": Category.CONTACT,
            "left": Category.TECHNICAL,
        },
        whose=(Whose.CUSTOMER,),
        purpose=_("Bring in customers from elsewhere, and take it back"),
        basis=Basis.INTEREST,
        party=("party",),
        erasure=Erasure("anonymise", {"raw": [], "problems": [], "journal": None, "left": "", "party": None}),
        kept="imports",
    ),
    PersonalData(
        model="transfer.ImportProposal",
        label=_("Values of files that wait for a choice"),
        columns={
            "name": Category.TECHNICAL,
            "now": Category.CONTACT,
            "said": Category.CONTACT,
            "decided_by": Category.TECHNICAL,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Bring in customers from elsewhere, and take it back"),
        basis=Basis.INTEREST,
        person=("decided_by",),
        party=("party",),
        erasure=Erasure("delete"),
        kept="imports",
    ),
    PersonalData(
        model="transfer.ImportMapping",
        label=_("What the columns of files mean"),
        columns={"created_by": Category.TECHNICAL},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Bring in the next file of a source without asking again"),
        basis=Basis.INTEREST,
        person=("created_by",),
        erasure=Erasure("anonymise", {"created_by": None}),
        kept_words=_("As long as it is used"),
    ),
)
