"""Outcomes: those that every firm starts with, and the verbs by which it makes them its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.operational.interactions.models import CHANNELS, MEANINGS, Outcome

# channel: (code, Italian, English, what it means to the rules that move the stage)
READY: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    "call": (
        ("spoken", "Parlato", "Spoken", ""),
        ("interested", "Interessato", "Interested", "interest"),
        ("wants-offer", "Chiede un’offerta", "Asks for an offer", "offer"),
        ("call-back", "Da richiamare", "To be called back", ""),
        ("no-answer", "Non risponde", "No answer", "unreached"),
        ("not-interested", "Non interessato", "Not interested", ""),
    ),
    "meeting": (
        ("held", "Incontro avvenuto", "Meeting held", ""),
        ("interested", "Interessato", "Interested", "interest"),
        ("wants-offer", "Chiede un’offerta", "Asks for an offer", "offer"),
        ("postponed", "Rinviato", "Postponed", "unreached"),
        ("not-interested", "Non interessato", "Not interested", ""),
    ),
    "letter": (
        ("sent", "Inviata", "Sent", ""),
        ("answered", "Risposta ricevuta", "Answered", ""),
        ("wants-offer", "Chiede un’offerta", "Asks for an offer", "offer"),
        ("returned", "Tornata al mittente", "Returned to sender", "unreached"),
    ),
}


def make_ready_outcomes() -> dict[tuple[str, str], Outcome]:
    """The ready outcomes by channel and code, made where they are missing; what the firm changed stays."""
    with transaction.atomic():
        kept = set(Outcome.objects.values_list("channel", "code"))
        Outcome.objects.bulk_create(
            Outcome(channel=channel, code=code, label_it=it, label_en=en, means=means, position=place)
            for channel, rows in READY.items()
            for place, (code, it, en, means) in enumerate(rows, start=1)
            if (channel, code) not in kept
        )
    return {(found.channel, found.code): found for found in Outcome.objects.all()}


def add_outcome(principal: Principal, *, channel: str, label_it: str, label_en: str, means: str = "") -> Outcome:
    """One more way in which interactions of a channel can end. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    _check(channel=channel, label_it=label_it, means=means)
    with transaction.atomic():
        found = Outcome.objects.create(
            channel=channel,
            code=_free_code(channel, label_en or label_it),
            label_it=label_it,
            label_en=label_en or label_it,
            means=means,
            position=Outcome.objects.filter(channel=channel).count() + 1,
        )
        changes = {"channel": (None, channel), "label_it": (None, label_it)}
        record(principal, "outcome.add", kind="outcome", object_id=found.id, changes=changes)
    return found


def edit_outcome(
    principal: Principal, outcome: Outcome, *, label_it: str, label_en: str, means: str, active: bool
) -> Outcome:
    """Change its words, its meaning, or put it out of use; what was logged with it stays."""
    principal.require("settings", "edit")
    _check(channel=outcome.channel, label_it=label_it, means=means)
    wanted = {"label_it": label_it, "label_en": label_en or label_it, "means": means, "active": active}
    with transaction.atomic():
        locked = Outcome.objects.select_for_update().get(pk=outcome.pk)
        changes = {name: (getattr(locked, name), value) for name, value in wanted.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        for name, value in wanted.items():
            setattr(locked, name, value)
        locked.save()
        record(principal, "outcome.edit", kind="outcome", object_id=locked.id, changes=changes)
    return locked


def _check(*, channel: str, label_it: str, means: str) -> None:
    problems = {}
    if channel not in dict(CHANNELS):
        problems["channel"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(CHANNELS))}
    if not label_it.strip():
        problems["label_it"] = _("An outcome needs a name.")
    if means not in dict(MEANINGS):
        problems["means"] = _("Choose one of: %(names)s.") % {"names": ", ".join(filter(None, dict(MEANINGS)))}
    if problems:
        raise InvalidFields(problems)


def _free_code(channel: str, wanted: str) -> str:
    base = slugify(wanted)[:30] or "x"
    taken = set(Outcome.objects.filter(channel=channel).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)
