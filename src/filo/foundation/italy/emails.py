"""E-mail addresses: one written form for one mailbox, and which are certified (PEC)."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from filo.foundation.folding import without_invisible
from filo.foundation.italy.errors import InvalidIdentity

_LONGEST = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets
# Hyphens that word processors put in place of the plain one.
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_validate = EmailValidator(allowlist=[])
# What the validator takes for certain: nearly all addresses, at a tenth of the time.
_PLAIN = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII | re.IGNORECASE
)
# Providers and sub-domains that are certified mail whatever stands before them.
_PEC_LABELS = frozenset({"pec", "postacert", "postacertificata", "legalmail", "certimail", "sicurezzapostale"})
_PEC_DOMAINS = frozenset(
    {
        "actaliscertymail.it",
        "casellapec.com",
        "lamiapec.it",
        "legal.email",
        "mypec.eu",
        "pecaruba.it",
        "pecimprese.it",
        "pecavvocati.it",
        "postecert.it",
        "ticertifica.it",
        "twtcert.it",
    }
)


def normalise_email(value: str) -> str:
    """The address as it is compared: trimmed, NFKC, small letters, the domain in its ASCII (IDNA) form.

    Refuses what could break a mail header (CR, LF, NUL), spaces, a missing or second @, a wrong syntax.
    Raises InvalidIdentity.
    """
    value = value.strip()
    if len(value) <= _LONGEST and _PLAIN.fullmatch(value):
        return value.lower()
    if re.search(r"[\r\n\x00]", value):
        raise InvalidIdentity("email-control", _("An e-mail address stands on one line."))
    value = unicodedata.normalize("NFKC", without_invisible(value)).translate(_HYPHENS).strip()
    value = re.sub(r"^mailto:\s*", "", value, flags=re.IGNORECASE)
    value = value.strip(" ,;").removeprefix("<").removesuffix(">").strip()
    if not value:
        raise InvalidIdentity("email-empty", _("Write the e-mail address."))
    if re.search(r"\s", value):
        raise InvalidIdentity("email-space", _("An e-mail address has no spaces."))
    if value.count("@") != 1:
        raise InvalidIdentity("email-at", _("An e-mail address has one @."))
    local, _at, domain = value.partition("@")
    address = f"{local.lower()}@{_ascii_domain(domain)}"
    try:
        _validate(address)
    except ValidationError:
        raise _wrong_email() from None
    if len(address) > _LONGEST or "[" in address:
        raise _wrong_email()
    return address


def is_pec(email: str) -> bool:
    """Whether the address is certified mail (posta elettronica certificata), by its domain.

    Italy has no public list of domains: the known providers and naming habits are recognised.
    """
    domain = email.strip().lower().rpartition("@")[2]
    labels = domain.split(".")
    if len(labels) < 2 or "@" not in email:
        return False
    if ".".join(labels[-2:]) in _PEC_DOMAINS or _PEC_LABELS & set(labels[:-1]):
        return True
    return "cert" in labels[:-2] or any(_sounds_certified(label) for label in labels[:-1])


def _sounds_certified(label: str) -> bool:
    """arubapec, registerpec, ingpec, pec-legal; but not spec or pecorino."""
    return label.startswith("pec-") or (label.endswith("pec") and not label.endswith("spec"))


def _ascii_domain(domain: str) -> str:
    domain = domain.lower().removesuffix(".")
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _wrong_email() from None


def _wrong_email() -> InvalidIdentity:
    return InvalidIdentity("email-format", _("This is not a valid e-mail address."))
