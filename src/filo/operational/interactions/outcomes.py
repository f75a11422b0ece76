"""The outcomes that every firm starts with; it adds its own in the settings."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from filo.operational.interactions.models import Outcome

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
