"""What the assistant knows of a visitor, and what it has still to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filo.collaborative.assistant.models import Assisted
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.visitors.models import PersonalLink, Visitor
from filo.operational.profile.models import TraitKind
from filo.operational.profile.queries import sure_values
from filo.operational.profile.services.kinds import kind_coded

# What is asked for clothes, in this order; what is known already is not asked.
ASKED = ("size", "colours-liked")
USED = (*ASKED, "fibres-wanted", "fibres-avoided")


@dataclass(frozen=True)
class Question:
    """A kind of fact with its choices as (code, label)."""

    kind: TraitKind
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Known:
    """topic, offers: what he looks for. facts: by kind, what is known, from the profile or said just now."""

    topic: str
    offers: bool
    facts: Mapping[str, Sequence[str]]
    conversation: Conversation | None

    @property
    def missing(self) -> list[Question]:
        """What has still to be asked."""
        return [question(code) for code in ASKED if not self.facts.get(code)]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is known, in words: (kind, values)."""
        found = []
        for code in USED:
            if self.facts.get(code):
                one = question(code)
                labels = dict(one.choices)
                found.append((str(one.kind), ", ".join(labels.get(value, value) for value in self.facts[code])))
        return found


def question(code: str) -> Question:
    """A kind of fact to be asked for."""
    kind = kind_coded(code)
    return Question(kind, list(kind.answers))


def known_of(visitor: Visitor | None) -> Known:
    """Everything that is known of a visitor: by his personal link, his profile, and what he told the assistant."""
    told = Assisted.objects.filter(visitor=visitor).select_related("conversation").first() if visitor else None
    link = _link_of(visitor)
    party = visitor.known if visitor else None
    facts: dict[str, Sequence[str]] = {}
    for code in USED:
        kept = list(told.answers.get(code, [])) if told else []
        facts[code] = kept or (sure_values(party, code) if party else [])
    context = link.context if link else {}
    talk = Conversation.objects.filter(pk=context["conversation"]).first() if context.get("conversation") else None
    return Known(
        topic=told.topic if told else str(context.get("topic", "")),
        offers=told.offers if told else bool(context.get("offers")),
        facts=facts,
        conversation=talk,
    )


def _link_of(visitor: Visitor | None) -> PersonalLink | None:
    if visitor is None or visitor.known is None:
        return None
    rows = PersonalLink.objects.filter(used_by=visitor, party=visitor.party_id, purpose="assistant")
    return rows.order_by("-used_at").first()
