"""XML of strangers: no entities, no network, no more than a size and a depth; found by the names of elements alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml import etree

from filo.operational.invoices.fatturapa.errors import Unreadable

AS_WINDOWS = gettext_lazy("The letters in this file were not in the encoding it names; they were read as Windows text.")
AS_UTF8 = gettext_lazy("The letters in this file were not in the encoding it names; they were read as UTF-8.")
DEFINES = gettext_lazy("This file brings definitions of its own (DOCTYPE), which are not taken from strangers.")
LEFT_OUT = gettext_lazy("This file holds signs that no XML may hold, or more than the invoice; they were left out.")
# The exchange takes 5 MB, certified mail 30.
MOST_BYTES = 30 * 1024 * 1024
MOST_DEPTH = 24
MOST_ELEMENTS = 500_000
# No sum of an invoice has more than eleven digits before the point (*Specifiche tecniche*, Amount8DecimalType), and no
# price that is kept more than ten.
MOST, MOST_PRICE = Decimal("1e11"), Decimal("1e10")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
# What may stand before the first element. A comment ends at the first mark of its end: were that left open, many
# comments could be read in very many ways.
BEFORE_ALL = rb"[\xef\xbb\xbf\s]*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_PAGE = re.compile(BEFORE_ALL + rb"<(?:!doctype\s+)?html[\s>]", re.IGNORECASE | re.DOTALL)
# In these a sign of ASCII is the byte that it always is: what a definition (DOCTYPE) begins with is found in them.
_LIKE_ASCII = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii", b"windows-1252", b"iso-8859-1", b"iso-8859-15"))
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node:
    """An element that is asked by names, whatever their namespace and prefix."""

    __slots__ = ("element",)

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    @property
    def name(self) -> str:
        return _local(self.element)

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
    return _local(child) == name


def _local(element: etree._Element) -> str:
    """Its name without namespace, and without a prefix that stands for none."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def parsed(content: bytes) -> tuple[Node, object]:
    """The root of what is read, and what had to be done to read it, in a sentence. Raises `Unreadable`."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is larger than %(most)s MB.") % {"most": MOST_BYTES >> 20})
    if _PAGE.match(content[:2000]):
        raise Unreadable(
            _("This is a web page, not an invoice: download the file of the invoice itself (XML) from there.")
        )
    # What stands before the declaration is nothing (a blank line, the mark of UTF-8), and XML forbids it all the same.
    content, told = _as_utf8(content.lstrip(_BEFORE))
    try:
        return _checked(_root(content)), told
    except etree.XMLSyntaxError as first:
        _refuse_definitions(content)
        if (found := _in_spite_of(first, content)) is not None:
            return _checked(found), told
        mended, told = _mended(content)
        try:
            return _checked(_root(mended)), told
        except etree.XMLSyntaxError:
            raise _damaged(first, content) from None


def _damaged(error: etree.XMLSyntaxError, content: bytes) -> Unreadable:
    if b"<" not in content:
        return Unreadable(_("This file is no XML, so that it holds no invoice."))
    told = {"line": error.lineno or 1, "error": (error.msg or "")[:120]}
    sentence = _("This file is damaged or cut short at line %(line)s: ask whoever sent it for it again (%(error)s).")
    return Unreadable(sentence % told)


def _is_like_ascii(content: bytes) -> bool:
    """Whether nothing but the bytes of `<!DOCTYPE` can be a definition in it."""
    declared = _DECLARED.match(content)
    return (
        content.lstrip()[:1] == b"<"
        and b"\0" not in content
        and (not declared or declared.group(1).lower() in _LIKE_ASCII)
    )


def _refuse_definitions(content: bytes) -> None:
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise Unreadable(DEFINES)


def _parser(*, lenient: bool = False, huge: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=huge,
        recover=lenient,
        remove_comments=True,
        remove_pis=True,
    )


def _root(content: bytes) -> etree._Element:
    return etree.fromstring(content, _parser())


def _in_spite_of(error: etree.XMLSyntaxError, content: bytes) -> etree._Element | None:
    """The root where nothing is wrong but namespaces, which are not looked at anyway, or a long attachment.

    Without definitions (DOCTYPE), so that nothing is unfolded where the library's limits are lifted: what is in an
    encoding in which they could hide keeps to the limits.
    """
    parser = _parser(lenient=True, huge=_is_like_ascii(content) and "text node" in (error.msg or "").lower())
    found = etree.fromstring(content, parser)
    domains = {one.domain for one in parser.error_log}
    return found if found is not None and domains <= {etree.ErrorDomains.NAMESPACE} else None


def _checked(root: etree._Element) -> Node:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(DEFINES)
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


def _as_utf8(content: bytes) -> tuple[bytes, object]:
    """UTF-8 that is said to be something else loses what it says: programs write the name of another encoding over it
    (utf-16 is that of texts in the memory of .NET). Letters of Western Europe in one byte are never UTF-8 by chance.
    """
    declared = _DECLARED.match(content)
    if declared is None or declared.group(1).lower() in (b"utf-8", b"utf8"):
        return content, ""
    try:
        is_plain = content.decode().isascii()
    except UnicodeDecodeError:
        return content, ""
    return re.sub(rb"^<\?xml[^>]*\?>", b"", content), "" if is_plain else AS_UTF8


def _mended(content: bytes) -> tuple[bytes, object]:
    """Letters in another encoding than it is said, signs that XML forbids, and what stands before and behind it."""
    start, end = content.find(b"<"), content.rfind(b">")
    body = content[start : end + 1] if start >= 0 else content
    declared = _DECLARED.match(body)
    names = [declared.group(1).decode("ascii")] if declared else []
    text, told = "", LEFT_OUT
    for name in (*names, "utf-8", "cp1252", "latin-1"):
        try:
            text = body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
        if "<" in text:
            told = AS_WINDOWS if name in ("cp1252", "latin-1") and name not in names else LEFT_OUT
            break
    text = re.sub(r"^<\?xml[^>]*\?>", "", text)
    return _FORBIDDEN.sub(" ", text).strip().encode(), told
