"""The `filo` command: finds each command by its file in `cli/`, and turns what goes wrong into one line.

A command is a module with `add_arguments(parser)` and `run(arguments) -> int`. Its file's name is its name
(`_` is `-`, a last one is dropped), its docstring's first line its help. It loads Django inside `run`, not at
its top. Its exit status is 0 (done), 1 (refused or failed) or 2 (wrong use).
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from filo.config import env

FOLDER = Path(__file__).parent / "cli"
REFUSED, WRONG_USE, INTERRUPTED = 1, 2, 130


class Command(Protocol):
    """What a module in `cli/` offers."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments; `parser.set_defaults(passes_on=True)` keeps unknown ones in `rest`."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; gives the exit status."""


def main(argv: Sequence[str]) -> int:
    """Run the command that `argv` names (without the program's own name); gives the exit status."""
    found = commands()
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(overview(found), file=sys.stdout if argv else sys.stderr)
        return 0 if argv else WRONG_USE
    if argv[0] not in found:
        _say(f"there is no command {argv[0]!r}; ./filo --help shows all")
        return WRONG_USE
    return _run(argv[0], found[argv[0]], argv[1:])


def commands() -> dict[str, Path]:
    """Every command by its name."""
    files = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return {path.stem.rstrip("_").replace("_", "-"): path for path in files}


def overview(found: dict[str, Path]) -> str:
    """The list of commands, read from their files without loading them."""
    width = max(map(len, found))
    lines = [f"  {name:<{width}}  {_sentence(path)}" for name, path in found.items()]
    return "\n".join(["usage: ./filo COMMAND [arguments]", "", *lines, "", "./filo COMMAND --help tells more."])


def _run(name: str, path: Path, argv: Sequence[str]) -> int:
    try:
        command = cast(Command, importlib.import_module(f"filo.config.cli.{path.stem}"))
        parser = argparse.ArgumentParser(f"./filo {name}", description=command.__doc__, allow_abbrev=False)
        command.add_arguments(parser)
        arguments, rest = parser.parse_known_args(argv)
        if rest and not getattr(arguments, "passes_on", False):
            parser.error(f"unknown: {' '.join(rest)}")
        arguments.rest = rest
        return command.run(arguments)
    except env.WrongSetting as wrong:
        print(wrong.line, file=sys.stderr)  # noqa: T201
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as error:
        sentence = _sentence_for(error)
        if sentence is None:
            raise
        _say(sentence)
        return REFUSED


def _sentence_for(error: Exception) -> str | None:
    """The line for an error that a person can understand; None for one that is a fault of the program."""
    from django.db import OperationalError, ProgrammingError

    from filo.foundation.errors import DomainError, InvalidFields

    if isinstance(error, InvalidFields):
        return " ".join(str(sentence) for sentences in error.fields.values() for sentence in sentences)
    if isinstance(error, DomainError):
        return str(error)
    if isinstance(error, OperationalError | ProgrammingError) and _is_behind(error):
        return "the database is empty, or older than this version: ./filo migrate brings it up to date"
    if isinstance(error, OperationalError):
        return f"the database does not answer: {' '.join(str(error).split())}"
    return None


def _is_behind(error: Exception) -> bool:
    """Whether a table or a column is missing, as SQLite and PostgreSQL say it."""
    said, state = str(error), getattr(error.__cause__, "sqlstate", "")
    return said.startswith(("no such table", "no such column")) or state in ("42P01", "42703")


def _sentence(path: Path) -> str:
    """The first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]


def _say(line: str) -> None:
    print(f"filo: {line}", file=sys.stderr)  # noqa: T201
