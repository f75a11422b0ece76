"""Reports that something could not be delivered: those of RFC 3464, and those that programs of old write."""

from __future__ import annotations

import re
from email.message import Message
from email.parser import HeaderParser
from email.utils import parseaddr

from filo.collaborative.mailroom.reading.contents import text_of
from filo.collaborative.mailroom.reading.heads import clean_address, head, message_id
from filo.collaborative.mailroom.reading.parsed import Bounce, Receipt
from filo.collaborative.mailroom.reading.tree import inside, parts_of

_MOST = 100_000
_DAEMON = re.compile(r"^(mailer[-_.]?daemon|postmaster|mail(er)?|bounces?|complaints?|mailsystem|mdaemon|mmdf)@", re.I)
_SUBJECT = re.compile(
    r"undeliver|delivery (status|failure|failed|notification|report|error)|returned (mail|to sender)|returned e?mail|"
    r"failure notice|mail (delivery|system) (fail|error|report)|non.?deliver|could not (be )?deliver|message (not|"
    r"delivery|could)|mancato recapito|mancata consegna|impossibile recapitare|non recapitabil|posta non consegnata|"
    r"nachricht nicht zugestellt|unzustellbar|non remis|no se (pudo|ha podido) entregar|mail error|user unknown|"
    r"rejected mail|nondeliverable|recapito non riuscito",
    re.I,
)
_COMPLAINT = re.compile(r"^\s*complaint about message from \d", re.I)
_LATER = re.compile(
    r"\(delay\)|delayed|warning message only|will be retried|not necessary to resend|do not need to resend|"
    r"still being retried|verrà ritentat|ritardo nella consegna|ritardata",
    re.I,
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"\b([45]\d\d)[ -]")
_ADDRESS = re.compile(r"<?([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)>?")
_FORMER_ID = re.compile(r"^[> \t]*message-id:\s*(<[^<>\s]{1,900}>)", re.I | re.M)
_DELAYED = ("delayed", "expanded")
_FINE = ("delivered", "relayed")


def report_type(root: Message) -> str:
    """The type of a multipart/report ("delivery-status"); empty for other mails."""
    if root.get_content_type() != "multipart/report":
        return ""
    found = root.get_param("report-type", "")
    return (found[2] if isinstance(found, tuple) else str(found)).lower()


def looks_like_a_bounce(root: Message) -> bool:
    """Whether the sender or the subject are those of a mail server that gives something back."""
    sender = _sender(root)
    return bool(_DAEMON.match(sender)) or (bool(_SUBJECT.search(head(root, "Subject"))) and _is_machine(root))


def bounce_of(root: Message) -> Bounce | None:
    """What a report says; None when there is none to be found."""
    return _of_status(root) or (_of_words(root) if looks_like_a_bounce(root) else None)


def receipt_of(root: Message) -> Receipt | None:
    """A report that says no harm: read, delivered, or a complaint by the receiver's provider."""
    kind = report_type(root)
    if kind == "disposition-notification":
        fields = _fields(root, "message/disposition-notification")
        original = next((message_id(one, "Original-Message-ID") for one in fields), "")
        return Receipt("read", original or original_id(root), _named(fields, "Final-Recipient"))
    if kind == "feedback-report":
        fields = _fields(root, "message/feedback-report")
        named = _named(fields, "Original-Rcpt-To") or _named(fields, "Final-Recipient")
        return Receipt("complaint", original_id(root), named)
    if _COMPLAINT.match(head(root, "Subject")):
        return Receipt("complaint", original_id(root))
    actions = [head(one, "Action").lower() for one in _fields(root, "message/delivery-status") if one.get("Action")]
    if actions and all(action in _FINE for action in actions):
        named = _named(_fields(root, "message/delivery-status"), "Final-Recipient")
        return Receipt("delivered", original_id(root), named)
    return None


def original_id(root: Message) -> str:
    """The Message-ID of the mail that a report gives back; empty when it does not give its heads."""
    for part in inside(root):
        kind = part.get_content_type()
        if kind in ("message/rfc822", "message/global", "message/rfc822-headers") and (below := parts_of(part)):
            return message_id(below[0])
        if kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            found = _FORMER_ID.search(text_of(part, _MOST)[0])
            return found.group(1) if found else ""
    own = message_id(root)
    told = [found for found in _FORMER_ID.findall(_words(root)) if found != own]
    return told[0] if told else ""


def _of_status(root: Message) -> Bounce | None:
    failed = [one for one in _fields(root, "message/delivery-status") if _is_failure(one)]
    if not failed:
        return None
    final = [one for one in failed if head(one, "Action").lower() not in _DELAYED]
    told = final or failed
    said = [head(one, "Diagnostic-Code") for one in told]
    return Bounce(
        recipients=tuple(dict.fromkeys(address for one in told if (address := _recipient(one)))),
        status=next((found.group(1) for one in told if (found := _STATUS.search(head(one, "Status")))), ""),
        diagnostic=next((words for words in said if words), "")[:1000],
        original_message_id=original_id(root),
        is_final=bool(final),
    )


def _is_failure(fields: Message) -> bool:
    """Whether a group of fields is about somebody, and not about the report, and says no good of him."""
    names_somebody = fields.get("Final-Recipient") or fields.get("Original-Recipient") or fields.get("Action")
    return bool(names_somebody) and head(fields, "Action").lower() not in _FINE


def _of_words(root: Message) -> Bounce | None:
    """By the phrases of the programs that flufl.bounce knows, else by codes and addresses in the text."""
    from flufl.bounce import all_failures  # read when it is needed: it takes a while

    try:
        delayed, failed = all_failures(root)
    except Exception:  # a stranger's patterns over a stranger's mail
        delayed, failed = frozenset(), frozenset()
    text = _words(root)
    status, reply = _STATUS.search(text), _REPLY.search(text)
    found = [clean_address(_plain(one)) for one in sorted(failed or delayed, key=_plain)]
    if not any(found):
        own = clean_address(_sender(root))
        found = [clean_address(one) for one in _ADDRESS.findall(text[:5000])]
        found = [one for one in found if one and one != own and not _DAEMON.match(one)][:1]
        if not found or not (status or reply or _SUBJECT.search(head(root, "Subject"))):
            return None
    code = status.group(1) if status else ""
    is_later = bool(delayed and not failed) or bool(_LATER.search(f"{head(root, 'Subject')} {text[:3000]}"))
    return Bounce(
        recipients=tuple(dict.fromkeys(address for address in found if address)),
        status=code,
        diagnostic=_around(text, status or reply),
        original_message_id=original_id(root),
        is_final=not is_later,
    )


def _fields(root: Message, kind: str) -> list[Message]:
    """The groups of fields of a report's part, which the parser has as messages, or gives as text."""
    found: list[Message] = []
    for part in inside(root):
        if part.get_content_type() == kind:
            found += parts_of(part) or _read(text_of(part, _MOST)[0])
    return found


def _read(text: str) -> list[Message]:
    return [HeaderParser().parsestr(group) for group in re.split(r"\n\s*\n", text) if ":" in group]


def _recipient(fields: Message) -> str:
    for name in ("Final-Recipient", "Original-Recipient", "X-Actual-Recipient"):
        said = head(fields, name).rpartition(";")[2]
        if address := clean_address(said.strip().strip("<>")):
            return address
    return ""


def _named(fields: list[Message], name: str) -> tuple[str, ...]:
    said = (clean_address(head(one, name).rpartition(";")[2].strip().strip("<>")) for one in fields)
    return tuple(dict.fromkeys(address for address in said if address))


def _words(root: Message) -> str:
    texts = [part for part in inside(root) if part.get_content_type() == "text/plain"]
    return "\n".join(text_of(part, _MOST)[0] for part in (texts or [root])[:5])[:_MOST]


def _around(text: str, found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return " ".join(text[start : end if end > 0 else len(text)].split())[:1000]


def _sender(root: Message) -> str:
    name, address = parseaddr(head(root, "From")[:2000])
    return address or f"{name}@"  # "MAILER-DAEMON <>" is whom some name


def _is_machine(root: Message) -> bool:
    returned = head(root, "Return-Path") if root.get("Return-Path") is not None else "?"
    auto = head(root, "Auto-Submitted").lower()
    parts = {part.get_content_type() for part in inside(root)}
    return returned in ("<>", "") or auto.startswith("auto-") or bool(parts & {"message/rfc822", "text/rfc822-headers"})


def _plain(address: bytes | str) -> str:
    return address.decode("ascii", "replace") if isinstance(address, bytes) else address
