"""A refusal, or what broke, in one line for a row or an import."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation.errors import DomainError, InvalidFields


def sentence_of(error: Exception) -> str:
    """A refusal in one line."""
    if isinstance(error, InvalidFields):
        return " ".join(str(sentence) for told in error.fields.values() for sentence in told)
    if isinstance(error, OSError):
        return _("The file cannot be read any more: hand it in again.")
    return (
        str(error)
        if isinstance(error, DomainError)
        else _("Something broke: %(name)s.") % {"name": type(error).__name__}
    )
