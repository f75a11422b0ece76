"""The refusal of identity data that cannot be right."""

from __future__ import annotations

from django.utils.functional import Promise


class InvalidIdentity(ValueError):
    """A value that cannot be what it should be: a stable code for programs, a sentence for people."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)
