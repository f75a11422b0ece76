"""`user` and `token` on the command line: one line for an error, 1 for refused, 2 for wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.once  # the commands run on a SQLite file of their own
Filo = Callable[..., "subprocess.CompletedProcess[str]"]
ADMIN = ("user", "add", "ada@aurora.example", "--role", "administrator", "--name", "Ada Neri")


@pytest.fixture(scope="module")
def filo(tmp_path_factory: pytest.TempPathFactory) -> Filo:
    """Runs a command in a workspace of its own, where Ada administers the firm."""
    folder = tmp_path_factory.mktemp("commands")
    environ = os.environ | {"FILO_DATA_DIR": str(folder), "DATABASE_URL": "", "FILO_SECRET_KEY": "x" * 40}
    environ.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "filo", *arguments]
        return subprocess.run(command, input=typed, env=environ, capture_output=True, text=True, check=False)

    assert run("migrate").returncode == 0
    assert (folder / "start-code").is_file()
    refused = run(*ADMIN, "--password-stdin", typed="una-parola-lunga-3\n")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    made = run(*ADMIN, "--firm", "Aurora", "--password-stdin", typed="una-parola-lunga-3\n")
    assert (made.returncode, made.stdout) == (0, "")
    assert run("migrate").returncode == 0
    assert not Path(folder / "start-code").exists()
    return run


def test_everybody_is_listed(filo: Filo) -> None:
    told = json.loads(filo("user", "list", "--json").stdout)
    assert [(row["email"], row["name"], row["role"], row["unit"], row["state"]) for row in told] == [
        ("ada@aurora.example", "Ada Neri", "administrator", "aurora", "active")
    ]


def test_without_a_password_somebody_is_invited_and_the_link_is_told(filo: Filo) -> None:
    made = filo("user", "add", "ugo.verdi@aurora.example", "--role", "agent")
    assert (made.returncode, made.stdout) == (0, "")
    assert "Ugo Verdi" in made.stderr
    assert "/password/reset/key/" in made.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        ("user", "add", "x@aurora.example", "--role", "emperor"),
        ("user", "add", "x@aurora.example", "--role", "agent", "--unit", "moon"),
        ("user", "add", "ada@aurora.example", "--role", "agent"),
        ("user", "add", "not-an-address", "--role", "agent"),
        ("token", "add", "nobody@aurora.example"),
        ("token", "add", "ada@aurora.example", "--scopes", "party:fly"),
    ],
)
def test_a_refusal_is_one_line(filo: Filo, wrong: tuple[str, ...]) -> None:
    refused = filo(*wrong)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stderr.startswith("filo: ")


def test_a_weak_password_is_refused(filo: Filo) -> None:
    refused = filo("user", "add", "x@aurora.example", "--role", "agent", "--password-stdin", typed="123\n")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize(
    "wrong", [("user",), ("user", "add"), ("token", "add", "ada@aurora.example", "--expires", "soon"), ("token",)]
)
def test_wrong_use_is_two(filo: Filo, wrong: tuple[str, ...]) -> None:
    assert filo(*wrong).returncode == 2


def test_the_token_stands_alone_on_stdout(filo: Filo) -> None:
    made = filo("token", "add", "ada@aurora.example", "--scopes", "party:read,party:write", "--expires", "30")
    assert made.returncode == 0
    assert made.stdout.startswith("filo_")
    assert len(made.stdout.splitlines()) == 1
    assert made.stderr == ""
