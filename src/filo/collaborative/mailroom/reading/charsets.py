"""Bytes as text, whatever the mail says that they are: the word of the sender first, then what fits."""

from __future__ import annotations

import codecs

# Names that programs write and Python does not know, or knows as something too narrow.
_ALSO_CALLED = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "cp-850": "cp850",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "unknown-8bit": "",
    "x-unknown": "",
    "binary": "",
    "default": "",
}
# Python's codecs that are no charsets, or that turn few bytes into many.
_NO_CHARSETS = {"base64", "bz2", "hex", "quopri", "rot_13", "rot13", "uu", "zip", "zlib", "idna", "punycode"}
_NO_CHARSETS |= {"undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
_SAMPLE = 20_000
_ENOUGH_TO_GUESS = 200


def decoded(data: bytes, charset: str = "") -> str:
    """The text; bytes that fit nothing become U+FFFD. Never raises for any bytes or charset."""
    for name in _candidates(data, charset):
        try:
            return harmless(data.decode(name))
        except (UnicodeError, LookupError, ValueError):
            continue
    return harmless(data.decode(_guessed(data), "replace"))


def harmless(text: str) -> str:
    """The text without what no database takes: NUL, and halves of characters."""
    if text.isascii():
        return text.replace("\x00", "")
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").lstrip("\ufeff")


def _candidates(data: bytes, charset: str) -> list[str]:
    name = charset.strip().strip("\"'").lower()
    name = _ALSO_CALLED.get(name, name)
    found = [name] if name and _is_charset(name) else []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found.append("utf-16")
    return [*found, "utf-8"]


def _is_charset(name: str) -> bool:
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return False
    return known.replace("-", "_") not in _NO_CHARSETS and known not in _NO_CHARSETS


def _guessed(data: bytes) -> str:
    """A charset for eight-bit text that says nothing true of itself.

    In western text few letters have an accent; a text of them alone is Cyrillic, or of the far East.
    """
    high = [byte for byte in data[:_SAMPLE] if byte > 0x7F]
    plain = [byte for byte in data[:_SAMPLE] if 0x41 <= byte < 0x7F]
    if len(high) < len(plain):
        return "cp1252"
    if len(data) < _ENOUGH_TO_GUESS:  # small letters stand low in the one, high in the other
        return "koi8_r" if sum(0xC0 <= byte < 0xE0 for byte in high) * 2 > len(high) else "cp1251"
    from charset_normalizer import from_bytes  # read when it is needed: it takes a while

    best = from_bytes(data[:_SAMPLE], cp_exclusion=["utf_7"], enable_fallback=False).best()
    return best.encoding if best else "cp1252"
