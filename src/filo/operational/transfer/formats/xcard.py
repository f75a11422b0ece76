"""Address books as xCard (RFC 6351), which is vCard 4.0 in XML."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from filo.operational.transfer.cards.card import Card, card_of
from filo.operational.transfer.cards.lines import Property
from filo.operational.transfer.cards.table import write_cards
from filo.operational.transfer.unfolding import Format, Head, Parts, Refused, Table

NAMES: dict[str, tuple[str, ...]] = {"n": ("surname", "given", "additional", "prefix", "suffix")}
NAMES["adr"] = ("pobox", "ext", "street", "locality", "region", "code", "country")


def _claims(head: Head) -> bool:
    return head.text.startswith("<") and "<vcards" in head.text


def _unfold(path: Path, table: Table, _part: str) -> Parts:
    try:
        # This parser fetches nothing from outside; entities within entities end at its own limits and the process's.
        root = ElementTree.parse(path).getroot()  # noqa: S314
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Refused("broken-xml") from None
    cards = [found for found in root.iter() if _name(found) == "vcard"]
    return write_cards(table, lambda: map(_card, cards))


def _card(element: ElementTree.Element) -> Card:
    return card_of([_property(found) for group in element for found in (group if _name(group) == "group" else [group])])


def _property(element: ElementTree.Element) -> Property:
    parameters: dict[str, str] = {}
    types: tuple[str, ...] = ()
    inner = [found for found in element if _name(found) != "parameters"]
    for found in (parameter for row in element if _name(row) == "parameters" for parameter in row):
        texts = [(value.text or "").strip().lower() for value in found]
        if _name(found) == "type":
            types = tuple(texts)
        else:
            parameters[_name(found)] = ", ".join(texts)
    names = NAMES.get(_name(element))
    parts = tuple(
        ", ".join((found.text or "").strip() for found in inner if _name(found) == name) for name in names or ()
    )
    texts = [" ".join((found.text or "").split()) if names else (found.text or "").strip() for found in inner]
    text = ", ".join(filter(None, texts)).replace("\\", "\\\\")
    return Property(_name(element).upper(), text, "", types, parameters, parts or tuple(filter(None, texts)))


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


FORMAT = Format("xcard", 31, _claims, _unfold)
