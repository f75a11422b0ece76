"""Stage, owner, companies, relations: what a party is to us and to others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.parties.addresses import party_url
from filo.operational.parties.forms import AssignForm, RelationForm, RelationshipForm, StageForm
from filo.operational.parties.models import PartyRelation, Relationship
from filo.operational.parties.policies import RELATIONSHIP_ASSIGNED
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.parties.services.relations import relate, unrelate
from filo.operational.parties.services.relationships import (
    assign_relationship,
    check_line,
    open_relationship,
)
from filo.operational.parties.services.stages import end_relationship, move_stage, reopen_relationship


@require_http_methods(["GET", "POST"])
def stage(request: StaffRequest, relationship_id: UUID) -> HttpResponse:
    """Move a relationship by hand, with a reason."""
    row = seen_relationship(request, relationship_id)
    form = StageForm(request.POST or None, initial={"stage": request.GET.get("to", row.stage)})
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                move_stage(
                    request.principal,
                    row,
                    to=form.cleaned_data["stage"],
                    reason=form.cleaned_data["reason"],
                    version=posted_version(request),
                )
            sentence = _("Stage: %(stage)s.") % {"stage": dict(_stages(form))[form.cleaned_data["stage"]]}
            messages_with_undo(request, sentence, operation, party_url(row.party_id))
            return redirect("parties:card", row.party_id)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            row.version = error.version
    context = {"form": form, "row": row, "party": row.party, "version": row.version}
    return render(request, "parties/stage.html", context, status=422 if request.method == "POST" else 200)


def _stages(form: StageForm) -> list[tuple[str, str]]:
    return list(form.fields["stage"].choices)  # type: ignore[attr-defined]


@require_POST
def end(request: StaffRequest, relationship_id: UUID) -> HttpResponse:
    """The relationship is over."""
    row = seen_relationship(request, relationship_id)
    with one_operation() as operation:
        end_relationship(request.principal, row, reason=request.POST.get("reason", ""))
    messages_with_undo(request, _("The relationship is ended."), operation, party_url(row.party_id))
    return redirect("parties:card", row.party_id)


@require_POST
def reopen(request: StaffRequest, relationship_id: UUID) -> HttpResponse:
    """It goes on after all."""
    row = seen_relationship(request, relationship_id)
    with one_operation() as operation:
        reopen_relationship(request.principal, row)
    messages_with_undo(request, _("The relationship is open again."), operation, party_url(row.party_id))
    return redirect("parties:card", row.party_id)


@require_http_methods(["GET", "POST"])
def assign(request: StaffRequest, relationship_id: UUID) -> HttpResponse:
    """Who works this customer, and where he belongs."""
    row = seen_relationship(request, relationship_id)
    request.principal.require("party", "assign")
    if not RELATIONSHIP_ASSIGNED.allows(request.principal, row):
        raise Forbidden
    initial = {
        "owner": row.owner_id,
        "area": row.area_id,
        "channel": row.channel_id,
        "unit": row.unit_id,
        "members": [member.user_id for member in row.members.all()],
    }
    form = AssignForm(request.principal, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            with one_operation() as operation:
                _assign(request, row, found)
            messages_with_undo(request, _("Saved."), operation, party_url(row.party_id))
            return redirect("parties:card", row.party_id)
        except Stale as error:
            form.add_error(None, str(error))
            row.version = error.version
    context = {"form": form, "row": row, "party": row.party, "version": row.version}
    return render(request, "parties/assign.html", context, status=422 if request.method == "POST" else 200)


def _assign(request: StaffRequest, row: Relationship, found: dict[str, Any]) -> None:
    assign_relationship(
        request.principal,
        row,
        version=posted_version(request),
        owner_id=found["owner"].id if found["owner"] else None,
        area=found["area"],
        channel=found["channel"],
        unit=found["unit"],
        members=[user.id for user in found["members"]],
        with_work=found["with_work"],
    )


@require_http_methods(["GET", "POST"])
def open_one(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """A further company or product line for this party."""
    party = seen_party(request.principal, party_id)
    form = RelationshipForm(request.principal, request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        spec = RelationshipSpec(
            company=found["company"],
            product_line=found["product_line"],
            area=found["area"],
            channel=found["channel"],
            owner_id=found["owner"].id if found["owner"] else None,
        )
        try:
            check_line(spec)
            with one_operation() as operation:
                open_relationship(request.principal, party, spec)
            messages_with_undo(request, _("Saved."), operation, party_url(party.id))
            return redirect("parties:card", party.id)
        except InvalidFields as error:
            form.refuse(error)
        except DomainError as error:
            if error.status != 409:
                raise
            form.add_error(None, str(error))
    status = 422 if request.method == "POST" else 200
    return render(request, "parties/relationship.html", {"form": form, "party": party}, status=status)


@require_http_methods(["GET", "POST"])
def relation(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Tie this party to another."""
    party = seen_party(request.principal, party_id)
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            other = seen_party(request.principal, found.pop("to"))
            with one_operation() as operation:
                relate(request.principal, party, to=other, **found)
            messages_with_undo(request, _("Saved."), operation, party_url(party.id))
            return redirect("parties:card", party.id)
        except InvalidFields as error:
            form.refuse(error)
        except DomainError as error:
            if error.status != 409:
                raise
            form.add_error(None, str(error))
    status = 422 if request.method == "POST" else 200
    return render(request, "parties/relation.html", {"form": form, "party": party}, status=status)


@require_POST
def relation_remove(request: StaffRequest, party_id: UUID, relation_id: UUID) -> HttpResponse:
    """A relation that was a mistake."""
    party = seen_party(request.principal, party_id)
    rows = PartyRelation.objects.filter(pk=relation_id)
    row = (rows.filter(from_party=party) | rows.filter(to_party=party)).first()
    if row is None:
        raise NotFound
    with one_operation() as operation:
        unrelate(request.principal, party, row)
    messages_with_undo(request, _("The relation is gone."), operation, party_url(party.id))
    return redirect("parties:card", party.id)


def seen_relationship(request: StaffRequest, relationship_id: UUID) -> Relationship:
    """A relationship this principal sees, of a party it sees. Raises `NotFound`."""
    rows = Relationship.objects.visible_to(request.principal).for_list()
    row = rows.select_related("party", "company", "owner", "area").filter(pk=relationship_id).first()
    if row is None or row.party.deleted_at:
        raise NotFound
    return row
