"""Verbs about quotes."""

from filo.operational.quotes.services.answering import Evidence, accept_quote, ask_about_quote, reject_quote
from filo.operational.quotes.services.approving import ask_for_approval, stop_asking
from filo.operational.quotes.services.drafting import copy_quote, draft_quote, new_version
from filo.operational.quotes.services.ending import bring_back, discard_draft, withdraw_quote
from filo.operational.quotes.services.sending import send_quote
from filo.operational.quotes.services.winning import win_with_quote
from filo.operational.quotes.services.writing import change_quote, reprice, write_lines

__all__ = [
    "Evidence",
    "accept_quote",
    "ask_about_quote",
    "ask_for_approval",
    "bring_back",
    "change_quote",
    "copy_quote",
    "discard_draft",
    "draft_quote",
    "new_version",
    "reject_quote",
    "reprice",
    "send_quote",
    "stop_asking",
    "win_with_quote",
    "withdraw_quote",
    "write_lines",
]
