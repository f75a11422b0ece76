"""Pages of the fields that a firm makes: all of them, one, and what is done to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.access.models import Role
from filo.foundation.errors import NotFound
from filo.foundation.fields.entities import Entity, entities, entity_named
from filo.foundation.fields.examples import EXAMPLES, example_facts
from filo.foundation.fields.forms import FieldForm
from filo.foundation.fields.models import CustomField
from filo.foundation.fields.queries import field_named, fields_of, has_values
from filo.foundation.fields.services import making
from filo.foundation.fields.words import required_words
from filo.foundation.web.requests import StaffRequest

ENTITY = "party"
COLUMNS = ("label_it", "label_en", "kind", "currency", "hint", "choices", "version")


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All of them in their order, the retired ones apart."""
    request.principal.require("settings", "view")
    entity = _asked(request)
    fields = fields_of(entity.code, retired=True)
    roles = {role.code: str(role) for role in Role.objects.all()} if fields else {}
    context = {
        "rows": [(field, required_words(field, roles)) for field in fields if field.retired_at is None],
        "retired": [field for field in fields if field.retired_at is not None],
        "examples": EXAMPLES if entity.code == ENTITY else (),
        "entity": entity,
        "entities": entities(),
    }
    return render(request, "fields/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more; with `example` it is filled in already."""
    request.principal.require("settings", "edit")
    entity = _asked(request)
    form = FieldForm(entity.code, request.POST or None, initial=example_facts(request.GET.get("example", "")))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.done(lambda: making.make_field(request.principal, entity.code, form.facts)):
        name = form.facts["label_it"] or form.facts["label_en"]
        told = (
            _("“%(name)s” is on every customer's card now.") if entity.code == ENTITY else _("“%(name)s” is there now.")
        )
        messages.success(request, told % {"name": name})
        return _list_of(entity.code)
    return render(request, "fields/form.html", {"form": form, "entity": entity}, status=form.status)


def _asked(request: StaffRequest) -> Entity:
    """Whose fields are meant: customers' where nothing else is said. Raises `NotFound`."""
    code = request.GET.get("of", "") or ENTITY
    found = next((one for one in entities() if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def _list_of(entity: str) -> HttpResponse:
    return redirect(reverse("fields:list") + (f"?of={entity}" if entity != ENTITY else ""))


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, field_id: UUID) -> HttpResponse:
    """Change one."""
    request.principal.require("settings", "edit")
    field = field_named(field_id)
    used = has_values(field)
    form = FieldForm(field.entity, request.POST or None, initial=_facts(field))
    del form.fields["code"]
    if used:
        form.fields["kind"].disabled = True
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if form.done(lambda: making.change_field(request.principal, field, form.facts, version=version)):
            messages.success(request, _("Saved."))
            return _list_of(field.entity)
    return render(request, "fields/form.html", {"form": form, "field": field, "used": used}, status=form.status)


@require_POST
def move(request: StaffRequest, field_id: UUID) -> HttpResponse:
    """One place up or down."""
    field = field_named(field_id)
    making.move_field(request.principal, field, up=request.POST.get("to") == "up")
    return _list_of(field.entity)


@require_POST
def retire(request: StaffRequest, field_id: UUID) -> HttpResponse:
    """Away from cards and forms, with a way back."""
    field = making.retire_field(request.principal, field_named(field_id))
    sentence = _("“%(name)s” is retired; what was written in it is kept.") % {"name": field}
    messages.success(request, sentence, extra_tags=reverse("fields:back", args=[field.id]))
    return _list_of(field.entity)


@require_POST
def back(request: StaffRequest, field_id: UUID) -> HttpResponse:
    """Back on cards and forms."""
    field = making.bring_back(request.principal, field_named(field_id))
    messages.success(request, _("“%(name)s” is there again.") % {"name": field})
    return _list_of(field.entity)


def _facts(field: CustomField) -> dict[str, object]:
    stages = dict(entity_named(field.entity).stages)
    required = field.required
    found: dict[str, object] = {name: getattr(field, name) for name in COLUMNS}
    found["roles"] = required.get("roles", [])
    found["stages"] = [code for code in required.get("stages", []) if code in stages]
    return found
