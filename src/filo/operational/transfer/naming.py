"""What a header says that its column means: its words, the group it belongs to, the system whose codes it names."""

from __future__ import annotations

import re
from functools import cache

from filo.foundation.folding import fold
from filo.operational.transfer.headers import GENERIC, IDENTIFIERS, MEANINGLESS, OF_USES, WORDS
from filo.operational.transfer.mapping import ADDRESS_PARTS, ORGANISATIONS, fields_of

_PARTS = frozenset(part.code for part in ADDRESS_PARTS)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GROUP = re.compile(r"(.*\d)\s+-\s+(?:[^-].*)")


def field_named_by(header: str, kind: str) -> str:
    """The meaning that a header says in words; "" when it says nothing known."""
    words = words_of(header)
    use = next((use for use, known in OF_USES.items() if set(words) & set(known)), "main")
    idle = MEANINGLESS | set(OF_USES.get(use, ()))
    for telling in (words, [word for word in words if word not in idle]):
        code = _code("".join(telling), kind)
        if code:
            return f"{use}.{code}" if use != "main" and code in _PARTS else code
    return "phone" if words in (["abitazione"], ["ufficio"]) else ""  # as Outlook calls the telephones there


def words_of(header: str) -> list[str]:
    """The words of a header, without numbers: "E-mail 1 - Value", "billingAddressStreet", "street_2"."""
    parted = _CAMEL.sub(" ", header)
    return "".join(" " if letter.isdigit() else letter for letter in fold(parted)).split()


def group_of(header: str) -> str:
    """What columns that belong together begin with: "Address 1 - City" is of "address 1"; "" for a single one."""
    found = _GROUP.fullmatch(header.strip())
    return fold(found[1]) if found else ""


@cache
def _by_word(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, field in fields_of(kind).items():
        for word in WORDS.get(field.code, ()):
            found.setdefault(word, code)
    return found


def _code(word: str, kind: str) -> str:
    known = _by_word(kind)
    if word in known:
        return known[word]
    prefixes = ("company", "account", "azienda") if kind == ORGANISATIONS else ("contact", "person", "lead")
    rest = next((word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)), "")
    return known.get(rest, "")


def is_identifier_name(header: str) -> bool:
    """Whether a header speaks of a code in some system: codice-isil, Contact ID, id."""
    words = set(fold(header).split())
    return bool(words & IDENTIFIERS) or any(word.endswith("id") and len(word) > 4 for word in words)


def system_of(header: str, source: str) -> str:
    """How the system of a code is called: by the header; by source and header when that is just "id"."""
    name = fold(header)
    return (f"{fold(source)} {name}".strip() if name in GENERIC else name)[:60]
