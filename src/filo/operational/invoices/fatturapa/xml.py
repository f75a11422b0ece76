"""XML of strangers: no entities, no network, no more than a size and a depth; found by the names of elements alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from lxml import etree

from filo.operational.invoices.fatturapa.errors import Unreadable

# The exchange takes 5 MB, certified mail 30.
MOST_BYTES = 30 * 1024 * 1024
MOST_DEPTH = 24
MOST_ELEMENTS = 500_000
# No sum of an invoice has more than eleven digits before the point (*Specifiche tecniche*, Amount8DecimalType), and no
# price that is kept more than ten.
MOST, MOST_PRICE = Decimal("1e11"), Decimal("1e10")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node:
    """An element that is asked by names, whatever their namespace and prefix."""

    __slots__ = ("element",)

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    @property
    def name(self) -> str:
        return etree.QName(self.element).localname

    def nodes(self, path: str) -> list[Node]:
        """All elements at a path such as `DatiGenerali/DatiDDT`."""
        found = [self]
        for step in path.split("/"):
            found = [Node(child) for one in found for child in one.element if _is(child, step)]
        return found

    def node(self, path: str) -> Node | None:
        return next(iter(self.nodes(path)), None)

    def text(self, path: str = "") -> str:
        """What stands there, without the white space around it; nothing where there is nothing."""
        found = self.node(path) if path else self
        return " ".join((found.element.text or "").split()) if found else ""

    def number(self, path: str, *, below: Decimal = MOST) -> Decimal | None:
        """A sum, in digits with a point (a comma is taken for one). Raises `Unreadable`."""
        told = self.text(path)
        if not told:
            return None
        try:
            found = Decimal(told.replace(",", ".") if "." not in told else told)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or abs(found) >= below:
            raise Unreadable(_("In %(field)s stands “%(text)s”, which is no number.") % self._named(path, told))
        return found

    def rate(self, path: str) -> Decimal | None:
        """A percentage between 0 and 100. Raises `Unreadable`."""
        found = self.number(path)
        if found is not None and not 0 <= found <= 100:
            told = self._named(path, self.text(path))
            raise Unreadable(_("In %(field)s stands “%(text)s”, which is no percentage.") % told)
        return found

    def day(self, path: str) -> date | None:
        """A day as 2026-12-31, with or without a time or a zone behind it. Raises `Unreadable`."""
        told = self.text(path)
        if not told:
            return None
        try:
            return date.fromisoformat(told[:10])
        except ValueError:
            raise Unreadable(_("In %(field)s stands “%(text)s”, which is no day.") % self._named(path, told)) from None

    def _named(self, path: str, told: str) -> dict[str, str]:
        return {"field": path.rpartition("/")[2], "text": told[:40]}


def _is(child: etree._Element, name: str) -> bool:
    return etree.QName(child).localname == name


def parsed(content: bytes) -> tuple[Node, bool]:
    """The root of what is read, and whether its letters had to be mended. Raises `Unreadable`."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is larger than %(most)s MB.") % {"most": MOST_BYTES >> 20})
    try:
        return _checked(_root(content)), False
    except etree.XMLSyntaxError as first:
        mended = _mended(content)
        try:
            return _checked(_root(mended)), True
        except etree.XMLSyntaxError:
            told = {"error": (first.msg or "")[:120]}
            raise Unreadable(_("This file is not well-formed XML: %(error)s") % told) from None


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def _checked(root: etree._Element) -> Node:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_("This file brings definitions of its own (DOCTYPE), which are not taken from strangers."))
    for count, element in enumerate(root.iter()):
        if count > MOST_ELEMENTS or not isinstance(element.tag, str):
            raise Unreadable(_("This file is too long or holds what no invoice holds."))
    if _depth(root) > MOST_DEPTH:
        raise Unreadable(_("This file is nested deeper than any invoice."))
    return Node(root)


def _depth(root: etree._Element) -> int:
    deepest, level, now = 1, [root], 1
    while level and now <= MOST_DEPTH + 1:
        deepest = now
        level = [child for one in level for child in one]
        now += 1
    return deepest


def _mended(content: bytes) -> bytes:
    """Letters in another encoding than it is said, signs that XML forbids, and what stands before and behind it."""
    start, end = content.find(b"<"), content.rfind(b">")
    body = content[start : end + 1] if start >= 0 else content
    declared = _DECLARED.match(body)
    names = [declared.group(1).decode("ascii")] if declared else []
    text = ""
    for name in (*names, "utf-8", "cp1252", "latin-1"):
        try:
            text = body.decode(name)
            break
        except (LookupError, UnicodeDecodeError):
            continue
    text = re.sub(r"^<\?xml[^>]*\?>", "", text)
    return _FORBIDDEN.sub(" ", text).strip().encode()
