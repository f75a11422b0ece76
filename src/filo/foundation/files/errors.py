"""What can be refused about files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError


class FileTooLarge(DomainError):
    """More than the house keeps in one piece."""

    code, status = "file-too-large", 422
    sentence = _("This file is too large: 50 MB is the most.")


class FileGone(DomainError):
    """The row is there, the bytes are not (a disk was restored without them) or are not what was stored."""

    code, status = "file-gone", 410
    sentence = _("The content of this file is not there any more.")
