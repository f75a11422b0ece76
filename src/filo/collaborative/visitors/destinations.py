"""Where a personal link leads: higher apps say it for their purpose."""

from __future__ import annotations

from collections.abc import Callable

from filo.collaborative.visitors.models import PersonalLink

Destination = Callable[[PersonalLink], str]
_destinations: dict[str, Destination] = {}


def lead(purpose: str, destination: Destination) -> None:
    """Links of this purpose lead there; the address is one of ours."""
    _destinations[purpose] = destination


def destination_of(link: PersonalLink) -> str:
    """The page that a link opens once its browser is recognised."""
    found = _destinations.get(link.purpose)
    return found(link) if found else "/p/"
