"""With what somebody writes first: from which mailbox, to which of the customer's addresses."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.models.conversation import ConversationQuerySet
from filo.collaborative.inbox.queries.senders import BY_MAIL
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.operational.parties.models import ContactPoint, Party, PartyRelation
from filo.operational.parties.policies import CONTACT_ROLES
from filo.operational.service.models import GroupMember

MOST_OPEN = 6


def mailboxes_to_write_from(principal: Principal) -> list[Mailbox]:
    """His own, and of the firm's those of his groups and of none; whoever works all conversations has all of them.

    The first is what he writes from unless he chooses: for who works them all the firm's, for others their own.
    """
    everything = principal.scope("conversation", "create") is Scope.ALL
    allowed = _own(principal) | _shared(principal, everything=everything)
    found = list(Mailbox.objects.in_use().filter(allowed).select_related("group", "company").order_by("address"))
    mine = _my_groups(principal)
    return sorted(found, key=lambda one: (one.is_personal is everything, one.group_id not in mine))


def addresses_of(party: Party) -> list[ContactPoint]:
    """Where a mail reaches him, the preferred first."""
    points = [point for point in party.contact_points.all() if point.type in BY_MAIL]
    return sorted(points, key=lambda point: (point.type != "email", not point.preferred))


def open_with(principal: Principal, party: Party) -> Sequence[Conversation]:
    """The conversations with a customer, and with the people of a firm, that are not done; at most six."""
    people = PartyRelation.objects.filter(to_party=party, role__in=CONTACT_ROLES).values("from_party")
    found: ConversationQuerySet = Conversation.objects.visible_to(principal).exclude(state="done")
    found = found.filter(Q(party=party) | Q(party__in=people))
    return list(found.for_list().order_by("-last_at", "-id")[:MOST_OPEN])


def _own(principal: Principal) -> Q:
    may = principal.user_id is not None and principal.may("correspondence", "create")
    return Q(owner=principal.user_id) if may else Q(pk=None)


def _shared(principal: Principal, *, everything: bool) -> Q:
    if not principal.may("conversation", "create"):
        return Q(pk=None)
    shared = Q(owner=None)
    if principal.company_ids is not None:
        shared &= Q(company=None) | Q(company__in=principal.company_ids)
    return shared if everything else shared & (Q(group=None) | Q(group__in=_my_groups(principal)))


def _my_groups(principal: Principal) -> set[object]:
    return set(GroupMember.objects.filter(user=principal.user_id).values_list("group", flat=True))
