"""Plans, in the settings: what is in force, what comes, a new one, one taken away, each with a way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import BadRequest, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest
from filo.operational.team.figures import measure_coded
from filo.operational.team.forms import PlanForm
from filo.operational.team.models import Plan
from filo.operational.team.queries import seen_plan, seen_plans
from filo.operational.team.services import make_plan, may_plan, plan_standing, remove_plan


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """What is planned, and a form for more; a plan of that very day is replaced, unless its writer had not seen it."""
    request.principal.require("team", "edit")
    form, seen = PlanForm(request.principal, request.POST or None), _seen(request)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                make_plan(request.principal, **form.facts, version=_version_seen(seen, form.facts))
            messages_with_undo(request, _("Saved."), operation, reverse("team:plans"))
            return redirect("team:plans")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.refuse_stale(error)
            seen = None
    plans = _plans(request.principal)
    if seen is None:
        seen = {str(plan.pk): plan.version for plan, _label, _may in plans}
    context = {"form": form, "plans": plans, "seen": [f"{key}:{version}" for key, version in seen.items()]}
    context |= {"today": clock.today()}
    return render(request, "team/plans.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Take one away, with a way back."""
    with one_operation() as operation:
        remove_plan(request.principal, seen_plan(request.principal, plan_id))
    messages_with_undo(request, _("The plan is gone."), operation, reverse("team:plans"))
    return redirect("team:plans")


def _seen(request: StaffRequest) -> dict[str, int] | None:
    """The version of each plan that stood on the page from which somebody posts; None: nobody posts."""
    if request.method != "POST":
        return None
    pairs = [one.partition(":") for one in request.POST.getlist("seen")]
    if not all(text.isascii() and text.isdigit() and len(text) < 10 for _key, _colon, text in pairs):
        raise BadRequest
    return {key: int(text) for key, _colon, text in pairs}


def _version_seen(seen: Mapping[str, int] | None, facts: Mapping[str, Any]) -> int:
    """The version that was read of the plan which these facts replace; 0: it was not there yet."""
    there = plan_standing(**{name: facts[name] for name in ("person", "role", "measure", "valid_from")})
    return (seen or {}).get(str(there.pk), 0) if there else 0


def _plans(principal: Principal) -> list[tuple[Plan, str, bool]]:
    found = [
        (plan, str(known.label), may_plan(principal, plan))
        for plan in seen_plans(principal).filter(removed_at=None)
        if (known := measure_coded(plan.measure))
    ]
    return sorted(found, key=lambda one: (one[0].role is None, str(one[0].role or one[0].person), one[1]))
