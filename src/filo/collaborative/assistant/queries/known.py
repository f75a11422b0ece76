"""What the assistant knows of a visitor, and what it has still to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filo.collaborative.assistant.models import Assisted
from filo.collaborative.assistant.queries.asking import Question, question
from filo.collaborative.assistant.queries.guided import Guided, fills_of, gone_through, guide_for
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.visitors.models import PersonalLink, Visitor
from filo.operational.consents.queries import refuses
from filo.operational.profile.queries import sure_values

# What is asked for clothes, in this order; what is known already is not asked.
ASKED = ("size", "colours-liked")
USED = (*ASKED, "fibres-wanted", "fibres-avoided")


@dataclass(frozen=True)
class Known:
    """topic, offers: what he looks for. facts: by kind, what is known, from the profile or said just now.

    guided: how far the tree of his topic leads, where one is drawn for it.
    """

    topic: str
    offers: bool
    facts: Mapping[str, Sequence[str]]
    conversation: Conversation | None
    guided: Guided | None = None

    @property
    def missing(self) -> list[Question]:
        """What has still to be asked."""
        if self.guided is not None:
            return self.guided.asks
        return [question(code) for code in ASKED if not self.facts.get(code)]

    @property
    def asked(self) -> list[Question]:
        """Everything that was asked or is, so that it can be changed."""
        if self.guided is not None:
            return [*self.guided.passed, *self.guided.asks]
        return [question(code) for code in ASKED]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is known, in words: (kind, values)."""
        found = []
        for code in self.facts:
            if self.facts[code]:
                one = question(code)
                labels = dict(one.choices)
                found.append((str(one.kind), ", ".join(labels.get(value, value) for value in self.facts[code])))
        return [*found, *(self.guided.said if self.guided else [])]


def known_of(visitor: Visitor | None) -> Known:
    """Everything that is known of a visitor: by his personal link, what he told the assistant, and his profile unless
    he refused that proposals are made of it.
    """
    told = Assisted.objects.filter(visitor=visitor).select_related("conversation").first() if visitor else None
    link = _link_of(visitor)
    party = visitor.known if visitor else None
    party = None if party and refuses(party, "profiling") else party
    facts: dict[str, Sequence[str]] = {}
    context = link.context if link else {}
    topic = told.topic if told else str(context.get("topic", ""))
    tree = guide_for(topic)
    graph = tree.live.told if tree and tree.live else None
    for code in dict.fromkeys([*USED, *(fills_of(graph) if graph else [])]):
        kept = list(told.answers.get(code, [])) if told else []
        facts[code] = kept or (sure_values(party, code) if party else [])
    talk = Conversation.objects.filter(pk=context["conversation"]).first() if context.get("conversation") else None
    return Known(
        topic=topic,
        offers=told.offers if told else bool(context.get("offers")),
        facts=facts,
        conversation=talk,
        guided=gone_through(tree.code, graph, facts, ways_in(told, tree.code)) if tree and graph else None,
    )


def ways_in(told: Assisted | None, code: str) -> dict[str, str]:
    """The answers that were chosen in a tree, by node."""
    kept = told.ways if told else {}
    return {key.removeprefix(f"{code}/"): way for key, way in kept.items() if key.startswith(f"{code}/")}


def _link_of(visitor: Visitor | None) -> PersonalLink | None:
    if visitor is None or visitor.known is None:
        return None
    rows = PersonalLink.objects.filter(used_by=visitor, party=visitor.party_id, purpose="assistant")
    return rows.order_by("-used_at").first()
