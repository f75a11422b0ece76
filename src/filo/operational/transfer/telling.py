"""What people are told of imports they started: that a file is in, or is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.transfer.models import ImportBatch

FINISHED, FAILED = "import.finished", "import.failed"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("import", _seen)
    declare_kind(NoticeKind(FINISHED, gettext_lazy("My import is done"), "upload", _finished))
    declare_kind(NoticeKind(FAILED, gettext_lazy("My import did not work"), "circle-alert", _failed, by_mail=True))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(ImportBatch.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", "file_name"))


def _finished(facts: Facts) -> str:
    rejected = int(facts.data.get("rejected", 0))
    if not rejected:
        return _("The file %(name)s is in.") % {"name": facts.name}
    told = ngettext(
        "The file %(name)s is in; %(n)s row was rejected.",
        "The file %(name)s is in; %(n)s rows were rejected.",
        rejected,
    )
    return told % {"name": facts.name, "n": rejected}


def _failed(facts: Facts) -> str:
    return _("The file %(name)s could not be brought in to its end.") % {"name": facts.name}
