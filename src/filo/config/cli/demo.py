"""Serve the demo company: load it at the first start, then start at once with everything kept."""

from __future__ import annotations

import argparse
import os
import sys

from filo.config import lifeline, server
from filo.config.cli import serve
from filo.config.demo.staff import sign_ins


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether with customers."""
    parser.add_argument("walk", nargs="?", choices=["mario-rossi"], help="walk a whole flow instead of serving")
    parser.add_argument("--empty", action="store_true", help="the company and its people, without customers")
    serve.add_address(parser)
    parser.add_argument("--only-load", action="store_true", help="load, do not serve")
    parser.add_argument("--few", action="store_true", help="a handful of customers, loaded in seconds")
    parser.add_argument("--watch", action="store_true", help="with mario-rossi: slowly, in browsers that are seen")
    parser.add_argument("--patient", action="store_true", help="with mario-rossi: on a machine that has other work")
    parser.add_argument(
        "--database", metavar="ADDRESS", help="with mario-rossi: on this database, which has to be empty"
    )
    parser.add_argument("--shots", metavar="DIRECTORY", help="with mario-rossi: pictures of both screens at each step")


def run(arguments: argparse.Namespace) -> int:
    """Load what is missing in a child, so that the supervisor stays small; then serve."""
    if arguments.walk:
        return _walk(arguments)
    if arguments.only_load:
        return _load(empty=arguments.empty, few=arguments.few)
    serve.stand_at(arguments.port)
    os.environ.setdefault("FILO_MAIL_IN", "127.0.0.1:2525")
    status = server.run_to_the_end("demo", *child_arguments(arguments))
    if status:
        return status
    return server.serve(arguments.host, arguments.port, "all", _announce)


def child_arguments(arguments: argparse.Namespace) -> list[str]:
    """What the child that loads is told: all that says how large the company is."""
    sizes = {"--empty": arguments.empty, "--few": arguments.few}
    return ["--only-load", *(option for option, wanted in sizes.items() if wanted)]


def _walk(arguments: argparse.Namespace) -> int:
    from filo.config.walk.mario import walk

    return walk(
        watch=arguments.watch,
        shots=arguments.shots,
        patient=arguments.patient,
        database=arguments.database or "",
        as_json=getattr(arguments, "json", False),
    )


def _load(*, empty: bool, few: bool) -> int:
    lifeline.end_with(os.getppid())
    from filo.config.cli import migrate

    migrate.run(argparse.Namespace())
    from filo.config.demo import build
    from filo.config.demo.cast import FEW
    from filo.foundation.events.services import relay_all

    line = _Line()
    with migrate.alone():
        steps = build.load(empty=empty, size=FEW if few else None, tell=line)
        if steps:
            line("what follows from it", steps, steps)
        relay_all()  # else invoices and payments contradict each other for the first minutes
    migrate.guard_the_first_start()  # somebody lives here now: its code goes
    return 0


class _Line:
    """One line on the terminal that counts; in a log, a line for each part."""

    _said = ""

    def __call__(self, says: str, done: int, of: int) -> None:
        """Say how far the loading is."""
        if not says:
            says, end = "done", "\n"
        elif sys.stderr.isatty():
            end = "\r"
        elif says == self._said:
            return
        else:
            end = "\n"
        self._said = says
        line = f"filo: loading the demo company, {done} of {of} ({says})"
        print(f"{line:<70}", end=end, file=sys.stderr, flush=True)


def _announce(url: str) -> None:
    print(f"\n{sign_ins()}\n\nFilo è pronto: {url}  (Ctrl-C per finire)", flush=True)
