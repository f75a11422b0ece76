"""Pages of the outbox: the mails that left, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.mail.queries import outbox_page, outgoing_mail
from filo.foundation.mail.services import send_again
from filo.foundation.web.requests import StaffRequest


@require_GET
def outbox(request: StaffRequest) -> HttpResponse:
    """The list, newest first."""
    page = outbox_page(request.principal, cursor=request.GET.get("cursor", ""))
    return render(request, "mail/outbox.html", {"page": page})


@require_GET
def outgoing(request: StaffRequest, mail_id: UUID) -> HttpResponse:
    """One mail with its headers and text; its HTML only as source."""
    mail = outgoing_mail(request.principal, mail_id)
    may_send_again = mail.is_stopped and request.principal.may("settings", "edit")
    return render(request, "mail/outgoing.html", {"mail": mail, "may_send_again": may_send_again})


@require_POST
def again(request: StaffRequest, mail_id: UUID) -> HttpResponse:
    """Send a mail once more that was not sent, or perhaps not."""
    mail = outgoing_mail(request.principal, mail_id)
    send_again(request.principal, mail)
    messages.success(request, _("The mail is queued again."))
    return redirect("mail:outgoing", mail_id=mail.pk)
