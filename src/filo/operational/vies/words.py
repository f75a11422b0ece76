"""Why VIES gave no answer, in a sentence; the codes are those of its documentation."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BUSY = _("VIES is answering too many others at the moment.")
_AWAY = _("VIES is not available at the moment.")
SENTENCES: dict[str, Promise] = {
    "MS_UNAVAILABLE": _("The member state’s register does not answer at the moment."),
    "MS_MAX_CONCURRENT_REQ": _("The member state’s register is answering too many others at the moment."),
    "MS_MAX_CONCURRENT_REQ_TIME": _("The member state’s register is answering too many others at the moment."),
    "GLOBAL_MAX_CONCURRENT_REQ": _BUSY,
    "GLOBAL_MAX_CONCURRENT_REQ_TIME": _BUSY,
    "SERVICE_UNAVAILABLE": _AWAY,
    "SERVER_BUSY": _BUSY,
    "TIMEOUT": _("The member state’s register took too long to answer."),
    "INVALID_INPUT": _("VIES cannot read this VAT number."),
    "VAT_BLOCKED": _("VIES refuses to answer about this VAT number."),
    "IP_BLOCKED": _("VIES refuses to answer this installation."),
    "not-reached": _("VIES could not be reached."),
    "too-slow": _("VIES took too long to answer."),
    "muted": _("This is a muted copy: it calls nobody."),
    "refused": _("Filo does not call the address of VIES that is set."),
    "unreadable": _("VIES answered with something that cannot be read."),
}
# Asking again changes nothing.
FINAL = frozenset(("INVALID_INPUT", "VAT_BLOCKED", "IP_BLOCKED", "muted", "refused"))


def sentence_of(code: str) -> str:
    """The sentence for a code; that it is not available, for one that nobody documented."""
    return str(SENTENCES.get(code, _AWAY)) if code else ""
