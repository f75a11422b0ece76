"""Cards as a table with the columns that address books export: E-mail 1 - Label, E-mail 1 - Value, Address 1 - City."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from filo.operational.transfer.cards.card import ADDRESS, Card, labelled
from filo.operational.transfer.unfolding import Part, Parts, Refused, Table

MOST_OF_A_KIND = 30
FIRST = ("Kind", "Name Prefix", "First Name", "Middle Name", "Last Name", "Name Suffix", "Full Name", "Nickname")
PLAIN = (
    *FIRST,
    "Organization Name",
    "Organization Department",
    "Organization Title",
    "Role",
    "Birthday",
    "Birthday without year",
    "Anniversary",
    "Gender",
    "Language",
    "Time zone",
    "Geo",
    "Labels",
    "Messengers",
    "Notes",
    "UID",
)


def write_cards(table: Table, cards: Callable[[], Iterable[Card]]) -> Parts:
    """Write the cards; they are gone through twice, so that never more than one is held. Raises `Refused`."""
    most: dict[str, int] = {}
    used: set[str] = set()
    count = 0
    for card in cards():
        count += 1
        used |= card.fields.keys()
        counts = [*((name, len(values)) for name, values in labelled(card)), ("Address", len(card.addresses))]
        most |= {name: max(most.get(name, 0), min(number, MOST_OF_A_KIND)) for name, number in counts}
    if not count:
        raise Refused("no-cards")
    plain = [name for name in PLAIN if name in used or name == "Full Name"]
    table.write([*plain, *_headers(most)])
    for card in cards():
        table.write([*(card.fields.get(name, "") for name in plain), *_cells(card, most)])
    return Parts((Part("", count),))


def _headers(most: dict[str, int]) -> Iterator[str]:
    for name, count in most.items():
        parts = ("Label", *ADDRESS) if name == "Address" else ("Label", "Value")
        for number in range(1, count + 1):
            yield from (f"{name} {number} - {part}" for part in parts)


def _cells(card: Card, most: dict[str, int]) -> Iterator[str]:
    for name, values in labelled(card):
        shown = values[: MOST_OF_A_KIND - 1] if len(values) > MOST_OF_A_KIND else values
        if len(shown) < len(values):
            shown = [*shown, ("", "; ".join(value for _label, value in values[MOST_OF_A_KIND - 1 :]))]
        for label, value in (*shown, *[("", "")] * (most[name] - len(shown))):
            yield from (label, value)
    addresses = [[label, *parts] for label, parts in card.addresses[: most["Address"]]]
    for cells in (*addresses, *[[""] * (len(ADDRESS) + 1)] * (most["Address"] - len(addresses))):
        yield from cells
