"""Takes out of a line what concerns a person or opens a door: mail addresses, phones, tax codes, secrets."""

from __future__ import annotations

import re
from re import Match

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NAMED_SECRET = re.compile(
    r"(?i)\b(bearer|basic|password|passwd|secret|token|authorization|api[_-]?key|code)(['\"]?\s*[:=]\s*|\s+)['\"]?[^\s'\",;&]{6,}"
)
_OURS = re.compile(r"\bfilo_[\w-]{8,}")
_LOGIN_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]+@")
_PERSON_CODE = re.compile(
    r"\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b", re.I
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_VAT = re.compile(r"(?<![\w.-])(?:IT ?)?\d{11}(?![\w-])")
_PHONE = re.compile(
    r"(?<![\w.:-])(?:(?:\+|00)\d{1,3}[ ./-]?\(?\d(?:[ ./()-]{0,2}\d){5,12}|3\d{2}[ ./-]?\d{3}[ ./-]?\d{3,4}"
    r"|0\d{1,3}[ ./-]\d(?:[ ./-]?\d){4,8}|0\d{8,10})(?![\w:])"
)
_LONG_WORD = re.compile(r"(?<![\w./-])[\w-]{28,}(?![\w.-])")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_RANDOM = re.compile(r"(?=.*\d)(?=.*[A-Za-z])")


def redacted(text: str) -> str:
    """The text with a word in angle brackets in each such place."""
    text = _LOGIN_IN_ADDRESS.sub("<secret>@", text)
    text = _EMAIL.sub("<mail>", text)
    text = _NAMED_SECRET.sub(r"\1\2<secret>", text)
    text = _OURS.sub("<secret>", text)
    text = _LONG_WORD.sub(_unless_a_name, text)
    text = _PERSON_CODE.sub("<code>", text)
    text = _IBAN.sub("<code>", text)
    text = _PHONE.sub("<phone>", text)
    return _VAT.sub("<code>", text)


def _unless_a_name(found: Match[str]) -> str:
    """Identifiers of ours and names in code stay; what looks thrown by dice goes."""
    word = found.group()
    is_name = _UUID.fullmatch(word) or (word.islower() and "_" in word) or not _RANDOM.match(word)
    return word if is_name else "<secret>"
