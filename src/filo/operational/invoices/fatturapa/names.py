"""Names of files of the exchange: `IT01234567890_0001a.xml`, the sender and what he never sent before."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
# Five signs in base 36: more files than any sender will make.
MOST: Final = 36**5 - 1
_NAME: Final = re.compile(r"([A-Z]{2}[A-Za-z0-9]{2,28})_([A-Za-z0-9]{1,5})\.(?:xml|zip)(?:\.p7m)?", re.IGNORECASE)


def progressive(number: int) -> str:
    """The count of a sender in five signs of base 36."""
    if not 0 < number <= MOST:
        raise ValueError(number)
    told = ""
    while number:
        number, rest = divmod(number, 36)
        told = _DIGITS[rest] + told
    return told.rjust(5, "0")


def file_name(country: str, code: str, number: int) -> str:
    """The name under which a file leaves."""
    return f"{country}{code}_{progressive(number)}.xml"


def stem(name: str) -> str:
    """What stays of a name when it is signed or told in a notification: the sender and the count."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    found = _NAME.fullmatch(bare)
    return f"{found.group(1)}_{found.group(2)}".lower() if found else bare.lower()
