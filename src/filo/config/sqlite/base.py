"""Django's SQLite, with a turn from the beginning of each transaction to its end. Named by `ENGINE`."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base

from filo.config.sqlite.turns import Turns, turns_of

# So long a transaction waits for its turn before it takes its chance with SQLite's own waiting, in seconds.
PATIENCE = 30.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; its transactions write (`IMMEDIATE`), one after the other."""

    _turn: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._give_turn()
        turns = turns_of(str(self.settings_dict["NAME"]))
        self._turn = turns if turns.take(PATIENCE) else None
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> Any:
        found = super()._commit()  # type: ignore[misc]
        self._give_turn()  # not when it failed: Django rolls back then, or closes
        return found

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._give_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        turns, self._turn = self._turn, None
        if turns is not None:
            turns.give()
