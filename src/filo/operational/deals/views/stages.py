"""Stages of pipelines in the settings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.errors import DomainError, InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.deals.models import Pipeline, PipelineStage
from filo.operational.deals.services.removal import remove_stage
from filo.operational.deals.services.settings import (
    save_stage,
)
from filo.operational.deals.setting_forms import StageForm
from filo.operational.deals.views.kinds import thing_of


@require_http_methods(["GET", "POST"])
def stage(request: StaffRequest, pipeline_id: UUID, stage_id: UUID | None = None) -> HttpResponse:
    """A stage of a pipeline: a new one, or one that is changed."""
    request.principal.require("settings", "edit")
    pipeline: Pipeline = thing_of(Pipeline, pipeline_id)
    found = pipeline.stages.filter(pk=stage_id).first() if stage_id else None
    if stage_id and found is None:
        raise NotFound
    names = ("name_it", "name_en", "probability", "stale_after", "required", "next_codes")
    initial = {name: getattr(found, name) for name in names} if found else None
    form = StageForm(pipeline, found, request.POST or None, initial=initial)
    version = version_read(request, found.version if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            save_stage(request.principal, pipeline, found, form.cleaned_data, version=version)
            messages.success(request, _("Saved."))
            return redirect("deals:settings")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "found": found, "version": version, "new": _("New stage"), "pipeline": pipeline}
    context |= {"removable": bool(found)}
    return render(request, "deals/setting.html", context, status=422 if form.errors else 200)


@require_POST
def stage_remove(request: StaffRequest, pipeline_id: UUID, stage_id: UUID) -> HttpResponse:
    """A stage in which no deal is."""
    found = PipelineStage.objects.select_related("pipeline").filter(pk=stage_id, pipeline=pipeline_id).first()
    if found is None:
        raise NotFound
    try:
        remove_stage(request.principal, found)
        messages.success(request, _("Removed."))
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
    return redirect("deals:settings")
