"""Who gets what: as one may see it, how often it came to what, and what one may start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import Count

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.sequences.models import Enrolment, Sequence
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.parties.models import Party

SALT, MOST = "sequences.stop", 200


@dataclass
class Figures:
    """How many customers a sequence runs for, and how it ended for the others."""

    running: int = 0
    answered: int = 0
    done: int = 0
    stopped: int = 0


def figures_of(principal: Principal, sequences: Iterable[Sequence]) -> dict[UUID, Figures]:
    """For each sequence, as far as one sees whom it goes to."""
    found = {sequence.pk: Figures() for sequence in sequences}
    rows = Enrolment.objects.visible_to(principal).filter(sequence__in=list(found)).order_by()
    for sequence, state, reason, n in rows.values_list("sequence", "state", "reason").annotate(n=Count("pk")):
        name = "answered" if reason == "answered" else state
        setattr(found[sequence], name, getattr(found[sequence], name) + n)
    return found


def runs_of(principal: Principal, sequence: Sequence) -> list[Enrolment]:
    """Who gets it and got it, what runs first."""
    rows = Enrolment.objects.visible_to(principal).filter(sequence=sequence).for_list()
    return list(rows.order_by("ended_at", "-started_at", "-id")[:MOST])


def runs_beside(principal: Principal, party: Party | None, conversation: Conversation | None) -> list[Enrolment]:
    """What runs in a conversation, or for a customer, and of a conversation how the last one ended."""
    rows = Enrolment.objects.visible_to(principal).for_list()
    if conversation is not None:
        return list(rows.filter(conversation=conversation).order_by("-started_at", "-id")[:3])
    return list(rows.filter(party=party, state="running")[:10])


def seen_sequence(principal: Principal, sequence_id: UUID) -> Sequence:
    """The sequence if it is the firm's or one's own. Raises `NotFound`."""
    found = Sequence.objects.visible_to(principal).select_related("mailbox", "owner").filter(pk=sequence_id).first()
    if found is None:
        raise NotFound
    return found


def seen_enrolment(principal: Principal, enrolment_id: UUID) -> Enrolment:
    """The run if one may see it. Raises `NotFound`."""
    found = Enrolment.objects.visible_to(principal).for_list().filter(pk=enrolment_id).first()
    if found is None:
        raise NotFound
    return found


def startable(principal: Principal) -> list[Sequence]:
    """What one may start now."""
    rows = Sequence.objects.visible_to(principal).filter(active=True, steps__isnull=False)
    return list(rows.distinct()[:100])


def may_write(principal: Principal) -> bool:
    """Whether one writes to customers at all."""
    return principal.may("conversation", "create") or principal.may("correspondence", "create")


def may_stop(principal: Principal, enrolment: Enrolment) -> bool:
    """Whoever started it, and who may write where it runs."""
    if principal.user_id is not None and enrolment.starter_id == principal.user_id:
        return True
    talk = enrolment.conversation
    return CONVERSATION_EDITED.allows(principal, talk) if talk else may_write(principal)


def stop_token(enrolment: Enrolment) -> str:
    """What stands in the link with which a customer says no."""
    return signing.dumps(str(enrolment.pk), salt=SALT, compress=True)


def enrolment_by_token(token: str) -> Enrolment | None:
    """Whom a link was sent to; None for one that is forged or of another purpose."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Enrolment.objects.select_related("party", "conversation").filter(pk=pk).first()
