"""What cannot be read or written, in one sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError


class Unreadable(DomainError):
    """This file is no invoice that can be taken in; the sentence says why."""

    code, status = "invoice-unreadable", 422
    sentence = _("This file is not an electronic invoice.")


class Unwritable(DomainError):
    """This cannot stand on an electronic invoice; `field` names the element of the format."""

    code, status = "invoice-incomplete", 422
    sentence = _("Something is missing for an electronic invoice.")

    def __init__(self, sentence: object, field: str = "") -> None:
        super().__init__(sentence)  # type: ignore[arg-type]
        self.field = field
