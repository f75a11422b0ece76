"""The telephone on the pages of others: what rings, how numbers are dialled, the rail, the settings, the story."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.collaborative.telephony.changed import register_changes
from filo.collaborative.telephony.models import PhoneCall
from filo.collaborative.telephony.queries.exchanges import has_lines, way_of_person
from filo.collaborative.telephony.templatetags.telephony import spoken
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import also_read
from filo.foundation.organisation.policies import finds_settings
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.interactions.models import Interaction
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def _telephones(principal: Principal) -> bool:
    return principal.may("interaction", "create")


def register() -> None:
    """Called once, when the program starts."""
    register_changes()
    also_read("phone_way", way_of_person)
    also_read("has_phone_lines", has_lines)
    fill("shell.banner", _place, place=59)
    add_entry("rail", Entry("/phone", "phone", gettext_lazy("Telephone"), _telephones, place=32, key="g u"))
    add_entry(
        "settings",
        Entry(
            "/settings/telephony",
            "phone-call",
            gettext_lazy("Telephone"),
            finds_settings,
            place=55,
            hint=gettext_lazy("Exchanges, extensions, who is shown when it rings"),
        ),
    )
    add_command(
        Command(
            "phone.mine",
            gettext_lazy("My telephone"),
            "phone-call",
            "/phone/mine",
            _telephones,
            words="interno telefono centralino extension sip voip",
            place=70,
        )
    )
    fill("interactions.page", _recording, place=50)
    register_kind("phone.spoken-in", TimelineKind("phone-incoming", _spoken_in))
    register_kind("phone.spoken-out", TimelineKind("phone-outgoing", _spoken_out))
    register_kind("phone.missed-in", TimelineKind("phone-incoming", lambda _entry: _("called, and nobody answered")))
    register_kind("phone.missed-out", TimelineKind("phone-outgoing", lambda _entry: _("called, without an answer")))


def _spoken_in(entry: TimelineEntry) -> str:
    return _("called, and spoke with us for %(time)s") % {"time": spoken(entry.data.get("seconds") or 0)}


def _spoken_out(entry: TimelineEntry) -> str:
    return _("called and spoke for %(time)s") % {"time": spoken(entry.data.get("seconds") or 0)}


def _recording(request: HttpRequest, interaction: Any) -> tuple[str, dict[str, Any]] | None:
    """Beside what was written up of a call: where it can be listened to."""
    principal = principal_in(request)
    if principal is None or not isinstance(interaction, Interaction) or interaction.channel != "call":
        return None
    found = (
        PhoneCall.objects.visible_to(principal).filter(call__interaction=interaction.pk).exclude(recording="").first()
    )
    return ("telephony/_recording.html", {"call": found}) if found else None


def _place(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    """Where a call appears, for whoever may have one: where there is no exchange only how numbers are dialled."""
    principal = principal_in(request)
    if principal is None or principal.viewed_by or not _telephones(principal):
        return None
    way = getattr(request.user, "phone_way", None) or "tel"
    return "telephony/_place.html", {"way": way, "rings": getattr(request.user, "has_phone_lines", False)}
