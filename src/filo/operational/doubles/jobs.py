"""Cards are looked at as they change, and all of them at night; likely pairs are merged when somebody says so."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily
from filo.foundation.jobs.services import enqueue
from filo.operational.doubles.services.deciding import merge_alike
from filo.operational.doubles.services.looking import RESTED, are_still_arriving, look_at_changed
from filo.operational.doubles.services.nightly import look_at_all


@job(
    label=_("Look for customers who are there twice, among those that changed"),
    queue="long",
    atomic=False,
    announced=False,
)
def look_at_what_changed(context: JobContext) -> dict[str, int]:
    """Asked for by every change of a card, at most every few seconds; what comes in by the thousand is waited for."""
    if are_still_arriving():
        moment = clock.now()
        turn = int(moment.timestamp() / RESTED.total_seconds())  # many wait at once; one of them is enough
        enqueue("doubles.look_at_what_changed", key=f"rested:{turn}", run_at=moment + RESTED)
        return {"looked_at": 0}
    return {"looked_at": look_at_changed(tell=context.progress, is_cancelled=context.cancelled)}


@daily(at="02:15")
@job(label=_("Look for customers who are there twice"), queue="long", atomic=False, announced=False)
def look_at_everybody(context: JobContext) -> dict[str, int]:
    """Every card once a night, in case a change was missed or comparing has become better."""
    return {"looked_at": look_at_all(tell=context.progress, is_cancelled=context.cancelled)}


@job(label=_("Merge of many customers who are there twice"), queue="long", atomic=False)
def merge_many(context: JobContext, *, least: float) -> dict[str, int]:
    """With the rights of whoever asked, as they are now; begun again after a crash it goes on with who is left."""
    person = person_by_id(str(context.requested_by)) if context.requested_by else None
    if person is None:
        return {"merged": 0, "left": 0}
    with translation.override(person.language):
        principal = principal_of(person, door="job")
        return merge_alike(principal, least=least, tell=context.progress, is_cancelled=context.cancelled)
