"""The group's queue of automatic answers: what was asked, what was answered and how sure it was."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.answers.forms import CorrectionForm
from filo.collaborative.answers.models import AutoReply
from filo.collaborative.answers.queries import TABS, in_tab, standing
from filo.collaborative.answers.services.reviewing import correct, leave_it, look_again, take_over
from filo.foundation import clock
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.paging import Key, page_of
from filo.foundation.web.requests import StaffRequest

SIZE, DAYS = 20, 30
NEWEST_FIRST = [Key("at", descending=True), Key("id", descending=True)]
NAMES = {
    "waiting": gettext_lazy("To be looked at"),
    "unhappy": gettext_lazy("Not content"),
    "receipts": gettext_lazy("Only a receipt"),
    "silent": gettext_lazy("Kept silent"),
    "done": gettext_lazy("Looked at"),
}


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The queue, in tabs; the newest first."""
    request.principal.require("conversation", "view")
    tab = request.GET.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    page = page_of(in_tab(request.principal, tab), NEWEST_FIRST, size=SIZE, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "answers": page.rows,
        "tab": tab,
        "tabs": NAMES,
        "standing": standing(request.principal, clock.now() - timedelta(days=DAYS)),
        "days": DAYS,
    }
    return render(request, "answers/index.html", context)


@require_POST
def leave(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """It was right."""
    answer = leave_it(request.principal, _seen(request, answer_id))
    messages.success(request, _("Left as it was answered."), extra_tags=reverse("answers:again", args=[answer.id]))
    return _back(request)


@require_POST
def take(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """The conversation is mine now."""
    answer = take_over(request.principal, _seen(request, answer_id))
    messages.success(request, _("The conversation is yours."), extra_tags=reverse("answers:again", args=[answer.id]))
    return redirect(f"/inbox/{answer.conversation_id}")


@require_POST
def again(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """Undo of either."""
    look_again(request.principal, _seen(request, answer_id))
    return _back(request)


@require_http_methods(["GET", "POST"])
def correction(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """Write what is right, and say which article the question should have led to."""
    answer = _seen(request, answer_id)
    form = CorrectionForm(request.principal, answer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            correct(request.principal, answer, text=found["text"], article=found["article"])
            messages.success(request, _("The correction is on its way."))
            return redirect(f"/inbox/{answer.conversation_id}")
        except InvalidFields as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    return render(request, "answers/correction.html", {"form": form, "answer": answer}, status=status)


def _seen(request: StaffRequest, answer_id: UUID) -> AutoReply:
    found = AutoReply.objects.visible_to(request.principal).for_list().filter(pk=answer_id).first()
    if found is None:
        raise NotFound
    return found


def _back(request: StaffRequest) -> HttpResponse:
    target = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return redirect(target if safe else reverse("answers:list"))
