"""What follows from what happens to approvals: those who may decide get a mail with a link, whoever asked is told."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.mail.services import queue_mail
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.approvals.events import ApprovalAsked, ApprovalDecided, ApprovalWithdrawn
from filo.operational.approvals.models import Approval, StandIn
from filo.operational.approvals.queries import deciders_of, decision_link
from filo.operational.approvals.telling import ASKED, DECIDED

MOST_ASKED = 20


@on(ApprovalAsked)
def ask_those_who_may(event: ApprovalAsked, meta: EventMeta) -> None:
    """A notice and a mail with their own link, to them and to who stands in for them today."""
    approval = Approval.objects.filter(pk=event.approval, state="waiting").first()
    if approval is None or not is_news(meta.time):
        return
    people = _with_stand_ins(deciders_of(approval))
    ids = [person.pk for person in people if person.pk != approval.asked_by_id][:MOST_ASKED]
    notify(ASKED, ids, subject=Subject("approval", approval.pk), url="/approvals", actor=meta.actor_id)
    for person in people[:MOST_ASKED]:
        if person.pk != approval.asked_by_id:
            _mail(approval, person)


def _with_stand_ins(people: list[User]) -> list[User]:
    today = clock.today()
    rows = StandIn.objects.filter(person__in=[one.pk for one in people], from_day__lte=today, until_day__gte=today)
    known = {one.pk: one for one in people}
    for row in rows.select_related("stand_in"):
        if row.stand_in.is_active:
            known.setdefault(row.stand_in_id, row.stand_in)
    return list(known.values())


def _mail(approval: Approval, person: User) -> None:
    with translation.override(person.language or "it"):
        told = {"name": approval.asked_by_name, "what": approval.what}
        text = _("%(name)s asks you to approve:\n%(what)s") % told
        how = _("Look at it and decide here:\n%(link)s") % {"link": decision_link(approval, person)}
        queue_mail(
            to=person.email,
            subject=_("To approve: %(what)s") % {"what": approval.what},
            text=f"{text}\n{approval.why}\n\n{how}",
            key=f"approval:{approval.pk}:{person.pk}",
        )


@on(ApprovalDecided)
def tell_whoever_asked(event: ApprovalDecided, meta: EventMeta) -> None:
    """He can go on, or knows why not."""
    settle("approval", event.approval)
    approval = Approval.objects.filter(pk=event.approval).first()
    if approval is None or approval.asked_by_id is None or not is_news(meta.time):
        return
    subject = Subject("approval", approval.pk)
    data = {"approved": event.approved}
    notify(DECIDED, [approval.asked_by_id], subject=subject, data=data, url="/approvals", actor=meta.actor_id)


@on(ApprovalWithdrawn)
def leave_in_peace(event: ApprovalWithdrawn, _meta: EventMeta) -> None:
    """It is not asked any more."""
    settle("approval", event.approval)
