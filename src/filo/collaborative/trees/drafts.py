"""A tree as the editor, a file or a program sends it, made clean; what cannot be one is said, node by node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.collaborative.trees.graph import ACTIONS, KINDS, LANGUAGES, Answer, Graph, Node, Said, Title
from filo.collaborative.trees.models import AUDIENCES
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text

MOST_NODES, MOST_ANSWERS, LONGEST_TEXT, LONGEST_ANSWER, FARTHEST = 200, 12, 4000, 200, 20_000
LONGEST_FACT, LONGEST_FILTER = 60, 500
MOST_PROBLEMS = 12
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True)
class TreeFacts:
    """All of a tree as it is drawn; the code is made of the name where none is given."""

    name: str
    graph: Graph
    code: str = ""
    audience: str = "public"
    group_id: UUID | None = None


@dataclass
class _Reader:
    """Reads what may be anything at all, and keeps what is wrong with it."""

    problems: list[Sentence] = field(default_factory=list)

    def wrong(self, sentence: str, **words: object) -> None:
        self.problems.append(sentence % words if words else sentence)

    def text(self, found: Any, where: str, *, most: int, lines: bool = False) -> str:
        if found is None:
            return ""
        if not isinstance(found, str):
            self.wrong(_("%(where)s must be a text."), where=where)
            return ""
        clean = clean_text(found, max_length=most).strip() if lines else clean_line(found, max_length=most)
        if len(found.strip()) > most:
            self.wrong(_("%(where)s is too long: at most %(most)s letters."), where=where, most=most)
        return clean

    def mapping(self, found: Any, where: str, known: Sequence[str]) -> Mapping[str, Any]:
        if not isinstance(found, dict):
            self.wrong(_("%(where)s must be an object with names and values."), where=where)
            return {}
        for name in found:
            if name not in known:
                self.wrong(_("%(where)s has “%(name)s”, which we do not know."), where=where, name=str(name)[:40])
        return found

    def many(self, found: Any, where: str, *, most: int) -> list[Any]:
        if not isinstance(found, list):
            self.wrong(_("%(where)s must be a list."), where=where)
            return []
        if len(found) > most:
            self.wrong(_("%(where)s has %(n)s entries; %(most)s are the most."), where=where, n=len(found), most=most)
        return found[:most]

    def said(self, found: Any, where: str, *, most: int, lines: bool = False) -> Said:
        given = self.mapping(found if found is not None else {}, where, LANGUAGES)
        texts = {
            language: self.text(given.get(language), where, most=most, lines=lines)
            for language in LANGUAGES
            if language in given
        }
        return {language: text for language, text in texts.items() if text}

    def one_of(self, found: Any, where: str, known: Mapping[str, Any]) -> str:
        if isinstance(found, str) and found in known:
            return found
        self.wrong(_("%(where)s must be one of: %(names)s."), where=where, names=", ".join(known))
        return ""

    def id(self, found: Any, where: str) -> str:
        if isinstance(found, str) and _ID.fullmatch(found):
            return found
        self.wrong(_("%(where)s needs an id of small letters, digits and hyphens, for instance “q1”."), where=where)
        return ""

    def place(self, found: Any) -> int:
        """Where a node stands; what is no number stands at the beginning."""
        if isinstance(found, bool) or not isinstance(found, int | float) or not abs(found) <= FARTHEST:
            return 0
        return round(found)


def facts_from_json(raw: Any, *, group_id: UUID | None = None) -> TreeFacts:
    """A tree of what was sent. Raises `InvalidFields` whose sentences under `tree` say what is wrong, and where."""
    reader = _Reader()
    found = reader.mapping(raw, _("The tree"), ("filo", "name", "code", "audience", "texts", "start", "nodes"))
    facts = _read(reader, found) if found else None
    if facts is None and not reader.problems:
        reader.wrong(_("The tree is empty."))
    if reader.problems or facts is None:
        raise InvalidFields({"tree": reader.problems[:MOST_PROBLEMS]})
    return TreeFacts(facts.name, facts.graph, facts.code, facts.audience, group_id)


def _read(reader: _Reader, found: Mapping[str, Any]) -> TreeFacts:
    name = reader.text(found.get("name"), _("The name"), most=120)
    if not name:
        reader.wrong(_("Give the tree a name."))
    code = reader.text(found.get("code"), _("The address"), most=80)
    if code and not _CODE.fullmatch(code):
        reader.wrong(_("The address “%(code)s” may hold small letters, digits and hyphens only."), code=code)
    audience = reader.one_of(found.get("audience", "public"), _("For whom"), dict(AUDIENCES))
    nodes = [
        _node(reader, one, number)
        for number, one in enumerate(reader.many(found.get("nodes", []), _("Nodes"), most=MOST_NODES), start=1)
    ]
    for twice in sorted(set(_twice(node.id for node in nodes))):
        reader.wrong(_("Two nodes have the id “%(id)s”."), id=twice)
    start = reader.text(found.get("start"), _("The beginning"), most=40)
    return TreeFacts(name, Graph(_texts(reader, found.get("texts", {})), start, nodes), code, audience)


def _texts(reader: _Reader, raw: Any) -> dict[str, Title]:
    given = reader.mapping(raw, _("The texts"), LANGUAGES)
    texts: dict[str, Title] = {}
    for language in LANGUAGES:
        if language not in given:
            continue
        where = _("The text in “%(language)s”") % {"language": language}
        one = reader.mapping(given[language], where, ("title", "intro", "words"))
        title = reader.text(one.get("title"), where, most=200)
        if title:
            intro = reader.text(one.get("intro"), where, most=1000, lines=True)
            texts[language] = Title(title, intro, reader.text(one.get("words"), where, most=1000))
    return texts


def _node(reader: _Reader, raw: Any, number: int) -> Node:
    where = _("Node %(number)s") % {"number": number}
    names = ("id", "kind", "text", "answers", "article", "action", "next", "fills", "filter", "x", "y")
    found = reader.mapping(raw, where, names)
    if not found:
        return Node("", "")
    node_id = reader.id(found.get("id"), where)
    where = _("Node “%(id)s”") % {"id": node_id} if node_id else where
    kind = reader.one_of(found.get("kind"), _("%(where)s: the kind") % {"where": where}, KINDS)
    answers = reader.many(found.get("answers", []), _("%(where)s: the answers") % {"where": where}, most=MOST_ANSWERS)
    action = found.get("action") or ""
    fills = reader.text(found.get("fills"), _("%(where)s: the fact") % {"where": where}, most=LONGEST_FACT)
    fills = fills if kind == "question" else ""
    return Node(
        node_id,
        kind,
        reader.said(found.get("text"), _("%(where)s: the text") % {"where": where}, most=LONGEST_TEXT, lines=True),
        _answers(reader, answers, where) if kind == "question" else (),
        reader.text(found.get("article"), _("%(where)s: the article") % {"where": where}, most=80)
        if kind == "article"
        else "",
        reader.one_of(action, _("%(where)s: the action") % {"where": where}, ACTIONS)
        if kind == "action" and action
        else "",
        reader.text(found.get("next"), _("%(where)s: the next node") % {"where": where}, most=40)
        if kind in ("article", "message") or fills
        else "",
        fills,
        _filter(reader, found.get("filter"), where) if kind == "goods" else "",
        reader.place(found.get("x")),
        reader.place(found.get("y")),
    )


def _filter(reader: _Reader, raw: Any, where: str) -> str:
    """What stands behind the question mark; the whole address may be pasted."""
    text = reader.text(raw, _("%(where)s: the list of the shop") % {"where": where}, most=LONGEST_FILTER)
    return text.rpartition("?")[2].strip()


def _answers(reader: _Reader, raw: Sequence[Any], of_node: str) -> list[Answer]:
    answers = []
    for number, one in enumerate(raw, start=1):
        where = _("%(where)s: answer %(number)s") % {"where": of_node, "number": number}
        found = reader.mapping(one, where, ("id", "text", "to", "value"))
        answer_id = reader.id(found.get("id", f"a{number}"), where)
        text = reader.said(found.get("text"), where, most=LONGEST_ANSWER)
        value = reader.text(found.get("value"), where, most=120)
        answers.append(Answer(answer_id, text, reader.text(found.get("to"), where, most=40), value))
    for twice in sorted(set(_twice(answer.id for answer in answers))):
        reader.wrong(_("%(where)s: two answers have the id “%(id)s”."), where=of_node, id=twice)
    return answers


def _twice(ids: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for one in ids:
        if one and one in seen:
            yield one
        seen.add(one)
