"""Serve pages, API and sockets, and do the work in the background, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from filo.config import env, server

ROOT = Path(__file__).resolve().parents[4]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and which part to run."""
    add_address(parser)
    role = env.parsed("FILO_ROLE", "all", {name: name for name in server.ROLES}.__getitem__, "one of its roles")
    parser.add_argument("--role", choices=sorted(server.ROLES), default=role, help="run one part alone (%(default)s)")


def add_address(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default=env.text("FILO_HOST", "127.0.0.1"), help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=env.text("FILO_PORT", "8000"), help="port (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Bring the database up to date, then serve."""
    stand_at(arguments.port)
    status = server.run_to_the_end("migrate")
    if status:
        return status
    return server.serve(arguments.host, arguments.port, arguments.role, _announce)


def stand_at(port: int) -> None:
    """Links in mail lead to this port, unless FILO_SITE_URL says where the site stands."""
    os.environ.setdefault("FILO_SITE_URL", f"http://localhost:{port}")


def _announce(url: str) -> None:
    print(f"Filo is ready: {url}  (Ctrl-C ends it)", flush=True)
    code = env.data_dir(ROOT) / "start-code"  # `migrate` keeps it there while the workspace belongs to nobody
    if code.is_file():
        print(f"Open {url}/start and type this code: {code.read_text(encoding='ascii').strip()}", flush=True)


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number
