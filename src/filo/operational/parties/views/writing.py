"""New parties, changed ones, and the bin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.access.objects import Scope
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version
from filo.operational.parties.addresses import party_url
from filo.operational.parties.forms import PartyForms, RelationshipForm, base_of, read_base
from filo.operational.parties.labels import differing_words
from filo.operational.parties.models import Party
from filo.operational.parties.queries.card import may_edit
from filo.operational.parties.queries.find import deleted_party, seen_party
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.editing import delete_party, edit_party, facts_of, restore_party, stages_of
from filo.operational.parties.services.relations import add_contact


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new person or organisation; with `firm` a contact of that firm."""
    principal = request.principal
    principal.require("party", "create")
    kind = "organisation" if request.GET.get("kind") == "organisation" else "person"
    firm = seen_party(principal, asked_id(request.GET["firm"])) if request.GET.get("firm") else None
    forms = PartyForms(principal, kind, facts=_first_facts(request), data=request.POST or None)
    initial = {"owner": principal.user_id} if principal.scope("party", "create") is Scope.OWN else {}
    ours = RelationshipForm(principal, request.POST or None, prefix="ours", initial=initial)
    if request.method == "POST" and all([forms.is_valid(), firm or ours.is_valid()]):
        try:
            with one_operation() as operation:
                party = _create(request, kind, forms, ours, firm)
            sentence, back = _("%(name)s is in.") % {"name": party.display_name}, reverse("parties:list")
            messages_with_undo(request, sentence, operation if principal.may("party", "delete") else None, back)
            return redirect("parties:card", party.id)
        except InvalidFields as error:
            forms.refuse(error)
    context = {"forms": forms, "ours": ours, "kind": kind, "firm": firm}
    return render(request, "parties/new.html", context, status=422 if request.method == "POST" else 200)


def _first_facts(request: StaffRequest) -> dict[str, Any]:
    """What a new card begins with: our language, and the number of who is on the line (`phone`)."""
    number = request.GET.get("phone", "")[:40]
    points = [{"type": "phone", "value": number, "label": "", "preferred": True}] if number else []
    return {"language": "it", "contact_points": points} if points else {"language": "it"}


def _create(request: StaffRequest, kind: str, forms: PartyForms, ours: RelationshipForm, firm: Party | None) -> Party:
    data = {**forms.data, "kind": kind}
    if firm:
        return add_contact(request.principal, firm, data, job_title=request.POST.get("job_title", ""))
    found = ours.cleaned_data
    spec = RelationshipSpec(
        company=found["company"],
        product_line=found["product_line"],
        area=found["area"],
        channel=found["channel"],
        owner_id=found["owner"].id if found["owner"] else None,
    )
    return create_party(request.principal, data, relationships=[spec])


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Change facts; when somebody saved first, show what differs and keep what was typed."""
    party = seen_party(request.principal, party_id)
    request.principal.require("party", "edit")
    if not may_edit(request.principal, party):
        raise Forbidden
    hidden = request.principal.hidden("party")
    facts = {name: value for name, value in facts_of(party).items() if name not in hidden}
    forms = PartyForms(request.principal, party.kind, facts=facts, stages=stages_of(party), data=request.POST or None)
    context = {"forms": forms, "party": party, "version": party.version, "base": base_of(facts)}
    if request.method == "GET":
        return render(request, "parties/edit.html", context)
    if forms.is_valid():
        try:
            with one_operation() as operation:
                edit_party(
                    request.principal,
                    party,
                    forms.data,
                    version=posted_version(request),
                    base=read_base(request.POST.get("base", "")),
                )
            messages_with_undo(request, _("Saved."), operation, party_url(party.id))
            return redirect("parties:card", party.id)
        except InvalidFields as error:
            forms.refuse(error)
            context |= {"version": request.POST.get("version"), "base": request.POST.get("base", "")}
        except Stale as error:
            context["differing"] = differing_words(request.principal, error.differing)
            return render(request, "parties/edit.html", context, status=412)
    return render(request, "parties/edit.html", context, status=422)


@require_POST
def delete(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Into the bin, with a way back."""
    party = seen_party(request.principal, party_id)
    with one_operation() as operation:
        delete_party(request.principal, party)
    sentence = _("%(name)s is in the bin.") % {"name": party.display_name}
    messages_with_undo(request, sentence, operation, party_url(party.id))
    return redirect("parties:list")


@require_POST
def restore(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Out of the bin again."""
    party = deleted_party(request.principal, party_id)
    with one_operation() as operation:
        restore_party(request.principal, party)
    sentence = _("%(name)s is back.") % {"name": party.display_name}
    messages_with_undo(request, sentence, operation, reverse("parties:bin"))
    return redirect("parties:card", party.id)
