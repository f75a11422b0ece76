"""One cell of the list, changed in its place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import undo_address
from filo.foundation.errors import Forbidden, InvalidFields, NotFound
from filo.foundation.fields.forms import ValuesForm
from filo.foundation.lists.columns import Column
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.parties.columns import PARTY_COLUMNS
from filo.operational.parties.forms import AssignForm, OrganisationForm, PersonForm, StageForm
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.own_fields import ENTITY, PREFIX
from filo.operational.parties.policies import RELATIONSHIP_ASSIGNED, RELATIONSHIP_EDITED
from filo.operational.parties.queries.card import duties, may_edit, with_card_parts
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.lists import rows_of
from filo.operational.parties.services.editing import edit_party, facts_of, stages_of
from filo.operational.parties.services.relationships import assign_relationship
from filo.operational.parties.services.stages import move_stage


@require_http_methods(["GET", "POST"])
def cell(request: StaffRequest, party_id: UUID, column: str) -> HttpResponse:
    """The cell as a small form, and after it as it reads."""
    principal, party = request.principal, with_card_parts(seen_party(request.principal, party_id))
    known = PARTY_COLUMNS.known_to(principal).get(column)
    if known is None or not known.edit:
        raise NotFound
    if request.GET.get("shown"):
        return _shown(request, party, known, sentence="")
    form = _form(principal, party, column, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                changed = _keep(request, party, column, form)
            sentence = _("%(name)s: %(field)s is changed.") % {"name": party.display_name, "field": known.label}
            return _shown(request, changed, known, sentence=sentence, undo=undo_address(operation, _back(request)))
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "party": party, "column": known, "version": _version(principal, party, column)}
    return render(request, "parties/_cell.html", context, status=422 if request.method == "POST" else 200)


def _back(request: StaffRequest) -> str:
    """The list from which the cell was changed."""
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{parts.path}?{parts.query}" if parts.path.startswith("/parties") else ""


def _shown(request: StaffRequest, party: Party, column: Column, *, sentence: str, undo: str = "") -> HttpResponse:
    row = rows_of(request.principal, [party], needs={column.needs})[0]
    context = {"shown": column.cell(row), "sentence": sentence, "undo": undo}
    return render(request, "parties/_cell_shown.html", context)


def _form(principal: Principal, party: Party, name: str, data: Any) -> Any:
    """The one field of the form where the whole is edited. Raises `Forbidden`, `NotFound`."""
    if name == "stage":
        row = _main(principal, party)
        if not RELATIONSHIP_EDITED.allows(principal, row):
            raise Forbidden
        return _in_one_line(StageForm(data, initial={"stage": row.stage}), "reason")
    if name == "owner":
        row = _main(principal, party)
        if not (principal.may("party", "assign") and RELATIONSHIP_ASSIGNED.allows(principal, row)):
            raise Forbidden
        return _only(AssignForm(principal, data, initial={"owner": row.owner_id}), "owner")
    if not may_edit(principal, party):
        raise Forbidden
    if name.startswith(PREFIX):
        own = ValuesForm(principal, ENTITY, values=party.fields, stages=stages_of(party), data=data)
        return _only(own, name)
    kind = PersonForm if party.is_person else OrganisationForm
    form = kind(data, initial={name: getattr(party, name)})
    if name not in form.fields:
        raise NotFound
    return _only(form, name)


def _only(form: forms.Form, name: str) -> forms.Form:
    for other in [found for found in form.fields if found != name]:
        del form.fields[other]
    return form


def _in_one_line(form: forms.Form, name: str) -> forms.Form:
    """A text of several lines would tear the row open: here it has one, with its question in it."""
    field = form.fields[name]
    field.widget = forms.TextInput({"maxlength": 300, "placeholder": field.label, "autocomplete": "off"})
    return form


def _main(principal: Principal, party: Party) -> Relationship:
    """The relationship that the list speaks of. Raises `NotFound` for a contact, who has none."""
    found = duties(principal, party)
    if not found:
        raise NotFound
    return found[0].relationship


def _version(principal: Principal, party: Party, name: str) -> int:
    return _main(principal, party).version if name in ("stage", "owner") else party.version


def _keep(request: StaffRequest, party: Party, name: str, form: forms.Form) -> Party:
    principal, found, version = request.principal, form.cleaned_data, posted_version(request)
    if name == "stage":
        move_stage(principal, _main(principal, party), to=found["stage"], reason=found["reason"], version=version)
    elif name == "owner":
        row = _main(principal, party)
        owner = found["owner"].id if found["owner"] else None
        assign_relationship(
            principal, row, version=version, owner_id=owner, area=row.area, channel=row.channel, unit=row.unit
        )
    else:
        base = {name: facts_of(party).get(name)}
        return edit_party(principal, party, {name: found[name]}, version=version, base=base)
    return seen_party(principal, party.id)
