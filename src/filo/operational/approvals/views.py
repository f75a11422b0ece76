"""The pages of approvals: what waits for me, one decision by the link of a mail, who stands in for me."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.accounts.queries import principal_of
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest, public
from filo.operational.approvals.forms import StandInForm
from filo.operational.approvals.models import Approval
from filo.operational.approvals.queries import by_link, may_decide, seen_approval, stand_ins_of, waiting_for
from filo.operational.approvals.registry import kind_named
from filo.operational.approvals.services import already, decide_approval, end_stand_in, set_stand_in

MOST_DECIDED = 20


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What waits for my decision, what I asked, and what was decided lately."""
    request.principal.require("approval", "view")
    return render(request, "approvals/list.html", _context(request))


def _context(request: StaffRequest, **refused: object) -> dict[str, object]:
    principal = request.principal
    seen = Approval.objects.visible_to(principal).for_list()
    today = clock.today()
    return {
        "waiting": [_shown(one) for one in waiting_for(principal)],
        "asked": [_shown(one) for one in seen.filter(state="waiting", asked_by=principal.user_id)[:MOST_DECIDED]],
        "decided": [_shown(one) for one in seen.exclude(state="waiting")[:MOST_DECIDED]],
        "stand_ins": stand_ins_of(principal, today),
        "form": StandInForm(principal, initial={"from_day": today}),
        **refused,
    }


def _shown(approval: Approval) -> dict[str, object]:
    kind = kind_named(approval.subject_kind)
    return {"approval": approval, "kind": kind, "url": kind.url(approval.subject_id) if kind else ""}


@require_POST
def decide(request: StaffRequest, approval_id: UUID) -> HttpResponse:
    """Yes with one press; no with a reason."""
    approval, note = seen_approval(request.principal, approval_id), request.POST.get("note", "")[:1_000]
    approved = request.POST.get("decision") == "yes"
    try:
        decide_approval(request.principal, approval, approved=approved, note=note)
    except InvalidFields as error:
        told = {"refused_id": approval.pk, "refusal": str(next(iter(error.fields.values()))[0])}
        return render(request, "approvals/list.html", _context(request, **told), status=422)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
        return redirect("approvals:list")
    messages.success(request, _("Approved.") if approved else _("Refused. Whoever asked is told why."))
    return redirect("approvals:list")


@require_http_methods(["GET", "POST"])
def stand_in(request: StaffRequest) -> HttpResponse:
    """Who decides while I am away: the form is on the page of what waits."""
    if request.method == "GET":
        return redirect("approvals:list")
    form = StandInForm(request.principal, request.POST)
    if form.is_valid():
        try:
            set_stand_in(request.principal, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("approvals:list")
        except InvalidFields as error:
            form.refuse(error)
    return render(request, "approvals/list.html", _context(request, form=form), status=422)


@require_POST
def end(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """I am back."""
    end_stand_in(request.principal, stand_in_id)
    messages.success(request, _("Nobody stands in any more."))
    return redirect("approvals:list")


@public
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of a mail: opening it decides nothing, since programs that scan mails open every link."""
    found = by_link(token)
    if found is None:
        raise NotFound
    approval, person = found
    principal = principal_of(person)
    with translation.override(person.language or "it"):
        context = {**_shown(approval), "person": person, "token": token, "may": may_decide(principal, approval)}
        context["standing"] = "" if approval.is_waiting else already(approval)
        if request.method == "GET":
            return render(request, "approvals/decision.html", context)
        approved = request.POST.get("decision") == "yes"
        try:
            decide_approval(principal, approval, approved=approved, note=request.POST.get("note", "")[:1_000])
        except DomainError as error:
            wrong = isinstance(error, InvalidFields)
            said = str(next(iter(error.fields.values()))[0]) if isinstance(error, InvalidFields) else str(error)
            typed = request.POST.get("note", "")[:1_000]
            context |= {"refusal": said, "typed": typed}
            return render(request, "approvals/decision.html", context, status=422 if wrong else error.status)
        return render(request, "approvals/decision.html", context | {"done": True, "approved": approved})
