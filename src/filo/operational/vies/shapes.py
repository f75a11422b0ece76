"""What the API takes and gives about checks at VIES."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from filo.foundation.rest.schemas import Body, Shape


class VatStanding(Shape):
    """How the VAT number of a party stands at VIES. `state` is that of the last question, `valid` what the last answer
    was (null: none yet), with name and address as they were told then and the number that proves the consultation.
    `why_not` says why the last question has no answer. `differs`: what VIES tells otherwise than the card.
    """

    number: str
    state: Literal["none", "asking", "valid", "invalid", "unanswered"]
    valid: bool | None
    name: str
    address: str
    consultation: str
    asked_at: datetime | None
    answered_at: datetime | None
    why_not: str
    differs: list[Literal["name", "address"]]


class TakeOverBody(Body):
    """What of it the card takes over."""

    part: Literal["name", "address"]
