"""What can be wrong with a mail so that it is put aside."""

from __future__ import annotations


class Refused(Exception):
    """A mail that is not read. code: one of `reasons`. is_final: trying again gives the same."""

    def __init__(self, code: str, detail: str = "", *, is_final: bool = True) -> None:
        self.code, self.detail, self.is_final = code, detail, is_final
        super().__init__(code)
