"""Reads about approvals that pages, API and other topics share."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import people_who_ask, principal_of
from filo.foundation.errors import NotFound
from filo.operational.approvals.models import Approval, StandIn
from filo.operational.approvals.policies import APPROVAL_DECIDED, absent_for
from filo.operational.approvals.registry import kind_named

SALT = "approvals.decide"
LINK_DAYS = 14
MOST_WAITING = 200


def seen_approval(principal: Principal, approval_id: UUID) -> Approval:
    """The approval with this id, if this principal may see it. Raises `NotFound`."""
    found = Approval.objects.visible_to(principal).for_list().filter(pk=approval_id).first()
    if found is None:
        raise NotFound
    return found


def may_decide(principal: Principal, approval: Approval) -> bool:
    """Whether this principal, or somebody whom he stands in for, may decide it. Nobody decides his own."""
    if principal.user_id is not None and approval.asked_by_id == principal.user_id:
        return False
    if not APPROVAL_DECIDED.allows(principal, approval):
        return False
    return any(_may_give(one, approval) for one in (principal, *absent_for(principal)))


def _may_give(principal: Principal, approval: Approval) -> bool:
    kind = kind_named(approval.subject_kind)
    reaches = principal.may("approval", "decide")
    return kind is not None and reaches and kind.may_give(principal, approval)


def waiting_for(principal: Principal) -> list[Approval]:
    """What waits for this principal's decision, the oldest first."""
    if not principal.may("approval", "view"):
        return []
    rows = Approval.objects.to_be_decided_by(principal).for_list().order_by("asked_at", "id")[:MOST_WAITING]
    return [one for one in rows if may_decide(principal, one)]


def deciders_of(approval: Approval) -> list[User]:
    """The people who may decide it today, without those who stand in for them."""
    people = people_who_ask().filter(is_active=True)
    if approval.asked_by_id:
        people = people.exclude(pk=approval.asked_by_id)
    if approval.person_id:
        people = people.filter(pk=approval.person_id)
    return [person for person in people if _is_decider(person, approval)]


def _is_decider(person: User, approval: Approval) -> bool:
    principal = principal_of(person)
    return APPROVAL_DECIDED.allows(principal, approval) and _may_give(principal, approval)


def waiting_about(kind: str, subject_id: UUID) -> Approval | None:
    """The approval that a thing waits for."""
    rows = Approval.objects.filter(subject_kind=kind, subject_id=subject_id, state="waiting")
    return rows.select_related("asked_by").first()


def approvals_about(kind: str, subject_id: UUID) -> list[Approval]:
    """All that was ever asked about a thing, the latest first."""
    return list(Approval.objects.filter(subject_kind=kind, subject_id=subject_id).for_list()[:20])


def stand_ins_of(principal: Principal, day: object) -> Iterable[StandIn]:
    """Who stands in for this person, from a day on."""
    rows = StandIn.objects.filter(person=principal.user_id, until_day__gte=day)
    return rows.select_related("stand_in")


def decision_link(approval: Approval, person: User) -> str:
    """One person's way to one decision: signed, for this purpose alone, good for two weeks."""
    token = signing.dumps([str(approval.pk), str(person.pk)], salt=SALT, compress=True)
    return f"{settings.SITE_URL.rstrip('/')}{reverse('approvals:by-link', args=[token])}"


def by_link(token: str) -> tuple[Approval, User] | None:
    """The approval and the person of a link; None for one that is forged, of another purpose, or too old."""
    try:
        approval, person = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400)
    except (signing.BadSignature, ValueError):
        return None
    found = Approval.objects.for_list().filter(pk=approval).first()
    who = people_who_ask().filter(pk=person, is_active=True).first()
    return (found, who) if found and who else None
