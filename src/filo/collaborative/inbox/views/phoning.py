"""What was said on the telephone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.collaborative.inbox.forms import CallForm
from filo.collaborative.inbox.queries.boxes import seen_conversation
from filo.collaborative.inbox.services.phoning import note_call
from filo.collaborative.inbox.views.pages import talk_context
from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest


@require_POST
def call(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Keep a call; a wrong one stays typed."""
    found = seen_conversation(request.principal, conversation_id)
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            said = form.cleaned_data
            note_call(
                request.principal,
                found,
                said["text"],
                direction=said["direction"],
                reached=not said["unreached"],
                done=request.POST.get("then") == "done",
            )
            messages.success(request, _("The call is noted."))
            return redirect("inbox:talk", found.id)
        except InvalidFields as error:
            form.refuse(error)
    context = talk_context(request, found, call_form=form, tab="call")
    return render(request, "inbox/index.html", context, status=422)
