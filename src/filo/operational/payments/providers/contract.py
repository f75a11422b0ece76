"""What every provider does, and how the house finds it.

A kind is a folder beside this file with a module `provider.py` that holds `PROVIDER`. It knows neither requests nor
rows: it is given plain values and gives plain values, so that a new kind is a copy of a folder.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol

from django.utils.functional import Promise

Outcome = Literal[
    "pending", "failed", "succeeded", "refunded", "refund-begun", "refund-done", "refund-failed", "unheard"
]


@dataclass(frozen=True)
class Account:
    """With what he is spoken to; keys are unsealed."""

    base: str = ""
    secret_key: str = ""
    webhook_secret: str = ""
    iban: str = ""
    holder: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is to be paid. reference: ours, which he says again in every message."""

    reference: str
    label: str
    amount: Decimal
    currency: str
    return_url: str
    cancel_url: str
    language: str = "it"


@dataclass(frozen=True)
class Started:
    """Where the customer goes to pay (empty: nowhere, `words` say what to do), and how the provider calls it."""

    redirect: str = ""
    provider_ref: str = ""
    words: Sequence[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Said:
    """One message. reference, provider_ref, intent: by which of them the payment is found. refunded: in all. refund,
    refund_ref: of which refund it speaks, by the key with which it was asked for and as the provider calls it; `amount`
    is then how much it is.
    """

    event_id: str
    type: str
    at: datetime
    outcome: Outcome
    reference: str = ""
    provider_ref: str = ""
    intent: str = ""
    amount: Decimal | None = None
    currency: str = ""
    refunded: Decimal | None = None
    refund: str = ""
    refund_ref: str = ""
    failure: str = ""


@dataclass(frozen=True)
class GivenBack:
    """What the provider said to a refund."""

    provider_ref: str
    state: Literal["begun", "done", "failed"]
    failure: str = ""


class Forged(Exception):
    """The message is not his: `reason` is a stable word for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProviderFailed(Exception):
    """He did not do what was asked; `reason` is what he said, for colleagues. unsure: perhaps he did: his answer was
    lost, or says nothing of it. Then he is asked again with the same key.
    """

    def __init__(self, reason: str, *, unsure: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.unsure = reason, unsure


class Provider(Protocol):
    """One kind. method: as what its payments are written down."""

    code: str
    label: str | Promise
    method: str
    has_webhooks: bool

    def start(self, account: Account, wanted: Wanted) -> Started:
        """Begin a payment; asked twice with one reference, it is begun once. Raises `ProviderFailed`."""

    def expire(self, account: Account, provider_ref: str) -> None:
        """What was begun takes no money any more. Raises `ProviderFailed`, also where it has ended already."""

    def read_webhook(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Said]:
        """What a message says, once it is known to be his. headers: in small letters. Raises `Forged`."""

    def reread(self, body: bytes) -> Sequence[Said]:
        """What a message says that was known to be his when it came. Raises `Forged` for what is unreadable."""

    def refund(self, account: Account, *, intent: str, amount: Decimal, currency: str, key: str) -> GivenBack:
        """Give money back; asked twice with one key, once. Raises `ProviderFailed`."""


@cache
def providers() -> dict[str, Provider]:
    """Every kind, by its code."""
    found = {}
    here = Path(__file__).parent
    for module in sorted(pkgutil.iter_modules([str(here)]), key=lambda one: one.name):
        if module.ispkg:
            one: Provider = import_module(f"{__package__}.{module.name}.provider").PROVIDER
            found[one.code] = one
    return found
