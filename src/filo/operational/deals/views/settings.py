"""Pipelines, reasons of losses, scoring and assignment in the settings: kinds of things with the same doors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, version_read
from filo.operational.deals.models import AssignmentRule, LossReason, Pipeline, ScoreRule
from filo.operational.deals.queries.assigning import Sought, latest_assignments, would_get
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.rule_forms import WouldGetForm
from filo.operational.deals.services.order import put_in_order
from filo.operational.deals.services.removal import remove_rule
from filo.operational.deals.views.kinds import RULES, Kind, kind_named, thing_of


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that is set up about deals."""
    request.principal.require("settings", "view")
    pipelines = Pipeline.objects.select_related("company", "product_line").prefetch_related("stages")
    form = WouldGetForm(request.GET if "try" in request.GET else None)
    tried = "try" in request.GET and form.is_valid()
    context = {
        "pipelines": [(one, stages_of(one)) for one in pipelines],
        "reasons": LossReason.objects.all(),
        "scores": ScoreRule.objects.select_related("pipeline"),
        "assignments": AssignmentRule.objects.prefetch_related("people__user"),
        "latest": latest_assignments(),
        "try_form": form,
        "tried": tried,
        "would_get": would_get(_sought(form.cleaned_data)) if tried else None,
    }
    return render(request, "deals/settings.html", context)


def _sought(found: Mapping[str, Any]) -> Sought:
    rows = ("pipeline", "company", "product_line", "area", "channel")
    keys = {f"{name}_id": found[name].pk for name in rows if found[name]}
    words = {name: found[name] for name in ("province", "postal_code", "language")}
    return Sought(**keys, **words, score=found["score"] or 0)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """One more."""
    request.principal.require("settings", "edit")
    return _form(request, kind_named(kind), None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, kind: str, thing_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    request.principal.require("settings", "edit")
    known = kind_named(kind)
    return _form(request, known, thing_of(known.model, thing_id))


@require_POST
def remove(request: StaffRequest, kind: str, thing_id: UUID) -> HttpResponse:
    """A rule is taken away."""
    known = kind_named(kind)
    if kind not in RULES:
        raise NotFound
    remove_rule(request.principal, thing_of(known.model, thing_id))
    messages.success(request, _("Removed."))
    return redirect("deals:settings")


@require_POST
def order(request: StaffRequest, kind: str, pipeline_id: UUID | None = None) -> HttpResponse:
    """Another order: `up` and `down` name one that goes a place further, `key` all in their order."""
    request.principal.require("settings", "edit")
    if pipeline_id is not None:
        pipeline: Pipeline = thing_of(Pipeline, pipeline_id)
        rows: list[Any] = [one for one in stages_of(pipeline) if one.is_open]
        audit = "deal-stage"
    else:
        known = kind_named(kind)
        rows, audit = list(known.model._default_manager.all()), known.audit
    keys = [asked_id(text) for text in request.POST.getlist("key")] or [row.pk for row in rows]
    for name, step in (("up", -1), ("down", 1)):
        if name in request.POST:
            keys = _stepped(keys, asked_id(request.POST[name]), step)
    put_in_order(request.principal, rows, keys, kind=audit)
    return redirect("deals:settings")


def _stepped(keys: list[UUID], key: UUID, step: int) -> list[UUID]:
    if key not in keys:
        raise NotFound
    here = keys.index(key)
    there = min(max(here + step, 0), len(keys) - 1)
    keys.insert(there, keys.pop(here))
    return keys


def _form(request: StaffRequest, kind: Kind, found: Any) -> HttpResponse:
    form = kind.form(request.POST or None, initial=_initial(kind, found) if found else None)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            kind.save(request.principal, found, form.cleaned_data, version=version)
            messages.success(request, _("Saved."))
            return redirect("deals:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "found": found, "version": version, "new": kind.new, "kind": kind}
    context |= {"removable": found and kind.code in RULES}
    return render(request, "deals/setting.html", context, status=422 if form.errors else 200)


def _initial(kind: Kind, found: Any) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in kind.form.base_fields if name != "people"}
    if kind.code == "assignments":
        values["people"] = list(found.people.values_list("user", flat=True))
    return values
