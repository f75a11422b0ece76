"""The composer on the card, the kinds on the timeline, the channel filter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.queries import also_read
from filo.foundation.organisation.founding import at_founding
from filo.foundation.organisation.models import Firm
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.interactions.agenda import declare_agenda
from filo.operational.interactions.changed import register_changes
from filo.operational.interactions.composer import call_shown, composer_context
from filo.operational.interactions.findable import declare_words
from filo.operational.interactions.models import CHANNELS, Outcome
from filo.operational.interactions.narrowing import declare_channels
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.queries import (
    calls_to_write_up,
    outcomes_by_channel,
    running_call,
    running_of_person,
    waiting_of_person,
)
from filo.operational.interactions.telling import declare_notices
from filo.operational.interactions.words import ICONS, sentence
from filo.operational.parties.commands import on_card
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.timeline_kinds import TimelineKind, register_channel
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    fill("parties.card.composer", _composer, place=10)
    fill("parties.timeline.filters", _outcome_filter, place=10)
    fill("shell.banner", _call_bar, place=60)
    fill("parties.card.more", _start_call, place=5)
    fill("home.main", _to_write_up, place=5)
    also_read("waiting_calls", waiting_of_person)
    also_read("call_now", running_of_person)
    at_founding(_ready_outcomes)
    declare_notices()
    register_changes()
    declare_channels()
    declare_agenda()
    declare_words()
    add_entry(
        "settings",
        Entry(
            "/settings/outcomes",
            "tag",
            _("Outcomes"),
            lambda principal: principal.may("settings", "view"),
            place=50,
            hint=_("How a call, a meeting, a letter can end"),
        ),
    )
    _add_commands()
    _add_call_command()
    for code, label in CHANNELS:
        register_channel(code, label)
        kind = TimelineKind(ICONS[code], sentence, _outcome_words, lambda entry: f"/interactions/{entry.reference_id}")
        register_kind(f"interaction.{code}", kind)


# What is composed on the card: its channel, what the command is called, more words for it, its key.
_COMPOSED = (
    ("call", _("Log a call"), "chiama chiamata telefona telefonata call phone", "c", 10),
    ("note", _("Write a note"), "nota appunto annota note", "n", 15),
    ("meeting", _("Log a meeting"), "incontro visita riunione appuntamento meeting visit", "", 25),
    ("letter", _("Log a letter"), "lettera posta raccomandata letter post", "", 30),
)


def _add_commands() -> None:
    for channel, label, words, key, place in _COMPOSED:
        add_command(
            Command(
                f"interaction.{channel}",
                label,
                ICONS[channel],
                on_card(f"#compose-{channel}"),
                lambda principal: principal.may("interaction", "create"),
                words=words,
                key=key,
                subject="party",
                place=place,
            )
        )


def _add_call_command() -> None:
    add_command(
        Command(
            "call.start",
            _("Start a call"),
            "phone-outgoing",
            on_card("/calls"),
            lambda principal: principal.may("interaction", "create"),
            words="inizia avvia telefonata cronometro timer start call",
            subject="party",
            sends=("direction", "out"),
            place=9,
        )
    )


def _call_bar(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    """The call that one is on, wherever one goes; an empty place where it will appear, for those who may call."""
    principal = principal_in(request)
    if principal is None or principal.viewed_by or not principal.may("interaction", "create"):
        return None
    running = running_call(principal) if getattr(request.user, "call_now", True) else None
    return "interactions/calls/_place.html", call_shown(principal, running)


def _start_call(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("interaction", "create") or not isinstance(party, Party):
        return None
    return "interactions/calls/_start.html", {"party": party}


def _to_write_up(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("interaction", "create"):
        return None
    waiting = calls_to_write_up(principal) if getattr(request.user, "waiting_calls", True) else []
    return "interactions/calls/_waiting.html", {"waiting": waiting}


def _ready_outcomes(_firm: Firm) -> None:
    make_ready_outcomes()


def _composer(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("interaction", "create") or not isinstance(party, Party):
        return None
    return "interactions/_composer.html", composer_context(party, None, outcomes=_outcomes(request))


def _outcome_filter(request: HttpRequest, asked: Any) -> tuple[str, dict[str, Any]] | None:
    seen = {outcome.code: outcome for found in _outcomes(request).values() for outcome in found}
    return "interactions/_outcome_filter.html", {"outcomes": list(seen.values()), "asked": asked}


def _outcomes(request: HttpRequest) -> dict[str, list[Outcome]]:
    """Read once, though two panels of a page show them."""
    if not hasattr(request, "outcomes"):
        request.outcomes = outcomes_by_channel()  # type: ignore[attr-defined]
    found: dict[str, list[Outcome]] = request.outcomes  # type: ignore[attr-defined]
    return found


def _outcome_words(entry: TimelineEntry) -> str:
    """As the outcome was called when it was chosen: its row keeps the words, so that a story needs no look-up."""
    words = entry.data.get("outcome", {})
    language = "en" if (get_language() or "it").startswith("en") else "it"
    return str(words.get(language) or entry.outcome)
