"""Verbs about requests."""

from filo.operational.service.services.asking import say_on_page, want_person
from filo.operational.service.services.complaints import describe_complaint
from filo.operational.service.services.hearing import note_answer, note_customer_wrote
from filo.operational.service.services.macros import apply_macro, save_macro
from filo.operational.service.services.merging import merge_tickets, part_tickets
from filo.operational.service.services.opening import open_ticket
from filo.operational.service.services.surveys import ask_customers, give_satisfaction
from filo.operational.service.services.warning import warn_of_promises
from filo.operational.service.services.working import (
    add_ticket_note,
    assign_ticket,
    change_ticket,
    set_ticket_party,
    set_ticket_state,
)

__all__ = [
    "add_ticket_note",
    "apply_macro",
    "ask_customers",
    "assign_ticket",
    "change_ticket",
    "describe_complaint",
    "give_satisfaction",
    "merge_tickets",
    "note_answer",
    "note_customer_wrote",
    "open_ticket",
    "part_tickets",
    "save_macro",
    "say_on_page",
    "set_ticket_party",
    "set_ticket_state",
    "want_person",
    "warn_of_promises",
]
