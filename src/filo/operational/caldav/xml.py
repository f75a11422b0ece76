"""XML of WebDAV: read without entities, types or anything from outside, and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from filo.foundation.errors import BadRequest
from filo.operational.caldav.errors import CALDAV, DAV, Refused, UnsafeXml

CALENDAR_SERVER, APPLE, FILO = "http://calendarserver.org/ns/", "http://apple.com/ns/ical/", "urn:filo:dav"
NAMES = {"D": DAV, "C": CALDAV, "CS": CALENDAR_SERVER, "A": APPLE, "F": FILO}
Element = etree._Element
OK, NOT_FOUND, FORBIDDEN = "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 403 Forbidden"


def dav(name: str) -> str:
    """A name of WebDAV."""
    return f"{{{DAV}}}{name}"


def cal(name: str) -> str:
    """A name of CalDAV."""
    return f"{{{CALDAV}}}{name}"


def read_xml(body: bytes) -> Element | None:
    """The root of a body; None for an empty one. Raises `UnsafeXml`, `BadRequest`."""
    if not body.strip():
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadRequest from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml
    return root


def made(tag: str, /, *inside: Element | str, **attributes: str) -> Element:
    """An element with what is in it."""
    found = etree.Element(tag, attributes, nsmap=NAMES)
    for one in inside:
        if isinstance(one, str):
            found.text = one
        else:
            found.append(one)
    return found


def href(address: str) -> Element:
    """An address."""
    return made(dav("href"), address)


def multistatus(responses: Iterable[Element], *, token: str = "") -> bytes:
    """Answers about several things at once."""
    found = made(dav("multistatus"), *responses)
    if token:
        found.append(made(dav("sync-token"), token))
    return written(found)


def about(address: str, asked: Iterable[str] | None, there: Mapping[str, list[Element] | str]) -> Element:
    """What is known of one thing, of what was asked (None: everything)."""
    names = list(there) if asked is None else list(asked)
    known = [_property(name, there[name]) for name in names if name in there]
    unknown = [made(name) for name in names if name not in there]
    found = made(dav("response"), href(address))
    for status, properties in ((OK, known), (NOT_FOUND, unknown)):
        if properties or (status == OK and not unknown):
            found.append(made(dav("propstat"), made(dav("prop"), *properties), made(dav("status"), status)))
    return found


def refused(address: str, names: Iterable[str]) -> Element:
    """Properties that cannot be set."""
    properties = made(dav("prop"), *(made(name) for name in names))
    why = made(dav("error"), made(dav("cannot-modify-protected-property")))
    return made(dav("response"), href(address), made(dav("propstat"), properties, made(dav("status"), FORBIDDEN), why))


def gone(address: str) -> Element:
    """Nothing is there, any more or at all."""
    return made(dav("response"), href(address), made(dav("status"), NOT_FOUND))


def error_document(error: Exception) -> bytes:
    """A refusal: its condition by name, and its sentence."""
    condition = [made(error.condition)] if isinstance(error, Refused) else []
    return written(made(dav("error"), *condition, made(f"{{{FILO}}}sentence", str(error))))


def written(root: Element) -> bytes:
    """The document."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["D", "C", "CS"])
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return found


def _property(name: str, value: list[Element] | str) -> Element:
    return made(name, value) if isinstance(value, str) else made(name, *value)
