"""Rules that answer three questions from one definition: may they? which rows? and why?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.access.words import scope_sentence

NOTHING = Q(pk__in=[])
EVERYTHING = Q()


@dataclass(frozen=True)
class Trace:
    """Why a rule said yes or no, as a tree of sentences."""

    says: bool
    sentence: str | Promise
    parts: tuple[Trace, ...] = ()


class Rule:
    """A yes/no for one object and a `Q` for many, written together so that they cannot disagree."""

    def allows(self, principal: Principal, found: Any) -> bool:
        raise NotImplementedError

    def rows(self, principal: Principal) -> Q:
        raise NotImplementedError

    def trace(self, principal: Principal, found: Any) -> Trace:
        raise NotImplementedError

    def __or__(self, other: Rule) -> Rule:
        return _AnyOf(self, other)

    def __and__(self, other: Rule) -> Rule:
        return _AllOf(self, other)


@dataclass(frozen=True)
class Clause(Rule):
    """One sentence with its yes/no and its `Q`."""

    sentence: str | Promise
    yes: Callable[[Principal, Any], bool]
    q: Callable[[Principal], Q]

    def allows(self, principal: Principal, found: Any) -> bool:
        return self.yes(principal, found)

    def rows(self, principal: Principal) -> Q:
        return self.q(principal)

    def trace(self, principal: Principal, found: Any) -> Trace:
        return Trace(self.allows(principal, found), self.sentence)


@dataclass(frozen=True)
class _AnyOf(Rule):
    left: Rule
    right: Rule

    def allows(self, principal: Principal, found: Any) -> bool:
        return self.left.allows(principal, found) or self.right.allows(principal, found)

    def rows(self, principal: Principal) -> Q:
        left, right = self.left.rows(principal), self.right.rows(principal)
        if left == EVERYTHING or right == EVERYTHING:
            return EVERYTHING
        if NOTHING in (left, right):
            return right if left == NOTHING else left
        return left | right

    def trace(self, principal: Principal, found: Any) -> Trace:
        parts = (self.left.trace(principal, found), self.right.trace(principal, found))
        return Trace(any(part.says for part in parts), "", parts)


@dataclass(frozen=True)
class _AllOf(Rule):
    left: Rule
    right: Rule

    def allows(self, principal: Principal, found: Any) -> bool:
        return self.left.allows(principal, found) and self.right.allows(principal, found)

    def rows(self, principal: Principal) -> Q:
        left, right = self.left.rows(principal), self.right.rows(principal)
        return NOTHING if NOTHING in (left, right) else left & right

    def trace(self, principal: Principal, found: Any) -> Trace:
        parts = (self.left.trace(principal, found), self.right.trace(principal, found))
        return Trace(all(part.says for part in parts), "", parts)


@dataclass(frozen=True)
class ByScope(Rule):
    """Chooses the rule by how far the principal's right on an object reaches."""

    code: str
    action: str
    rules: Mapping[Scope, Rule]

    def _chosen(self, principal: Principal) -> Rule | None:
        return self.rules.get(principal.scope(self.code, self.action))

    def allows(self, principal: Principal, found: Any) -> bool:
        rule = self._chosen(principal)
        return rule is not None and rule.allows(principal, found)

    def rows(self, principal: Principal) -> Q:
        rule = self._chosen(principal)
        return NOTHING if rule is None else rule.rows(principal)

    def trace(self, principal: Principal, found: Any) -> Trace:
        rule = self._chosen(principal)
        sentence = scope_sentence(principal, self.code, self.action)
        if rule is None:
            return Trace(says=False, sentence=sentence)
        inner = rule.trace(principal, found)
        return Trace(inner.says, sentence, (inner,))
