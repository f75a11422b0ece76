"""Verbs of chats: begun, offered, taken, said in, passed on, ended; desks are opened and closed."""

from filo.collaborative.chat.services.beginning import Opening, begin_chat
from filo.collaborative.chat.services.calling import note_called, wish_call
from filo.collaborative.chat.services.desks import beat, set_desk
from filo.collaborative.chat.services.ending import end_chat, end_silent, mail_transcript
from filo.collaborative.chat.services.routing import offer_again, pass_chat, take_chat
from filo.collaborative.chat.services.saying import customer_says, note_read, note_typing, operator_says

__all__ = [
    "Opening",
    "beat",
    "begin_chat",
    "customer_says",
    "end_chat",
    "end_silent",
    "mail_transcript",
    "note_called",
    "note_read",
    "note_typing",
    "offer_again",
    "operator_says",
    "pass_chat",
    "set_desk",
    "take_chat",
    "wish_call",
]
