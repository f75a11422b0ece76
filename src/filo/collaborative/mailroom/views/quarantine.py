"""Pages of what was put aside: why, the raw mail, and what to do with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.mailroom.models import State
from filo.collaborative.mailroom.queries import counts_of, seen_mail, seen_mails
from filo.collaborative.mailroom.services import quarantine as verbs
from filo.foundation.files.answering import answer_file
from filo.foundation.web.requests import StaffRequest


@require_GET
def quarantine(request: StaffRequest) -> HttpResponse:
    """The mails that were put aside, the newest first, or those in another state."""
    state = request.GET.get("state", State.QUARANTINED.value)
    page = seen_mails(request.principal, state=state, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "state": state, "states": State.choices, "counts": counts_of(request.principal)}
    return render(request, "mailroom/quarantine.html", context)


@require_GET
def mail(request: StaffRequest, mail_id: UUID) -> HttpResponse:
    """One mail with what is known of it."""
    found = seen_mail(request.principal, mail_id)
    return render(request, "mailroom/incoming.html", {"mail": found, "facts": found.facts})


@require_GET
def raw(request: StaffRequest, mail_id: UUID) -> FileResponse:
    """The mail as it came, for keeping."""
    return answer_file(seen_mail(request.principal, mail_id).raw)


@require_POST
def again(request: StaffRequest, mail_id: UUID) -> HttpResponse:
    """Have it taken in once more."""
    verbs.try_again(request.principal, seen_mail(request.principal, mail_id))
    messages.success(request, _("It is tried again."))
    return redirect("mailroom:quarantine")


@require_POST
def ignore(request: StaffRequest, mail_id: UUID) -> HttpResponse:
    """Leave it be, with a way back."""
    found = verbs.ignore_mail(request.principal, seen_mail(request.principal, mail_id))
    undo = reverse("mailroom:put-aside", args=[found.id])
    messages.success(request, _("Nothing is done with it; the raw mail stays."), extra_tags=undo)
    return redirect("mailroom:quarantine")


@require_POST
def put_aside(request: StaffRequest, mail_id: UUID) -> HttpResponse:
    """Take back that it is ignored."""
    verbs.put_aside_again(request.principal, seen_mail(request.principal, mail_id))
    messages.success(request, _("It is among those put aside again."))
    return redirect("mailroom:quarantine")
