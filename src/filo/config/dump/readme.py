"""The page that explains a dump, written from the models themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models

from filo import __version__
from filo.config.dump.tables import Model, columns_of
from filo.config.dump.values import Column, said_of

if TYPE_CHECKING:
    from filo.config.dump.writing import Dumped

HEAD = """\
# Everything that Filo held

Taken out by Filo {version} with `./filo export --all`. `./filo import DIR` makes the same database of it again, on
SQLite and on PostgreSQL alike; and any program can read it.

- `data/*.jsonl`: a file for each model below, a line of JSON (UTF-8) for each row, its fields by their names in
  alphabetical order, the rows in the order of their keys. What ends in `_id` is the key of a row of another model.
- `files/`: the files, each under the SHA-256 of what is in it; `manifest.json` says under which name it belongs.
- `manifest.json`: when it was taken, of which state of the tables (`migrations`), and for each model how many rows
  there are and their `content`: the sum, modulo 2^256, of the SHA-256 of every line with its end, in hexadecimal.

## What it holds of secrets

Treat it like the database itself. Passwords and API tokens are in it as hashes, which let nobody in but can be
guessed at. Secrets of second factors and of webhooks are in it sealed with the secret key of the installation, which
is **not** in it: give `FILO_SECRET_KEY` the old key where you bring this in, or second factors, webhooks and links in
old mails have to be set up again. Open sessions are left out, so that nobody gets in with this: people sign in anew.

## The models
"""


def readme(found: Mapping[str, Model], dumped: Mapping[str, Dumped]) -> str:
    """The whole page."""
    parts = [HEAD.format(version=__version__)]
    parts += [_about(label, model, dumped[label]) for label, model in found.items()]
    return "\n".join(parts)


def _about(label: str, model: Model, dumped: Dumped) -> str:
    lines = [f"### {label}", "", _said(model), "", f"`{dumped.file}`, {dumped.rows} rows.", ""]
    lines += ["| field | what it holds | may be null |", "|---|---|---|"]
    lines += [
        f"| `{column.attname}` | {_holds(column)} | {'yes' if column.null else 'no'} |"
        for column in sorted(columns_of(model), key=lambda column: column.attname)
    ]
    return "\n".join([*lines, ""])


def _said(model: Model) -> str:
    """What a model says of itself; Django writes its signature where nothing was said."""
    said = " ".join((model.__doc__ or "").split())
    if not said or said.startswith(f"{model.__name__}("):
        return (
            "Which rows of two models belong together." if model._meta.auto_created else str(model._meta.verbose_name)
        )
    return said


def _holds(column: Column) -> str:
    said = said_of(column)
    if column.primary_key:
        said += ", the key"
    if isinstance(column, models.ForeignKey):
        said += f", of {column.related_model._meta.label}"
    if column.choices:
        said += ": " + ", ".join(f"`{value}`" for value, _label in column.flatchoices if value not in (None, ""))
    return said
