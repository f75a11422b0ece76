"""Groups, targets, reasons, causes and macros, in the settings: five kinds of things with the same three doors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.forms import FiloForm
from filo.foundation.web.requests import StaffRequest
from filo.operational.service.models import CloseReason, ComplaintCause, GroupMember, Macro, ServiceGroup, ServiceTarget
from filo.operational.service.services.macros import save_macro
from filo.operational.service.services.settings import (
    remove_target,
    save_cause,
    save_group,
    save_reason,
    save_target,
)
from filo.operational.service.setting_forms import CauseForm, GroupForm, MacroForm, ReasonForm, TargetForm


@dataclass(frozen=True)
class Kind:
    """A kind of things that is set up: its model, its form and its verb."""

    code: str
    label: str | Promise
    new: str | Promise
    model: type[Model]
    form: type[FiloForm]
    save: Callable[[Principal, Any, Mapping[str, Any]], object]


def _save_group(principal: Principal, group: ServiceGroup | None, facts: Mapping[str, Any]) -> object:
    rest = {name: value for name, value in facts.items() if name != "members"}
    return save_group(principal, group, rest, members=[user.id for user in facts["members"]])


KINDS = {
    kind.code: kind
    for kind in (
        Kind("groups", gettext_lazy("Groups"), gettext_lazy("New group"), ServiceGroup, GroupForm, _save_group),
        Kind("targets", gettext_lazy("Targets"), gettext_lazy("New target"), ServiceTarget, TargetForm, save_target),
        Kind("macros", gettext_lazy("Macros"), gettext_lazy("New macro"), Macro, MacroForm, save_macro),
        Kind(
            "reasons",
            gettext_lazy("Reasons for closing"),
            gettext_lazy("New reason"),
            CloseReason,
            ReasonForm,
            save_reason,
        ),
        Kind(
            "causes",
            gettext_lazy("Causes of complaints"),
            gettext_lazy("New cause"),
            ComplaintCause,
            CauseForm,
            save_cause,
        ),
    )
}


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that is set up about requests."""
    request.principal.require("settings", "view")
    context = {
        "groups": ServiceGroup.objects.select_related("calendar").prefetch_related("members__user"),
        "targets": ServiceTarget.objects.select_related("group"),
        "macros": Macro.objects.select_related("group"),
        "reasons": CloseReason.objects.all(),
        "causes": ComplaintCause.objects.select_related("keeper"),
    }
    return render(request, "service/settings.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """One more."""
    request.principal.require("settings", "edit")
    return _form(request, _kind(kind), None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, kind: str, thing_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    request.principal.require("settings", "edit")
    known = _kind(kind)
    found = known.model._default_manager.filter(pk=thing_id).first()
    if found is None:
        raise NotFound
    return _form(request, known, found)


@require_POST
def remove(request: StaffRequest, target_id: UUID) -> HttpResponse:
    """The group's usual time holds again."""
    found = ServiceTarget.objects.filter(pk=target_id).first()
    if found is None:
        raise NotFound
    remove_target(request.principal, found)
    messages.success(request, _("Removed."))
    return redirect("service:settings")


def _kind(code: str) -> Kind:
    found = KINDS.get(code)
    if found is None:
        raise NotFound
    return found


def _form(request: StaffRequest, kind: Kind, found: Any) -> HttpResponse:
    form = kind.form(request.POST or None, initial=_initial(kind, found) if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            kind.save(request.principal, found, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("service:settings")
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "found": found, "kind": kind}
    return render(request, "service/setting.html", context, status=422 if form.errors else 200)


def _initial(kind: Kind, found: Any) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in kind.form.base_fields if name != "members"}
    if kind.code == "groups":
        values["members"] = list(GroupMember.objects.filter(group=found).values_list("user", flat=True))
    return values
