"""What was written anew in an answer: without what it quotes, and without its signature.

It is done line by line; where nothing is found to take away, mail-parser-reply is asked.
"""

from __future__ import annotations

import re

from filo.collaborative.mailroom.reading.limits import TooLong, at_most

SECONDS = 1.0
MOST_TEXT = 60_000
MOST_LINE = 2_000
LANGUAGES = ("it", "en")

_WROTE = r"(ha scritto|scrive|wrote|schrieb|a écrit|escribi[óo]|escreveu|skrev|schreef|kirjoitti|написал\w*)"
_ADDRESS = r"<\s?[^<>\s]{1,200}@[^<>\s]{1,200}>"
_MOMENT = r"(\b\d{1,2}[:.]\d{2}\b|\b(19|20)\d\d\b)"
_INTRODUCES = re.compile(
    r"^[> ]*("
    rf"(il|in data|on|am|le|el|em|den|op)\b.{{4,300}}\b{_WROTE}\b.{{0,80}}:"
    rf"|.{{3,200}}{_ADDRESS}.{{0,60}}\b{_WROTE}\s*:?"
    rf"|.{{0,80}}{_MOMENT}.{{0,200}}{_ADDRESS}[^:]{{0,40}}:"
    rf"|-{{2,}}.{{4,200}}\b{_WROTE}\s*-{{2,}}"
    r")\s*$",
    re.I | re.S,
)
_BEGINS_TO_SAY = re.compile(rf"^[> ]*(il|in data|on|am|le|el|em|den|op)\b|{_MOMENT}|{_ADDRESS}|-{{2,}}", re.I)
_DIVIDES = re.compile(
    r"^[> ]*[-_*=–—]{2,}\s*"
    r"(original message|messaggio originale|messaggio inoltrato|forwarded message|original appointment|"
    r"ursprüngliche nachricht|oprindelig besked|message d'origine|mensaje original|reply message|"
    r"inizio messaggio inoltrato)"
    r"\s*[-_*=–—]{2,}\s*$",
    re.I,
)
_HEAD = re.compile(
    r"^[> *]*(from|da|von|de|fra|sent|inviato|gesendet|envoyé|envoyé le|sendt|to|a|an|à|til|subject|oggetto|betreff|"
    r"objet|emne|date|data|cc)[ \xa0]*:\*?",
    re.I,
)
_FROM = re.compile(r"^[> *]*(from|da|von|de|fra|mittente)[ \xa0]*:\*?\s*\S", re.I)
_SENT_FROM = re.compile(
    r"^[> *_]*(sent (from|via|with) |get outlook for |inviat[oa] (da|con|dal|tramite) |scarica outlook per |"
    r"ottieni outlook per |von meinem .{1,40} gesendet|gesendet (von|mit)|envoyé (de|depuis|à partir de)|"
    r"enviado desde)",
    re.I,
)
_CLOSES = re.compile(
    r"^[> ]*(((i miei |i più |con )?(cordiali|distinti|cari|migliori) saluti|cordialmente|un (caro|cordiale) saluto|"
    r"(grazie( mille)?[,.]? (e )?)?(cordiali )?saluti|buona (giornata|serata)|"
    r"((best|kind|warm|with best|with kind) )?regards|yours (sincerely|faithfully|truly)|sincerely( yours)?|cheers)"
    r"[ ,.!]*|-[A-Z][\w.]+( [A-Z][\w.]+){0,2})$",
    re.I,
)
_SIGNED = re.compile(r"^(-- ?|—+|–{2,}|__)\s*$")
_MOST_OF_A_SIGNATURE = 12
_QUOTED = re.compile(r"^\s*>")


def reply_of(text: str) -> str:
    """The new part of a text; all of it where nothing is left otherwise, or where telling takes too long."""
    short = "\n".join(line[:MOST_LINE] for line in text[:MOST_TEXT].split("\n")).strip()
    for trims in (_by_lines, _by_library):  # the second where the first finds nothing to take away
        try:
            with at_most(SECONDS):
                if (found := trims(short)) and found != short:
                    return found
        except (TooLong, RecursionError, IndexError):
            continue
    return short


def _by_lines(text: str) -> str:
    lines = text.replace("\xa0", " ").split("\n")
    end = next((place for place in range(len(lines)) if _begins_quoting(lines, place)), len(lines))
    above = lines[:end]
    if not any(line.strip() for line in above):  # answered below or between what is quoted
        above = [line for place, line in enumerate(lines) if not _is_introduction(lines, place)]
    return _unsigned([line.rstrip() for line in above if not _QUOTED.match(line)])


def _begins_quoting(lines: list[str], place: int) -> bool:
    """Whether all that follows is quoted: a divider, the heads of a former mail, or its introduction."""
    if _DIVIDES.match(lines[place]):
        return any(line.strip() for line in lines[:place])
    if _FROM.match(lines[place]) and _has_heads(lines, place):
        return True
    return _is_introduction(lines, place) and not _answers_between(lines, place)


def _has_heads(lines: list[str], place: int) -> bool:
    following = [line for line in lines[place : place + 9] if line.strip()][:6]
    return sum(bool(_HEAD.match(line)) for line in following) >= 3


def _is_introduction(lines: list[str], place: int) -> bool:
    """Whether a line, with up to three more, says who wrote what follows."""
    if not _BEGINS_TO_SAY.search(lines[place]):
        return False
    for number in range(1, 5):
        some = lines[place : place + number]
        if number > 1 and (len(some) < number or not some[-1].strip()):
            return False
        if _INTRODUCES.match(" ".join(line.strip() for line in some)):
            return True
    return False


def _answers_between(lines: list[str], place: int) -> bool:
    """Whether new lines stand among or below the quoted ones that follow an introduction."""
    below = [line for line in lines[place + 1 :] if line.strip()]
    if not any(_QUOTED.match(line) for line in below[:4]):
        return False
    first = next(number for number, line in enumerate(below) if _QUOTED.match(line))
    signed = next((number for number, line in enumerate(below) if _SIGNED.match(line)), len(below))
    new = [line for line in below[first:signed] if not _QUOTED.match(line) and not _SENT_FROM.match(line)]
    return sum(len(line.strip()) for line in new) > 40


def _unsigned(lines: list[str]) -> str:
    """Without what stands below the mark of a signature, or below a greeting that little follows."""
    for place in range(len(lines)):
        below = [line for line in lines[place + 1 :] if line.strip()]
        is_short = len(below) <= _MOST_OF_A_SIGNATURE and all(len(line) <= 120 for line in below)
        ends = _SIGNED.match(lines[place]) or (is_short and _CLOSES.match(lines[place]))
        if ends and any(line.strip() for line in lines[:place]):
            lines = lines[:place]
            break
    while lines and (not lines[-1].strip("-_= \t") or _SENT_FROM.match(lines[-1])):
        lines = lines[:-1]
    return "\n".join(lines).strip()


def _by_library(text: str) -> str:
    from mailparser_reply.parser import EmailMessage  # read when it is needed: it takes a while

    found = EmailMessage(text=text, languages=list(LANGUAGES), keep_hyphen_lists=True)
    found.read()  # type: ignore[no-untyped-call]
    return _unsigned(found.replies[0].body.split("\n")) if found.replies else ""
