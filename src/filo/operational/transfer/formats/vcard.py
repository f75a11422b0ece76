"""Address books as vCard 2.1, 3.0 and 4.0: one card or thousands, of any telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from filo.operational.transfer.cards.card import Card, card_of
from filo.operational.transfer.cards.lines import cards_in
from filo.operational.transfer.cards.table import write_cards
from filo.operational.transfer.unfolding import Format, Head, Parts, Table


def _claims(head: Head) -> bool:
    return head.text.startswith("begin:vcard")


def _unfold(path: Path, table: Table, _part: str) -> Parts:
    def cards() -> Iterator[Card]:
        with path.open("rb") as file:
            for properties in cards_in(file):
                yield card_of(properties)

    return write_cards(table, cards)


FORMAT = Format("vcard", 20, _claims, _unfold)
