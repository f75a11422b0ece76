"""The words of the product: found in code and templates, kept with their translations in one catalogue a language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

PACKAGE = Path(__file__).resolve().parent.parent
LOCALES = PACKAGE / "locale"
KEYWORDS = (
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
)
PLURALS, CONTEXTS = {"ngettext", "ngettext_lazy"}, {"pgettext", "pgettext_lazy"}
IN_EXPRESSION = re.compile(r"""_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")
QUOTED = re.compile(r"""^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""", re.DOTALL)
CONTEXT = re.compile(r"""\bcontext\s+(?:"([^"]*)"|'([^']*)')""")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|(?<!\{)\{\w*\}(?!\})|%(?:\d+\$)?[sdf]")
# No dates: two people who add a text each change only its own lines.
HEADER = """\
# The words of Filo. Written by ./filo messages; translate here, then run it again.
msgid ""
msgstr ""
"Project-Id-Version: Filo\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@dataclass(frozen=True, order=True)
class Message:
    """What is said: in the singular, perhaps in the plural, perhaps in a context."""

    one: str
    many: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells two entries of a catalogue apart."""
        return (self.one, self.context)

    @property
    def given_key(self) -> str:
        """How a file of translations names it."""
        return f"{self.one}|{self.many}" if self.many else self.one

    @property
    def shown(self) -> str:
        """For people who read a report."""
        return f"{self.one!r} ({self.context})" if self.context else repr(self.one)


# Django says these to our people, and its own Italian lacks them.
BORROWED = (
    Message(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)


@dataclass
class Report:
    """What is wrong with a catalogue."""

    missing: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """One line for each fault."""
        return [f"{kind}: {what}" for kind, found in vars(self).items() for what in found]


def found_messages() -> dict[tuple[str, str], Message]:
    """Every message in the code and templates of the product, tests excluded."""
    found = {message.key: message for message in BORROWED}
    for path in _sources("*.py"):
        with path.open("rb") as source:
            _keep(found, in_python(source))
        if path.stem == "events":
            _keep(found, in_events(path.read_text(encoding="utf-8")))
    for folder in PACKAGE.rglob("templates"):
        for path in (*folder.rglob("*.html"), *folder.rglob("*.txt")):
            _keep(found, in_template(path.read_text(encoding="utf-8")))
    return found


def _sources(pattern: str) -> Iterator[Path]:
    skipped = {"tests", "testing", "migrations", "node_modules", "locale"}
    return (path for path in sorted(PACKAGE.rglob(pattern)) if not skipped & set(path.relative_to(PACKAGE).parts))


def _keep(found: dict[tuple[str, str], Message], messages: Iterable[Message]) -> None:
    for message in messages:
        if message.one and (message.many or message.key not in found):
            found[message.key] = message


def in_python(source: IO[bytes]) -> Iterator[Message]:
    """The messages of a module: `_`, gettext, ngettext, pgettext and their lazy forms."""
    keywords = dict.fromkeys(KEYWORDS)
    for _line, name, found, _comments in extract_python(source, keywords, (), {"encoding": "utf-8"}):
        said: Any = found  # a text, texts, or nothing where what is said is not written there
        if not said:
            continue
        words = [said] if isinstance(said, str) else [word or "" for word in said]
        if name == "npgettext":
            yield Message(words[1], words[2], words[0])
        elif name in PLURALS:
            yield Message(words[0], words[1])
        elif name in CONTEXTS:
            yield Message(words[1], "", words[0])
        elif words[0]:
            yield Message(words[0])


def in_events(code: str) -> Iterator[Message]:
    """What the events of an app say that happened: people read it in the catalogue of events."""
    for node in ast.parse(code).body:
        said = ast.get_docstring(node) if isinstance(node, ast.ClassDef) else None
        fields = node.body if isinstance(node, ast.ClassDef) else []
        if said and any(isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "type" for one in fields):
            yield Message(" ".join(said.split()))


def in_template(text: str) -> Iterator[Message]:
    """The messages of a template: translate, blocktranslate, and `_("…")` in tags and filters."""
    tokens = iter(Lexer(text).tokenize())
    for token in tokens:
        if token.token_type is TokenType.VAR:
            yield from _in_expression(token.contents)
        elif token.token_type is TokenType.BLOCK:
            yield from _in_tag(token.contents, tokens)


def _in_tag(contents: str, tokens: Iterator[Token]) -> Iterator[Message]:
    name, _space, rest = contents.partition(" ")
    yield from _in_expression(rest)
    if name in ("translate", "trans"):
        if said := QUOTED.match(rest.strip()):
            yield Message(_unquoted(said), "", _context(rest[said.end() :]))
    elif name in ("blocktranslate", "blocktrans"):
        yield _block(rest, tokens)


def _block(options: str, tokens: Iterator[Token]) -> Message:
    parts, many = [""], False
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            parts[-1] += token.contents.replace("%", "%%")
        elif token.token_type is TokenType.VAR:
            parts[-1] += f"%({token.contents})s"
        elif token.contents.strip() == "plural":
            parts.append("")
            many = True
        elif token.contents.startswith("endblocktrans"):
            break
    if re.search(r"\btrimmed\b", options):
        parts = [trim_whitespace(part) for part in parts]
    return Message(parts[0], parts[1] if many else "", _context(options))


def _in_expression(text: str) -> Iterator[Message]:
    return (Message(_unquoted(said)) for said in IN_EXPRESSION.finditer(text))


def _unquoted(said: re.Match[str]) -> str:
    raw = said.group(1) if said.group(1) is not None else said.group(2)
    return re.sub(r"\\(.)", r"\1", raw).replace("%", "%%")  # as Django looks it up


def _context(options: str) -> str:
    found = CONTEXT.search(options)
    return (found.group(1) or found.group(2) or "") if found else ""


def languages() -> list[str]:
    """The languages that have a catalogue; English is in the code itself."""
    return sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/django.po"))


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """The kept translations of a language; an empty catalogue when there is none."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)


def merge(language: str, given: Mapping[str, Any] | None = None) -> None:
    """Write the catalogue anew: what is found, with the kept translations and those that are `given`.

    `given` maps an English text to its translation, "singular|plural" to a list of both; it overrides what is kept.
    """
    kept, fresh = read_catalogue(language), Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message in found_messages().values():
        said = _said(message, kept, given or {})
        key = (message.one, message.many) if message.many else message.one
        fresh.add(key, said, context=message.context or None, flags=_flags(message))
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(HEADER.format(language=language).encode())
        write_po(target, fresh, no_location=True, omit_header=True, sort_output=True, width=108)
    compile_catalogue(language)


def _said(message: Message, kept: Catalog, given: Mapping[str, Any]) -> Any:
    """The translation: one text, or one for each plural form; empty where there is none."""
    named = f"{message.context}\u0004{message.one}" if message.context else message.given_key
    said: Any = given.get(named)
    if said is None:
        old = kept.get(message.one, message.context or None)
        said = old.string if old is not None and not old.fuzzy else ""
    if not message.many:
        return said if isinstance(said, str) else ""
    return tuple(said) if isinstance(said, list | tuple) else ("", "")


def _flags(message: Message) -> list[str]:
    return ["python-format"] if re.search(r"%\(\w+\)[sdf]", message.one) else []


def compile_catalogue(language: str) -> None:
    """Write the form that the running program reads."""
    with catalogue_path(language).with_suffix(".mo").open("wb") as target:
        write_mo(target, read_catalogue(language), use_fuzzy=False)


def check(language: str) -> Report:
    """What is missing, left over, untranslated, fuzzy, or has other placeholders than its English."""
    found, kept, report = found_messages(), read_catalogue(language), Report()
    entries = {(_one(entry.id), entry.context or ""): entry for entry in kept if entry.id}
    report.missing = sorted(message.shown for key, message in found.items() if key not in entries)
    report.obsolete = sorted(repr(key[0]) for key in entries if key not in found)
    for key, entry in sorted(entries.items()):
        strings = [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
        if not all(text.strip() for text in strings):
            report.empty.append(repr(key[0]))
        elif entry.fuzzy:
            report.fuzzy.append(repr(key[0]))
        elif not _same_placeholders(entry.id, strings):
            report.placeholders.append(repr(key[0]))
    return report


def _one(said: Any) -> str:
    return said if isinstance(said, str) else str(said[0])


def _same_placeholders(said: Any, strings: list[str]) -> bool:
    """A singular may leave its number out; nothing else may differ."""
    english = [said] if isinstance(said, str) else list(said)
    wanted = [set(PLACEHOLDER.findall(text)) for text in english]
    allowed = set.union(*wanted)
    return all(
        set(PLACEHOLDER.findall(text)) <= allowed
        and ((len(strings) > 1 and place == 0) or set(PLACEHOLDER.findall(text)) == wanted[min(place, len(wanted) - 1)])
        for place, text in enumerate(strings)
    )
