"""A visitor tells the assistant something; it is used at once, and kept in his profile where he is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.assistant.models import Assisted, SectionRule, SectionSeen
from filo.collaborative.assistant.queries.asking import question
from filo.collaborative.assistant.queries.guided import Guided, asked_at, fills_of
from filo.collaborative.assistant.queries.known import USED, known_of
from filo.collaborative.assistant.queries.sections import is_held_out
from filo.collaborative.visitors.models import Visitor
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.push.services import publish
from filo.operational.parties.models import Party
from filo.operational.parties.services.timeline import page_changed, tell, untell
from filo.operational.profile.services.learning import learn

ASSISTANT = system("assistant")
SURE = 0.95


def tell_assistant(
    visitor: Visitor,
    answers: Mapping[str, Sequence[str]],
    *,
    topic: str | None = None,
    ways: Mapping[str, str] | None = None,
) -> Assisted:
    """Keep what he chose (codes by kind of fact), and what he looks for if that is said.

    ways: by node, the answers that he chose in the tree of his topic. Raises `InvalidFields`.
    """
    guided = known_of(visitor).guided
    usable = {*USED, *(fills_of(guided.graph) if guided else ())}
    clean = {code: _checked(code, values, usable) for code, values in answers.items()}
    chosen = {_checked_way(guided, node, way): way for node, way in (ways or {}).items()}
    with transaction.atomic():
        found = _his(visitor)
        found.answers = {**found.answers, **{code: values for code, values in clean.items() if values}}
        found.ways = {**found.ways, **chosen}
        if topic is not None:
            found.topic, found.offers = clean_line(topic, max_length=120), False
        found.last_at = clock.now()
        found.save()
        party = visitor.known
        for code, values in clean.items() if party else ():
            for value in values:
                learn(
                    ASSISTANT,
                    party,  # type: ignore[arg-type]  # the loop is empty without one
                    code,
                    value,
                    source="assistant",
                    confidence=SURE,
                    about=("assistant", found.pk),
                )
        publish(f"visit:{visitor.pk}", "assistant")
        if party is not None:
            _tell_story(found, party, known_of(visitor).guided)
    return found


def _tell_story(found: Assisted, party: Party, guided: Guided | None) -> None:
    """One line for a talk with the assistant, told anew as it goes on."""
    untell("assistant", found.pk)
    words = [
        ", ".join(dict(question(code).choices).get(one, one) for one in found.answers[code]) for code in found.answers
    ]
    words += [label for _asked, label in guided.said] if guided else []
    entries = tell(
        ASSISTANT,
        party,
        at=found.began_at,
        kind="assistant.used",
        object="party",
        direction="in",
        summary=" · ".join(one for one in (found.topic, *words) if one)[:300],
        reference_kind="assistant",
        reference_id=found.pk,
    )
    page_changed(ASSISTANT, [entry.party_id for entry in entries], "timeline")


def note_proposed(visitor: Visitor, proposed: Sequence[tuple[UUID, Sequence[str]]]) -> None:
    """Remember what was shown last, so that the person he speaks to sees the same."""
    with transaction.atomic():
        found = _his(visitor)
        found.proposed = [[str(product), list(reasons)] for product, reasons in proposed]
        found.last_at = clock.now()
        found.save()


def note_section(rule: SectionRule, party: Party) -> bool:
    """Whether he is shown it, remembered the first time."""
    shown = not is_held_out(rule, party)
    SectionSeen.objects.get_or_create(rule=rule, party=party, defaults={"shown": shown, "at": clock.now()})
    return shown


def note_ordered(party_id: UUID) -> None:
    """He ordered: what he was shown, or not shown, before may have brought it."""
    SectionSeen.objects.filter(party=party_id, ordered_at=None).update(ordered_at=clock.now())


def _his(visitor: Visitor) -> Assisted:
    found = Assisted.objects.select_for_update().filter(visitor=visitor).first()
    if found is not None:
        return found
    known, moment = known_of(visitor), clock.now()
    return Assisted.objects.create(
        visitor=visitor,
        conversation=known.conversation,
        topic=known.topic[:120],
        offers=known.offers,
        began_at=moment,
        last_at=moment,
    )


def _checked_way(guided: Guided | None, node_id: str, way: str) -> str:
    node = guided.graph.by_id.get(node_id) if guided else None
    asked = asked_at(node) if node and node.kind == "question" else None
    if guided is None or asked is None or asked.kind is not None:
        raise InvalidFields({node_id: _("There is no such question.")})
    if way not in dict(asked.choices):
        raise InvalidFields({node_id: _("Choose one of the list.")})
    return f"{guided.code}/{node_id}"


def _checked(code: str, values: Sequence[str], usable: Collection[str]) -> list[str]:
    if code not in usable:
        raise InvalidFields({code: _("There is no such question.")})
    choices = dict(question(code).choices)
    wrong = [value for value in values if value not in choices]
    if wrong:
        raise InvalidFields({code: _("Choose one of the list.")})
    return list(dict.fromkeys(values))
