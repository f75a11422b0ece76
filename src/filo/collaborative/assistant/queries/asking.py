"""A question of the assistant, whether it is one of its own or of a tree that was drawn for a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from filo.collaborative.trees.graph import Node, said
from filo.operational.profile.models import TraitKind
from filo.operational.profile.services.kinds import kind_coded

NODE = "node:"  # before the id of a node, where a question fills no kind of fact


@dataclass(frozen=True)
class Question:
    """What is asked, with its choices as (code, label): of a kind of fact, of a node of a tree, or of both."""

    kind: TraitKind | None
    choices: Sequence[tuple[str, str]]
    node: Node | None = None

    @property
    def name(self) -> str:
        """Under which it is answered."""
        return self.kind.code if self.kind else f"{NODE}{self.node.id if self.node else ''}"

    @property
    def label(self) -> str:
        """How it is asked."""
        return (said(self.node.text) if self.node else "") or str(self.kind or "")

    @property
    def many(self) -> bool:
        """Whether several answers hold at once."""
        return bool(self.kind and self.kind.many)


def question(code: str) -> Question:
    """A kind of fact to be asked for. Raises `InvalidFields` where it is not in use."""
    kind = kind_coded(code)
    return Question(kind, list(kind.answers))
