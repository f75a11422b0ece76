"""A mail that we write first, and the customer's conversations on his card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.collaborative.inbox.forms import NewMailForm
from filo.collaborative.inbox.models import Conversation, Snippet
from filo.collaborative.inbox.queries.writing import addresses_of, mailboxes_to_write_from, open_with
from filo.collaborative.inbox.ready import ready_texts
from filo.collaborative.inbox.services.writing import Letter, write_mail
from filo.collaborative.inbox.views.uploads import uploaded
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write to a customer, who is chosen first; it leaves in ten seconds, or at a chosen time."""
    if not _may_write(request):
        raise Forbidden
    asked = request.POST.get("party") or request.GET.get("party")
    if not asked:
        return render(request, "inbox/whom.html", {})
    party, mailboxes = seen_party(request.principal, asked_id(asked)), mailboxes_to_write_from(request.principal)
    form = NewMailForm(addresses_of(party), mailboxes, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        letter = Letter(said["to"], form.mailbox, said["subject"], said["text"], cc=said["cc"], files=uploaded(request))
        try:
            sent = write_mail(request.principal, party, letter, leaves_at=said["leaves_at"])
            sentence = _("It leaves in ten seconds.") if not said["leaves_at"] else _("It leaves at the chosen time.")
            back = reverse("inbox:call-back", args=[sent.conversation_id, sent.id])
            messages.success(request, sentence, extra_tags=back)
            return redirect("inbox:talk", sent.conversation_id)
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "party": party, "mailboxes": mailboxes, "snippets": _snippets(request, party)}
    return render(request, "inbox/new.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The open conversations of a customer, for his card."""
    party = seen_party(request.principal, party_id)
    talks = open_with(request.principal, party)
    return render(request, "inbox/_on_card.html", {"party": party, "talks": talks, "may_write": _may_write(request)})


def _may_write(request: StaffRequest) -> bool:
    return request.principal.may("conversation", "create") or request.principal.may("correspondence", "create")


def _snippets(request: StaffRequest, party: Party) -> list[Any]:
    language = party.language if party.language in ("it", "en") else "it"
    talk = Conversation(party=party, contact_name=party.display_name, language=language)
    return ready_texts(Snippet.objects.visible_to(request.principal), talk, request.principal)
