"""Verbs of the assistant: it is told something, learns it, notes what was shown."""

from filo.collaborative.assistant.services.learning import learn_from
from filo.collaborative.assistant.services.telling import note_ordered, note_proposed, note_section, tell_assistant

__all__ = ["learn_from", "note_ordered", "note_proposed", "note_section", "tell_assistant"]
