"""Labelled questions from files of many kinds: tables, JSON, chatterbot's YAML, xSID's CoNLL."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Labelled = tuple[str, str]
TEXTS = ("text", "question", "domanda", "utterance", "query", "testo", "sentence", "q")
LABELS = ("category", "intent", "article", "label", "answer", "articolo", "risposta", "categoria", "class", "a")
# What says that nothing answers.
NOTHING = frozenset({"", "-", "none", "null", "oos", "out_of_scope", "out-of-scope", "nothing", "nessuno", "no"})
_CHATTERBOT = re.compile(r"^\s*-\s+-\s+(.*)$")
_SAID = re.compile(r"^#\s*(text|intent)\s*[:=]\s*(.+)$")


class NotLabelled(Exception):
    """The file holds no questions that can be read."""


def read_questions(path: Path) -> list[Labelled]:
    """The questions of a file with their labels; an empty label means that nothing answers. Raises `NotLabelled`."""
    try:
        found = list(_read(path))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, csv.Error) as problem:
        raise NotLabelled(f"{path} cannot be read: {problem}") from problem
    if not found:
        raise NotLabelled(
            f"no questions were found in {path}: a table needs a column {TEXTS[0]!r} and one {LABELS[0]!r}"
        )
    return [(text.strip(), "" if label.strip().lower() in NOTHING else label.strip()) for text, label in found]


def _read(path: Path) -> Iterator[Labelled]:
    if path.is_dir():
        for part in sorted(one for one in path.rglob("*") if one.is_file()):
            yield from _read(part)
        return
    text = path.read_text(encoding="utf-8-sig")
    kind = path.suffix.lower()
    if kind in (".yml", ".yaml"):
        yield from ((found[1].strip("'\" "), "") for line in text.splitlines() if (found := _CHATTERBOT.match(line)))
    elif kind in (".json", ".jsonl"):
        yield from _from_json(text, lines=kind == ".jsonl")
    elif kind == ".conll":
        yield from _from_conll(text)
    else:
        yield from _from_table(text)


def _from_json(text: str, *, lines: bool) -> Iterator[Labelled]:
    found: Any = [json.loads(line) for line in text.splitlines() if line.strip()] if lines else json.loads(text)
    if isinstance(found, dict):
        for label, questions in found.items():
            yield from ((str(question), str(label)) for question in questions)
        return
    for row in found:
        if isinstance(row, dict):
            yield _of_row({str(name).lower(): str(value or "") for name, value in row.items()})
        else:
            yield str(row[0]), str(row[1]) if len(row) > 1 else ""


def _from_conll(text: str) -> Iterator[Labelled]:
    """Each block says its text and its intent in remarks."""
    for block in re.split(r"\n\s*\n", text):
        said = {found[1]: found[2] for line in block.splitlines() if (found := _SAID.match(line))}
        if "text" in said:
            yield said["text"], said.get("intent", "")


def _from_table(text: str) -> Iterator[Labelled]:
    sample = text[:20_000]
    delimiter = max(",;\t|", key=sample.count) if any(mark in sample for mark in ",;\t|") else ","
    rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        return
    header = [cell.strip().lower() for cell in rows[0]]
    if set(header) & set(TEXTS):
        yield from (_of_row(dict(zip(header, row, strict=False))) for row in rows[1:])
    else:
        yield from ((row[0], row[1] if len(row) > 1 else "") for row in rows)


def _of_row(row: dict[str, str]) -> Labelled:
    text = next((row[name] for name in TEXTS if row.get(name)), "")
    return text, next((row[name] for name in LABELS if row.get(name)), "")
