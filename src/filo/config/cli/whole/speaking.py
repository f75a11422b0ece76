"""Speaks the language of the terminal, also where it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filo.config.cli.doctor import spoken_here


@contextmanager
def in_the_language_spoken_here() -> Iterator[None]:
    """Texts are those of the terminal's language; a refusal is put into words before the block ends."""
    from django.utils import translation

    from filo.foundation.errors import DomainError

    with translation.override(spoken_here()):
        try:
            yield
        except DomainError as refusal:
            raise DomainError(str(refusal), code=refusal.code) from None
