"""What notices hold about people, and for how long."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.keeping import Held, KeptKind, deleted, keep
from filo.foundation.notices.models import Notice
from filo.foundation.notices.services.reading import KEPT_READ
from filo.foundation.personal import Basis, Category, PersonalData, Whose, declare


def _read() -> QuerySet[Notice]:
    return Notice.objects.exclude(read_at=None)


def _held(held: Held) -> Q:
    return Q(person__in=held.people) | Q(subject_id__in=held.parties)


keep(
    KeptKind(
        code="notices",
        label=_("Notices that were read"),
        what_goes=_("That somebody was told of something"),
        rows=_read,
        moment="read_at",
        purge=deleted(_read),
        held=_held,
        house_days=KEPT_READ.days,
    )
)
declare(
    PersonalData(
        model="notices.Notice",
        label=_("Notices"),
        columns={
            "person": Category.TECHNICAL,
            "actor": Category.IDENTITY,
            "kind": Category.BEHAVIOUR,
            "subject_id": Category.TECHNICAL,
            "data": Category.TECHNICAL,
            "read_at": Category.BEHAVIOUR,
        },
        whose=(Whose.COLLEAGUE, Whose.CUSTOMER),
        purpose=_("Tell people of what concerns them"),
        basis=Basis.INTEREST,
        party=("subject_id",),
        person=("person", "actor"),
        kept="notices",
    ),
    PersonalData(
        model="notices.NoticeChoice",
        label=_("What somebody wants to be told by mail and in browsers"),
        columns={"kind": Category.BEHAVIOUR, "by_mail": Category.BEHAVIOUR, "by_browser": Category.BEHAVIOUR},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Tell people of what concerns them"),
        basis=Basis.INTEREST,
        person=("person",),
        kept_words=_("As long as somebody works here"),
    ),
    PersonalData(
        model="notices.NoticeRhythm",
        label=_("When somebody wants to be left in peace"),
        columns={"quiet_from": Category.BEHAVIOUR, "quiet_until": Category.BEHAVIOUR, "digest": Category.BEHAVIOUR},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Tell people of what concerns them"),
        basis=Basis.INTEREST,
        person=("person",),
        kept_words=_("As long as somebody works here"),
    ),
    PersonalData(
        model="notices.Browser",
        label=_("Browsers that show notices"),
        columns={
            "endpoint": Category.TECHNICAL,
            "label": Category.TECHNICAL,
            "reached_at": Category.BEHAVIOUR,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("Tell people of what concerns them"),
        basis=Basis.INTEREST,
        person=("person",),
        kept_words=_("Until it is taken back, or its push service says that it is gone"),
    ),
)
