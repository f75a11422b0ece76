"""What people are told of exports: that their file is there, that it is not, that somebody takes very much."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.exports.models import Export

FINISHED, FAILED, ALARM = "export.finished", "export.failed", "export.alarm"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("export", _seen)
    declare_kind(NoticeKind(FINISHED, gettext_lazy("My export is ready"), "download", _finished))
    declare_kind(NoticeKind(FAILED, gettext_lazy("My export did not work"), "circle-alert", _failed))
    declare_kind(
        NoticeKind(ALARM, gettext_lazy("Somebody takes very much out"), "triangle-alert", _alarm, by_mail=True)
    )


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Export.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", "file_name"))


def _finished(facts: Facts) -> str:
    return _("The file %(name)s is ready for seven days.") % {"name": facts.name}


def _failed(facts: Facts) -> str:
    return _("The file %(name)s could not be written.") % {"name": facts.name}


def _alarm(facts: Facts) -> str:
    """Of a token nobody is named: also its owner is told, and somebody else may have it."""
    rows = int(facts.data.get("rows", 0))
    if facts.data.get("by_token"):
        told = ngettext("A token has taken out %(n)s row in a day.", "A token has taken out %(n)s rows in a day.", rows)
        return told % {"n": rows}
    told = ngettext("%(who)s has taken out %(n)s row in a day.", "%(who)s has taken out %(n)s rows in a day.", rows)
    return told % {"who": facts.actor, "n": rows}
