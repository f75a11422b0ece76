"""How a text reads once its places are filled in, with what a real customer has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.ready import values_of
from filo.foundation.access.principal import Principal
from filo.foundation.placeholders import MissingValue, fill

OFFERED, LOOKED_AT = 8, 40


@dataclass(frozen=True)
class Previewed:
    """A text in one language as it would leave; `missing` names what there is nothing to put in for."""

    language: str
    subject: str
    text: str
    missing: str = ""


def talks_to_try(principal: Principal) -> list[Conversation]:
    """The latest conversations that one reads, one of each customer."""
    rows = Conversation.objects.visible_to(principal).exclude(party=None).for_list()
    found: dict[UUID | None, Conversation] = {}
    for talk in rows.order_by("-last_at", "-id")[:LOOKED_AT]:
        found.setdefault(talk.party_id, talk)
    return list(found.values())[:OFFERED]


def talk_to_try(principal: Principal, chosen: str) -> Conversation | None:
    """The chosen one of them, else the latest; None where one reads none."""
    talks = talks_to_try(principal)
    return next((talk for talk in talks if str(talk.pk) == chosen), talks[0] if talks else None)


def previewed(
    principal: Principal, talk: Conversation | None, texts: Iterable[tuple[str, str, str]]
) -> list[Previewed]:
    """Each (language, subject, text) that holds something, filled in; without a talk as it is written."""
    values = values_of(talk, principal) if talk else None
    return [_filled(values, *one) for one in texts if one[1].strip() or one[2].strip()]


def _filled(values: dict[str, str] | None, language: str, subject: str, text: str) -> Previewed:
    if values is None:
        return Previewed(language, subject, text)
    try:
        return Previewed(language, fill(subject, values), fill(text, values))
    except MissingValue as missing:
        return Previewed(language, subject, text, missing.name)
