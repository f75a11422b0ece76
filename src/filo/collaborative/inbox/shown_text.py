"""What colleagues read of a message: without the key of a personal link, which would make them its customer, and with
pages that were shown by their titles.
"""

from __future__ import annotations

import re

_PERSONAL = re.compile(r"(/p/open/[\w-]+/)[^\s\"'<>&?#]+")


def without_keys(text: str) -> str:
    """The text with the secret part of personal links cut: …/p/open/assistant/… opens nothing."""
    return _PERSONAL.sub(r"\1…", text)


def without_address(text: str) -> str:
    """What was said in a chat, without the address of our page that a line of it shows: its title says enough."""
    return text.partition("\n/p/")[0]
