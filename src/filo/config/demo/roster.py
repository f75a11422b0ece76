"""What the demo knows of a customer before it is brought in: plain values, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Tie:
    """What a customer is to one of our companies; people are named by their mailboxes."""

    company: str
    line: str = ""
    channel: str = ""
    owner: str = ""
    members: tuple[str, ...] = ()
    stage: str = ""


@dataclass(frozen=True)
class Guest:
    """One party: its facts as `clean_party` takes them, and what it is to us (nothing for a mere contact)."""

    facts: Facts
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Link:
    """Who is what to whom among the guests of a household, by their places in it; since a year, if known."""

    who: int
    to: int
    role: str
    job_title: str = ""
    since: int | None = None


@dataclass(frozen=True)
class Household:
    """A firm with its contacts, a family, a group of firms: parties that arrive together.

    `plot` names the kind of story (none for those who are only imported); `days` ago they arrived; `who` is
    how colleagues call the one they speak with.
    """

    guests: tuple[Guest, ...]
    area: str
    links: tuple[Link, ...] = ()
    plot: str = ""
    days: int = 0
    who: str = ""

    @property
    def head(self) -> Guest:
        """The one the story is about."""
        return self.guests[0]
