"""Verbs about visitors: they begin, are recognised, are forgotten; links are made and opened."""

from filo.collaborative.visitors.services.beginning import begin_visit, forget, note_seen, set_history
from filo.collaborative.visitors.services.links import make_link, open_link, send_sign_in
from filo.collaborative.visitors.services.recognising import recognise, undo_recognition

__all__ = [
    "begin_visit",
    "forget",
    "make_link",
    "note_seen",
    "open_link",
    "recognise",
    "send_sign_in",
    "set_history",
    "undo_recognition",
]
