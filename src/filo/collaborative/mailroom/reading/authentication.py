"""What our own mail server found about the sender (RFC 8601); what other servers say could be anybody's word."""

from __future__ import annotations

import re
from email.message import Message

from filo.collaborative.mailroom.reading.heads import line, raw_heads
from filo.collaborative.mailroom.reading.house import House
from filo.collaborative.mailroom.reading.parsed import Authentication

_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


def authentication_of(root: Message, house: House) -> Authentication:
    """The first Authentication-Results of a server of ours; empty results when there is none."""
    for value in raw_heads(root, "Authentication-Results")[:20]:
        said = _COMMENT.sub(" ", line(value[:4000]))
        server, _semicolon, results = said.partition(";")
        if server.split()[:1] and server.split()[0].lower() in house.servers:
            return Authentication(**_results(results))
    return Authentication()


def _results(said: str) -> dict[str, str]:
    """One result a method; of several DKIM signatures one that is good is enough."""
    found: dict[str, str] = {}
    for method, result in _RESULT.findall(said):
        name, word = method.lower(), result.lower()
        if name not in found or (name == "dkim" and word == "pass"):
            found[name] = word
    return found
