"""The documents say what the code does: settings, commands, events, links, and how long a decision may be told."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from filo.config.commands import commands
from filo.config.demo.staff import PASSWORD, STAFF
from filo.foundation.events.catalogue import EventType, event_types

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "filo"
README = (ROOT / "README.md").read_text(encoding="utf-8")
EVENTS = ROOT / "docs" / "events.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READERS = ("text", "parsed", "names", "flag")
# Read by the set-up, the tests and the process tree itself: not settings of an installation.
NOT_SETTINGS = {
    "FILO_VENV",
    "FILO_TEST_POSTGRES",
    "FILO_TEST_REDIS",
    "FILO_TEST_RABBITMQ",
    "CI",
    "FILO_SUPERVISOR",
    "DJANGO_SETTINGS_MODULE",
    "FAULTS_CLOCK",
    "CAP",  # elements of an electronic invoice, written by a method of the same name
    "IBAN",
}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


# --- settings ----------------------------------------------------------------------------------------------------


def settings_read() -> set[str]:
    """The names that the code asks the environment for."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if {"tests", "testing", "migrations"} & set(path.relative_to(SOURCE).parts):
            continue
        found |= set(_asked_for(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _asked_for(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        name = node.args[0].value
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        asks = function in READERS or ast.unparse(node.func) in ("os.environ.get", "os.getenv")
        if asks and isinstance(name, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", name):
            yield name


def settings_documented() -> set[str]:
    """The names in the first column of the README's table of settings."""
    rows = re.findall(r"^\|([^|]*)\|", _section("Settings"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}


def test_every_setting_is_documented_and_no_other() -> None:
    assert settings_documented() == settings_read() - NOT_SETTINGS


# --- commands ----------------------------------------------------------------------------------------------------


def test_every_command_is_documented_and_no_other() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", _section("Commands"), re.MULTILINE)) == set(commands())


def test_every_command_that_a_document_shows_exists() -> None:
    shown = {
        (path.name, name)
        for path in DOCUMENTS
        for name in re.findall(r"\./filo ([a-z][a-z-]*)", path.read_text(encoding="utf-8"))
    }
    assert {(document, name) for document, name in shown if name not in commands()} == set()


def test_the_sign_ins_of_the_demo_are_those_of_its_people() -> None:
    assert set(re.findall(r"`([a-z.]+@aurora\.example)`", README)) == {one.email for one in STAFF}
    assert f"`{PASSWORD}`" in README


# --- events ------------------------------------------------------------------------------------------------------


def catalogue() -> str:
    """docs/events.md as it has to be."""
    head = (
        "# Events\n\n"
        "What Filo announces, as [CloudEvents](https://cloudevents.io) 1.0: `type`, `subject` (the id of what it is\n"
        "about), `time`, and these fields as `data`. Written by `FILO_WRITE_DOCS=1 ./filo test tests/test_docs.py`.\n\n"
        "| type | what happened | data |\n|---|---|---|\n"
    )
    ours = [found for found in event_types() if found.module.startswith("filo.") and ".tests." not in found.module]
    return head + "".join(_row(found) for found in ours)


def _row(found: EventType) -> str:
    fields = ", ".join(f"`{field.name}` {field.type.replace('|', 'or')}" for field in found.fields)
    return f"| `{found.type}` | {' '.join(found.doc.split())} | {fields or '–'} |\n"


def test_the_list_of_events_is_up_to_date() -> None:
    wanted = catalogue()
    if os.environ.get("FILO_WRITE_DOCS"):
        EVENTS.write_text(wanted, encoding="utf-8")
    assert EVENTS.read_text(encoding="utf-8") == wanted, "FILO_WRITE_DOCS=1 ./filo test tests/test_docs.py"


# --- pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(path: Path) -> None:
    lost = []
    for target in LINK.findall(_prose(path)):
        file, _hash, heading = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (path.parent / file).resolve() if file else path
        if not there.exists() or (heading and heading not in _headings(there)):
            lost.append(target)
    assert not lost


def _prose(path: Path) -> str:
    """A document without its examples of code."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def _headings(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", _prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_decisions_are_told_shortly_and_in_their_order() -> None:
    found = sorted((ROOT / "docs" / "adr").glob("*.md"))
    wrong = []
    for number, path in enumerate(found, start=1):
        text = path.read_text(encoding="utf-8")
        if not path.name.startswith(f"{number:04}-") or not text.startswith(f"# {number}. "):
            wrong.append(f"{path.name}: its number is {number}")
        if not 7 <= len(text.splitlines()) <= 40:
            wrong.append(f"{path.name}: {len(text.splitlines())} lines, 7 to 40 are wanted")
        wrong += [
            f"{path.name}: no {part}" for part in ("Context", "Decision", "Consequence") if f"**{part}.**" not in text
        ]
    assert found
    assert not wrong


def test_files_that_documents_name_exist() -> None:
    """`operational/parties/policies.py` in a sentence is a promise."""
    lost = []
    for path in DOCUMENTS:
        for named in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|md|html|mjs|json|css))`", _prose(path)):
            places = (ROOT, SOURCE, SOURCE / "foundation", SOURCE / "operational", SOURCE.parent)
            if path.name not in ("add-a-module.md", "add-a-verb.md") and not any((p / named).exists() for p in places):
                lost.append(f"{path.relative_to(ROOT)}: {named}")
    assert not lost


def test_no_document_leads_away_from_the_project() -> None:
    """No registry's host and nobody's machine: both change, and neither is ours."""
    strangers = re.compile(r"pypi\.org|npmjs|registry\.\w|/home/|/Users/|/root/|/tmp/", re.IGNORECASE)
    assert [str(path) for path in DOCUMENTS if strangers.search(path.read_text(encoding="utf-8"))] == []


def _section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
