"""What every exchange does, and how the house finds it.

A kind is a folder beside this file with a module `provider.py` that holds `PROVIDER`. It knows neither requests nor
rows: it is given plain values and gives plain values, so that a new kind is a copy of a folder.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol

from django.utils.functional import Promise

from filo.foundation import egress
from filo.foundation.errors import DomainError

Step = Literal["ringing", "answered", "ended"]


@dataclass(frozen=True)
class Exchange:
    """With what it is spoken to; the secret is unsealed. number: ours."""

    base: str = ""
    account: str = ""
    secret: str = ""
    number: str = ""


@dataclass(frozen=True)
class Message:
    """What came to our door. url: the whole address that was called, as the world calls it."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    now: datetime


@dataclass(frozen=True)
class News:
    """One step of a call; told twice, it counts once. call: as the exchange calls it. number: the customer's, as it was
    sent; empty: withheld. extension: of the colleague it is about, where one is named.
    """

    call: str
    step: Step
    at: datetime
    direction: Literal["in", "out"]
    number: str = ""
    extension: str = ""
    recording: str = ""


@dataclass(frozen=True)
class Wish:
    """A call that a colleague wants: his telephone rings first, then the customer's. reference: ours."""

    number: str
    extension: str
    reference: str
    hook: str


class Forged(Exception):
    """The message is not its: `reason` is a stable word for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ExchangeFailed(Exception):
    """It did not do what was asked; `reason` is what it said, for colleagues."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Provider(Protocol):
    """One kind."""

    code: str
    label: str | Promise

    def read(self, exchange: Exchange, message: Message) -> Sequence[News]:
        """What a message says, once it is known to be the exchange's. Raises `Forged`."""

    def answer(self, news: Sequence[News], extensions: Sequence[str], hook: str) -> tuple[str, str]:
        """What the exchange is answered (its type, its text): for some it says which telephones are to ring."""

    def place(self, exchange: Exchange, wish: Wish) -> str:
        """Have a call made; gives the exchange's name for it. Raises `ExchangeFailed`."""


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


def post(url: str, *, headers: Mapping[str, str], content: bytes) -> bytes:
    """Post once, through the one way out of the house. Raises `ExchangeFailed`."""
    try:
        found = egress.call("POST", url, headers=headers, content=content)
    except DomainError as error:
        raise ExchangeFailed(str(error)) from error
    if found.status >= 400:
        raise ExchangeFailed(f"HTTP {found.status}")
    return found.body
