"""The next step of a deal: what comes next, and that it is done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.errors import Stale
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.deals.forms import NextStepForm
from filo.operational.deals.queries.finding import seen_deal
from filo.operational.deals.services import (
    do_next_step,
    set_next_step,
)
from filo.operational.deals.views.answers import acted, refused_page
from filo.operational.deals.views.past_days import warn_of_past


@require_POST
def next_step(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """What comes next, and when; who saved first is not overwritten."""
    deal, form, version = seen_deal(request.principal, deal_id), NextStepForm(request.POST), posted_version(request)
    if not form.is_valid():
        return refused_page(request, deal, step_form=form, step_version=version, asks_step=True)
    step, on = form.cleaned_data["next_step"], form.cleaned_data["next_on"]
    verb = lambda: set_next_step(request.principal, deal, step=step, on=on, version=version)  # noqa: E731
    try:
        answer = acted(request, deal, verb, _("Noted."))
    except Stale as error:
        version, deal = form.refuse_stale(error), seen_deal(request.principal, deal_id)
        return refused_page(request, deal, step_form=form, step_version=version, asks_step=True)
    warn_of_past(request, next_on=on)
    return answer


@require_POST
def step_done(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The next step is done; the page asks for another."""
    deal = seen_deal(request.principal, deal_id)
    done = _("Done: %(title)s") % {"title": deal.next_step}
    return acted(request, deal, lambda: do_next_step(request.principal, deal), done)
