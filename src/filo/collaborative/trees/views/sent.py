"""What the editor sends, and what it is answered."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from filo.collaborative.trees.drafts import TreeFacts, facts_from_json
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.problems import Problem
from filo.foundation.errors import BadRequest

LARGEST = 2_000_000


def sent_json(raw: bytes) -> Any:
    """What a program or a file says. Raises `BadRequest` in a sentence."""
    if len(raw) > LARGEST:
        raise BadRequest(_("This file is too large to be a tree."), code="too-large")
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadRequest(_("This is no JSON: bring a file that was exported as a tree."), code="not-json") from None


def sent_tree(request: HttpRequest, tree: DecisionTree) -> tuple[TreeFacts, int | None]:
    """The drawing in the body, and the version that it began with. Raises `BadRequest`, `InvalidFields`."""
    found = sent_json(request.body)
    if not isinstance(found, dict):
        raise BadRequest
    version = found.get("version")
    facts = facts_from_json(found.get("tree"), group_id=tree.group_id)
    return facts, version if isinstance(version, int) and not isinstance(version, bool) else None


def problems_shown(problems: list[Problem]) -> list[dict[str, str]]:
    """What has to be mended, as the editor reads it."""
    return [vars(problem).copy() for problem in problems]
