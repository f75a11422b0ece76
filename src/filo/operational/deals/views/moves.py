"""A deal goes from one stage to another, from the board or from its page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo, undo_address
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.filters.asking import tree_of
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.deals.act_forms import LossForm
from filo.operational.deals.filters import DEAL_FILTERS
from filo.operational.deals.forms import MissingForm, NextStepForm, stage_named
from filo.operational.deals.models import Deal, LossReason, PipelineStage
from filo.operational.deals.queries.board import some_columns
from filo.operational.deals.queries.contacts import contacts_of
from filo.operational.deals.queries.finding import seen_deal
from filo.operational.deals.queries.listing import deals_found
from filo.operational.deals.requirements import lacking
from filo.operational.deals.services import lose_deal, move_deal, win_deal


@require_POST
def move(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """To another stage; what that stage asks for is asked for here, and why it was lost."""
    deal = seen_deal(request.principal, deal_id)
    to = stage_named(deal, request.POST.get("stage", ""))
    if to is None:
        raise NotFound
    before = deal.stage
    form = _form(request, deal, to)
    if form is not None and not form.is_valid():
        return _asks(request, deal, to, form, status=422)
    try:
        with one_operation() as operation:
            moved = _move(request, deal, to, form)
    except InvalidFields as error:
        if form is None:
            form = MissingForm(list(error.fields), contacts_of(request.principal, deal), request.POST)
        form.is_valid()
        form.refuse(error)
        return _asks(request, deal, to, form, status=422)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        return _refused(request, deal, str(error))
    sentence = _("%(deal)s: %(stage)s") % {"deal": moved.title, "stage": moved.stage.name}
    if not _from_board(request):
        messages_with_undo(request, sentence, operation, back=_url(deal))
        return redirect(f"{_url(deal)}{'?ask=step' if moved.lacks_step else ''}")
    undo = undo_address(operation, back=request.POST.get("back", "")[:500] or reverse("deals:board"))
    return _moved(request, moved, [before, moved.stage], sentence, undo)


def _form(request: StaffRequest, deal: Deal, to: PipelineStage) -> Any:
    """What has to be filled in before it goes there; None for nothing."""
    data = request.POST if "asked" in request.POST else None
    if to.kind == "lost":
        return LossForm(data)
    missing = lacking(deal, to)
    return MissingForm(missing, contacts_of(request.principal, deal), data) if missing else None


def _move(request: StaffRequest, deal: Deal, to: PipelineStage, form: Any) -> Deal:
    if to.kind == "lost":
        reason: LossReason = form.cleaned_data["reason"]
        return lose_deal(request.principal, deal, reason=reason, note=form.cleaned_data["note"])
    facts = form.facts() if form is not None else {}
    if to.kind == "won":
        return win_deal(request.principal, deal, facts=facts)
    return move_deal(request.principal, deal, to, facts=facts)


def _from_board(request: StaffRequest) -> bool:
    return wants_fragment(request) and "board" in request.POST


def _asks(request: StaffRequest, deal: Deal, to: PipelineStage, form: Any, *, status: int) -> HttpResponse:
    """The form alone on the board, in a dialog; a page of its own without a script."""
    context = {
        "deal": deal,
        "to": to,
        "form": form,
        "on_board": _from_board(request),
        "back": request.POST.get("back", "")[:500],
    }
    template = "deals/_ask.html" if _from_board(request) else "deals/ask.html"
    answer = render(request, template, context, status=status)
    if _from_board(request):
        answer["HX-Retarget"], answer["HX-Reswap"] = "#board-ask", "innerHTML"
    return answer


def _refused(request: StaffRequest, deal: Deal, sentence: str) -> HttpResponse:
    if not _from_board(request):
        messages.error(request, sentence)
        return redirect(_url(deal))
    context = {"sentence": sentence, "mean": "bad"}
    answer = render(request, "deals/_refused.html", context, status=409)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#board-ask", "innerHTML"
    return answer


def _moved(request: StaffRequest, deal: Deal, stages: list[PipelineStage], sentence: str, undo: str) -> HttpResponse:
    """The two columns anew, what was done, and the question what comes next."""
    principal = request.principal
    known = {stage.pk: stage for stage in stages}
    found = deals_found(principal, tree_of(request.GET, DEAL_FILTERS, principal), request.GET.get("q", "")[:120])
    context = {
        "columns": some_columns(principal, found, list(known.values())),
        "may_edit": True,
        "sentence": sentence,
        "undo": undo,
        "deal": deal,
        "step_form": NextStepForm() if deal.lacks_step else None,
    }
    return render(request, "deals/_moved.html", context)


def _url(deal: Deal) -> str:
    return reverse("deals:deal", args=[deal.id])
