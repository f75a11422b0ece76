"""What lies in an envelope of the exchange's web services (SOAP): an invoice with its metadata, or a notification.

As the *Specifiche tecniche SdICoop* have it: beside the name of each file (`NomeFile`) its content in Base64 (`File`),
and so for the metadata (`NomeFileMetadati`, `Metadati`). Services of others copy these names.
"""

from __future__ import annotations

import base64
import re
from typing import Final

from filo.operational.invoices.fatturapa.xml import BEFORE_ALL, Node, parsed

_ENVELOPE: Final = re.compile(BEFORE_ALL + rb"<(?:[\w.-]+:)?(?:Envelope|fileSdI\w*)[\s>]", re.DOTALL)
_HEAD: Final = 8 * 1024
_PAIRS: Final = (("NomeFile", "File"), ("NomeFileMetadati", "Metadati"))


def is_envelope(content: bytes) -> bool:
    """By its first element."""
    return bool(_ENVELOPE.match(content[:_HEAD]))


def files_in_envelope(content: bytes) -> list[tuple[str, bytes | None]]:
    """Name and content of each file in it; None for what is no Base64. Raises `Unreadable`."""
    root, _told = parsed(content)
    return [file for element in root.element.iter() for file in _files(Node(element))]


def _files(node: Node) -> list[tuple[str, bytes | None]]:
    found: list[tuple[str, bytes | None]] = []
    for name, inside in _PAIRS:
        if node.node(name) is not None and (told := node.text(inside)):
            found.append((node.text(name).replace("\\", "/").rpartition("/")[2], _bytes(told)))
    return found


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:  # also for letters that Base64 does not have
        return None
