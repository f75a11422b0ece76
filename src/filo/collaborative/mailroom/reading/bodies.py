"""The text, the HTML and the files of a mail, told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from filo.collaborative.mailroom.reading import contents
from filo.collaborative.mailroom.reading.heads import line, raw_head
from filo.collaborative.mailroom.reading.markup import as_text
from filo.collaborative.mailroom.reading.parsed import Attachment
from filo.collaborative.mailroom.reading.tree import parts_of

LONGEST_TEXT = 500_000
LONGEST_HTML = 2_000_000
MOST_FILES = 200
# What proves or describes the rest and is nothing to open.
_SEALS = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_ENDINGS = {"text/plain": "txt", "text/html": "html", "text/calendar": "ics", "message/rfc822": "eml"}
_ENDINGS |= {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "application/pdf": "pdf", "text/csv": "csv"}


@dataclass
class Body:
    """What was found, with what was wrong."""

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        """The HTML as it came."""
        return "\n".join(self.htmls)

    @property
    def text(self) -> str:
        """The plain text; where there is none, that of the HTML."""
        plain = "\n\n".join(text.strip("\n") for text in self.texts if text.strip())
        return plain or as_text(self.html)


def body_of(root: Message, scratch: Path, *, left_out: frozenset[str] = frozenset()) -> Body:
    """Read the text and write the files into `scratch`; files of the names `left_out` are not written."""
    found = Body()
    for part, in_alternative in _leaves(root, in_alternative=False):
        if _is_text(part, found, in_alternative=in_alternative):
            _add_text(part, found)
        elif part.get_content_type() not in _SEALS and name_of(part).lower() not in left_out:
            _add_file(part, found, scratch)
    return found


def name_of(part: Message) -> str:
    """What the sender calls a file; empty when he does not."""
    return line(part.get_filename() or "")[:500]


def _leaves(part: Message, *, in_alternative: bool) -> Iterator[tuple[Message, bool]]:
    if part.get_content_maintype() != "message" and (below := parts_of(part)):
        inner = in_alternative or part.get_content_subtype() == "alternative"
        for one in below:
            yield from _leaves(one, in_alternative=inner)
    else:
        yield part, in_alternative


def _is_text(part: Message, found: Body, *, in_alternative: bool) -> bool:
    """Whether a part is read as text; what has a name, or is one more HTML, is a file."""
    if part.get_content_maintype() == "multipart":  # of no parts: all that it has is its own text
        return isinstance(part.get_payload(), str)
    if part.get_content_disposition() == "attachment" or (name_of(part) and not in_alternative):
        return False
    kind = part.get_content_type()
    if kind == "text/html":
        return not found.htmls or not in_alternative
    if kind == "text/plain":
        return True
    return part.get_content_maintype() == "text" and kind != "text/calendar" and not found.texts and not found.htmls


def _add_text(part: Message, found: Body) -> None:
    is_html = part.get_content_type() == "text/html"
    text, was_cut = contents.text_of(part, LONGEST_HTML if is_html else LONGEST_TEXT)
    (found.htmls if is_html else found.texts).append(text)
    if was_cut:
        found.remarks.append("text-cut")


def _add_file(part: Message, found: Body, scratch: Path) -> None:
    if len(found.files) >= MOST_FILES:
        found.remarks.append("files-left-out")
        return
    file = f"part-{len(found.files)}"
    with (scratch / file).open("wb") as target:
        size = contents.write(part, target)
    kind = part.get_content_type()
    content_id = raw_head(part, "Content-ID").strip().strip("<>")[:255]
    made = Attachment(
        name=name_of(part) or _nameless(part, len(found.files) + 1),
        media_type=kind,
        size=size,
        file=file,
        content_id=content_id if content_id.isprintable() else "",
        inline=part.get_content_disposition() != "attachment" and bool(content_id),
    )
    found.files.append(made)


def _nameless(part: Message, number: int) -> str:
    kind = part.get_content_type()
    if kind == "message/rfc822" and (inner := parts_of(part)):
        subject = line(raw_head(inner[0], "Subject"))
        if subject:
            return f"{subject[:100]}.eml"
    return f"{part.get_content_maintype()}-{number}.{_ENDINGS.get(kind, 'bin')}"
