"""Pages of mailboxes: all of them, and one to be set up, looked at, switched off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.mailroom.forms import MailboxForm
from filo.collaborative.mailroom.queries import counts_of, seen_mailbox, seen_mailboxes
from filo.collaborative.mailroom.reasons import why_not_reached
from filo.collaborative.mailroom.services import mailboxes as verbs
from filo.foundation.web.requests import StaffRequest

NAMES = (*verbs.PLAIN, *verbs.PLACE, *verbs.POINTING, "version")


@require_GET
def mailboxes(request: StaffRequest) -> HttpResponse:
    """All of them, each with its last sign of life."""
    request.principal.require("settings", "view")
    context = {"mailboxes": list(seen_mailboxes(request.principal)), "counts": counts_of(request.principal)}
    return render(request, "mailroom/mailboxes.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more."""
    request.principal.require("settings", "edit")
    form = MailboxForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.done(lambda: verbs.add_mailbox(request.principal, **form.facts)):
        messages.success(request, _("Mail to %(address)s is accepted.") % {"address": form.facts["address"]})
        return redirect("mailroom:mailboxes")
    return render(request, "mailroom/mailbox.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
def mailbox(request: StaffRequest, mailbox_id: UUID) -> HttpResponse:
    """One of them, as it is set up."""
    request.principal.require("settings", "view")
    found = seen_mailbox(request.principal, mailbox_id)
    form = MailboxForm(request.POST or None, initial={name: getattr(found, name) for name in NAMES})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if form.done(lambda: verbs.edit_mailbox(request.principal, found, version=version, **form.facts)):
            messages.success(request, _("Saved."))
            return redirect("mailroom:mailbox", found.id)
        found = seen_mailbox(request.principal, mailbox_id)
    return render(request, "mailroom/mailbox.html", {"form": form, "mailbox": found}, status=form.status)


@require_POST
def look(request: StaffRequest, mailbox_id: UUID) -> HttpResponse:
    """Whether its server is reached, with what is saved."""
    tried = verbs.look_at_server(request.principal, seen_mailbox(request.principal, mailbox_id))
    if tried.reason:
        messages.error(request, why_not_reached(tried.reason))
    else:
        found = ngettext(
            "The server answers: %(n)s mail lies there.", "The server answers: %(n)s mails lie there.", tried.mails
        )
        messages.success(request, found % {"n": tried.mails})
    return redirect("mailroom:mailbox", mailbox_id)


@require_POST
def switch_off(request: StaffRequest, mailbox_id: UUID) -> HttpResponse:
    """No more mail for it, with a way back."""
    found = verbs.switch_mailbox(request.principal, seen_mailbox(request.principal, mailbox_id), on=False)
    undo = reverse("mailroom:switch-on", args=[found.id])
    messages.success(request, _("Mail to %(address)s is refused.") % {"address": found.address}, extra_tags=undo)
    return redirect("mailroom:mailboxes")


@require_POST
def switch_on(request: StaffRequest, mailbox_id: UUID) -> HttpResponse:
    """Mail for it again."""
    found = verbs.switch_mailbox(request.principal, seen_mailbox(request.principal, mailbox_id), on=True)
    messages.success(request, _("Mail to %(address)s is accepted.") % {"address": found.address})
    return redirect("mailroom:mailboxes")
