"""Reads about requests that pages, mail and jobs share."""

from filo.operational.service.numbers import numbers_in
from filo.operational.service.queries.finding import (
    family_of,
    kept_ticket,
    members_of,
    seen_ticket,
    status_link,
    ticket_by_link,
    ticket_by_number,
)

__all__ = [
    "family_of",
    "kept_ticket",
    "members_of",
    "numbers_in",
    "seen_ticket",
    "status_link",
    "ticket_by_link",
    "ticket_by_number",
]
