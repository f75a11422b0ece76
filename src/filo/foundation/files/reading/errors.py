"""Why nothing can be read in a file."""

from __future__ import annotations


class Unreadable(Exception):
    """`code` leads to the sentence that says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
