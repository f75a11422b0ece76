"""Whose data can be held: higher apps say how such a subject is found, called and reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.privacy.registry import load_declarations


@dataclass(frozen=True)
class SubjectKind:
    """names: of those ids that somebody may see. addresses: the mail addresses they are known by."""

    code: str
    names: Callable[[Principal, Iterable[UUID]], dict[UUID, str]]
    page: Callable[[UUID], str]
    addresses: Callable[[Iterable[UUID]], set[str]]


_subjects: dict[str, SubjectKind] = {}


def register_subject(kind: SubjectKind) -> None:
    """Let the data of such subjects be held."""
    _subjects[kind.code] = kind


def subject_kinds() -> list[SubjectKind]:
    """Every kind whose data can be held."""
    load_declarations()
    return list(_subjects.values())


def subject_kind(code: str) -> SubjectKind:
    """One of them. Raises `NotFound`."""
    for kind in subject_kinds():
        if kind.code == code:
            return kind
    raise NotFound


def seen_name(principal: Principal, code: str, subject_id: UUID) -> str:
    """What a subject is called, for one who may see it. Raises `NotFound`."""
    name = subject_kind(code).names(principal, [subject_id]).get(subject_id)
    if name is None:
        raise NotFound
    return name
