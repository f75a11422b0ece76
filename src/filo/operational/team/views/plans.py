"""Plans, in the settings: what is in force, what comes, a new one, one taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest
from filo.operational.team.figures import measure_coded
from filo.operational.team.forms import PlanForm
from filo.operational.team.models import Plan
from filo.operational.team.queries import seen_plan, seen_plans
from filo.operational.team.services import make_plan, may_plan, remove_plan, restore_plan


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """What is planned, and a form for more."""
    request.principal.require("team", "edit")
    form = PlanForm(request.principal, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_plan(request.principal, **form.facts)
            messages.success(request, _("Saved."))
            return redirect("team:plans")
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "plans": _plans(request.principal), "today": clock.today()}
    return render(request, "team/plans.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Take one away, with a way back."""
    plan = remove_plan(request.principal, seen_plan(request.principal, plan_id))
    undo = reverse("team:plan-restore", args=[plan.id])
    messages.success(request, _("The plan is gone."), extra_tags=undo)
    return redirect("team:plans")


@require_POST
def restore(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Bring one back."""
    try:
        restore_plan(request.principal, seen_plan(request.principal, plan_id))
        messages.success(request, _("The plan counts again."))
    except InvalidFields as error:
        messages.error(request, str(error.fields["valid_from"][0]))
    return redirect("team:plans")


def _plans(principal: Principal) -> list[tuple[Plan, str, bool]]:
    found = [
        (plan, str(known.label), may_plan(principal, plan))
        for plan in seen_plans(principal).filter(removed_at=None)
        if (known := measure_coded(plan.measure))
    ]
    return sorted(found, key=lambda one: (one[0].role is None, str(one[0].role or one[0].person), one[1]))
