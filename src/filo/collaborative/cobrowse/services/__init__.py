"""Verbs: ask to look together, agree, stop; show a page; share a form, fill it in, send it."""

from filo.collaborative.cobrowse.services.forms import change_field, close_form, send_form, share_form
from filo.collaborative.cobrowse.services.looking import agree, ask_to_look, end_of_chat, note_page, refuse, stop
from filo.collaborative.cobrowse.services.showing import note_arrival, show_page

__all__ = [
    "agree",
    "ask_to_look",
    "change_field",
    "close_form",
    "end_of_chat",
    "note_arrival",
    "note_page",
    "refuse",
    "send_form",
    "share_form",
    "show_page",
    "stop",
]
