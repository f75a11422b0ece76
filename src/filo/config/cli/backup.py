"""Copy everything into one file while Filo works: database, files and secret key."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from filo.config.cli.whole.speaking import in_the_language_spoken_here
from filo.config.startup import start_django

WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", metavar="FILE", help="such as /mnt/nas/filo.tar.gz, replaced when whole; - for a pipe")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Make it and say what is in it."""
    to_pipe, file = arguments.file == "-", Path(arguments.file).absolute()
    if to_pipe and (arguments.json or sys.stdout.isatty()):
        print("filo: - needs a pipe or a file behind it, and leaves no room for a report", file=sys.stderr)
        return WRONG_USE
    if not to_pipe and (file.is_dir() or not file.parent.is_dir()):
        print(f"filo: {file} cannot be a file: its directory is not there, or it is one itself", file=sys.stderr)
        return WRONG_USE
    start_django()

    from filo.config.copies.principal import AT_THE_COMMAND_LINE
    from filo.config.copies.progress import Line
    from filo.config.copies.taking import back_up, stream_backup

    line = Line()
    with in_the_language_spoken_here():
        if to_pipe:
            taken = stream_backup(AT_THE_COMMAND_LINE, sys.stdout.buffer, line)
        else:
            taken = back_up(AT_THE_COMMAND_LINE, file, line)
    line.end()
    told = taken.told()
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(
            f"filo: {told['rows']} rows of {told['tables']} tables and {told['files']} files"
            f" in {taken.file} ({taken.size / 1e6:.1f} MB, {taken.seconds:.1f} s)",
            file=sys.stderr if to_pipe else sys.stdout,
        )
    return 0
