"""What may stand in the head of a mail: one line each, and nothing that Filo writes itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields

# RFC 5322 ends a header at CR LF; other controls have no business there, and LS and PS end lines elsewhere.
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
OURS = {
    *("from", "sender", "to", "cc", "bcc", "subject", "date", "message-id", "return-path", "received"),
    *("in-reply-to", "references"),
    *("mime-version", "auto-submitted", "dkim-signature"),
}


def checked_address(to: str, field: str = "to") -> str:
    """The address as it was given ("name@host" or "Name <name@host>"); raises `InvalidFields` with `field`."""
    found = [address for _name, address in getaddresses([to])]
    try:
        if _CONTROLS.search(to) or len(found) != 1 or len(to) > 320:
            raise ValidationError("")
        validate_email(found[0])
    except ValidationError:
        raise InvalidFields({field: _("This is not an e-mail address.")}) from None
    return to.strip()


def checked_line(field: str, value: str) -> str:
    """A header's value in one line; raises `InvalidFields` with `field`."""
    if _CONTROLS.search(value):
        raise InvalidFields({field: _("Line breaks and control characters cannot stand here.")})
    return value


def checked_headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Further headers; raises `InvalidFields` for a name that is none or is Filo's own, or a broken value."""
    for name, value in (headers or {}).items():
        is_ours = name.lower() in OURS or name.lower().startswith("content-")
        if not _NAME.fullmatch(name) or is_ours:
            raise InvalidFields({"headers": _("This header cannot be set.")})
        checked_line("headers", value)
    return dict(headers or {})
