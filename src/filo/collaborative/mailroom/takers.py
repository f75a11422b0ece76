"""Who takes mails further: higher topics register here when the program starts, each kind of mail has one taker."""

from __future__ import annotations

from collections.abc import Callable

from filo.collaborative.mailroom.models import IncomingMail
from filo.collaborative.mailroom.reading.parsed import Bounce, ParsedMail
from filo.foundation.mail.models import OutgoingMail

Taker = Callable[[IncomingMail, ParsedMail], None]
FailureTaker = Callable[[OutgoingMail, Bounce, IncomingMail], None]

_takers: dict[str, Taker] = {}
_of_failures: list[FailureTaker] = []


def take(*kinds: str, by: Taker) -> None:
    """Have mails of these kinds taken in by a function.

    It is called once for each mail, in the transaction that notes that it is taken in; what it raises takes
    everything back, and it is called again, three times at most, before the mail is put aside.
    """
    _takers.update(dict.fromkeys(kinds, by))


def taker_of(kind: str) -> Taker | None:
    """Who takes mails of a kind; None when nobody does, and it is only kept."""
    return _takers.get(kind)


def hear_of_failures(by: FailureTaker) -> None:
    """Have a function told of each mail of ours that came back, in the transaction that notes it."""
    if by not in _of_failures:
        _of_failures.append(by)


def tell_of_failure(mail: OutgoingMail, bounce: Bounce, incoming: IncomingMail) -> None:
    """Tell all who want to know that a mail of ours came back."""
    for hears in _of_failures:
        hears(mail, bounce, incoming)
