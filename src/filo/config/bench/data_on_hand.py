"""Sees to it that the place holds the data of a bench, with a line that tells how far the making is."""

from __future__ import annotations

import sys
import time


class Line:
    """One line that counts, with the rate and the time that is left."""

    def __init__(self) -> None:
        self._what, self._since, self._from = "", time.monotonic(), 0

    def __call__(self, what: str, done: int, of: int) -> None:
        """Say how far it is."""
        if what != self._what:
            self._what, self._since, self._from = what, time.monotonic(), 0
        passed = time.monotonic() - self._since
        rate = done / passed if passed > 0.5 and done else 0.0
        left = f", {rate:,.0f} a second, {(of - done) / rate:.0f} s left" if rate and done < of else ""
        end = "\r" if sys.stderr.isatty() and done < of else "\n"
        line = f"filo: making the data: {what}, {done:,} of {of:,}{left}"
        print(f"{line:<78}", end=end, file=sys.stderr, flush=True)  # noqa: T201


def on_hand(parties: int, entries: int) -> tuple[int, int]:
    """Migrate, make what is missing; gives (parties, timeline rows) that are held. Run with Django ready."""
    from django.core.management import call_command

    from filo.config.bench.data.make import held, make

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    found = held()
    if found is None:
        make(parties=parties, entries=entries, tell=Line())
        found = (parties, entries)
    return found
