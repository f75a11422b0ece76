"""Address books as jCard (RFC 7095): one card, or a list of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from filo.operational.transfer.cards.card import Card, card_of
from filo.operational.transfer.cards.lines import Property
from filo.operational.transfer.cards.table import write_cards
from filo.operational.transfer.unfolding import Format, Head, Parts, Refused, Table


def _claims(head: Head) -> bool:
    return "".join(head.text[:40].split()).startswith(('["vcard",', '[["vcard",'))


def _unfold(path: Path, table: Table, _part: str) -> Parts:
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        raise Refused("broken-json") from None
    cards = [found] if found and found[0] == "vcard" else found
    return write_cards(table, lambda: map(_card, cards))


def _card(raw: Any) -> Card:
    try:
        return card_of([_property(*row) for row in raw[1]])
    except (IndexError, TypeError, ValueError, AttributeError):
        return Card()  # a row without a name, which is told when it is to come in


def _property(name: str, parameters: Any, _kind: str, *values: Any) -> Property:
    types = parameters.get("type", ())
    plain = {key: str(value) for key, value in parameters.items() if key not in ("type", "group")}
    first = values[0] if values else ""
    parts = tuple(_text(part) for part in (first if isinstance(first, list) else [first]))
    text = "; ".join(parts) if isinstance(first, list) else ", ".join(map(_text, values))
    kinds = tuple(kind.lower() for kind in ([types] if isinstance(types, str) else types))
    # The value is kept as a vCard escapes it, so that both are read by the same code.
    return Property(name.upper(), text.replace("\\", "\\\\"), str(parameters.get("group", "")), kinds, plain, parts)


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


FORMAT = Format("jcard", 30, _claims, _unfold)
