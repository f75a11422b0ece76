"""Facts in what customers write become part of their profile, with the words and where they stand."""

from __future__ import annotations

from uuid import UUID

from filo.collaborative.assistant.queries.topics import topic_of
from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields
from filo.operational.parties.models import Party
from filo.operational.profile.reading import traits_in
from filo.operational.profile.services.learning import learn

READER = system("assistant")
OF_TOPIC = 0.6


def learn_from(party: Party, text: str, *, language: str, source: str, about: tuple[str, UUID], topic: bool) -> None:
    """Keep what a text says of its writer; `topic`: also what he looks for in the shop."""
    for found in traits_in(text, language):
        _learn(party, found.kind, found.value, source, found.confidence, found.said, about)
    if topic and (words := topic_of(text).words):
        _learn(party, "topics", words, source, OF_TOPIC, text, about)


def _learn(
    party: Party, kind: str, value: str, source: str, confidence: float, said: str, about: tuple[str, UUID]
) -> None:
    try:
        learn(READER, party, kind, value, source=source, confidence=confidence, said=said, about=about)
    except InvalidFields:  # a kind that the firm has taken away, or a value that it does not have
        return
