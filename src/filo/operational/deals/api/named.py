"""What a program names by its code, found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.accounts.rest import people_named
from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.operational.deals.api.shapes import DealBody
from filo.operational.deals.models import LossReason, Pipeline, PipelineStage
from filo.operational.deals.services.opening import Where

CODED: dict[str, Any] = {"company": SellingCompany, "product_line": ProductLine, "area": Area, "channel": Channel}


def coded(name: str, code: str) -> UUID | None:
    """A row by its code. Raises `InvalidFields`."""
    if not code:
        return None
    found = CODED[name]._default_manager.filter(code=code).first()
    if found is None:
        raise InvalidFields({name: _("There is nothing of this code.")})
    key: UUID = found.pk
    return key


def where(body: DealBody) -> Where:
    """Where it belongs, by codes. Raises `InvalidFields`."""
    found = {}
    for name, model in CODED.items():
        code = getattr(body, name)
        if code:
            found[name] = model._default_manager.get(pk=coded(name, code))
    return Where(**found)


def pipeline_named(code: str) -> Pipeline:
    """The pipeline of a code. Raises `InvalidFields`."""
    rows = Pipeline.objects.select_related("company", "product_line").prefetch_related("stages")
    found = (rows.filter(code=code) if code else rows.filter(archived=False)).first()
    if found is None:
        raise InvalidFields({"pipeline": _("There is nothing of this code.")})
    return found


def stage(pipeline: Pipeline, code: str) -> PipelineStage:
    """The stage of a code. Raises `InvalidFields`."""
    found = next((stage for stage in pipeline.stages.all() if stage.code == code), None)
    if found is None:
        raise InvalidFields({"stage": _("There is nothing of this code.")})
    return found


def reason(name: str) -> LossReason:
    """Why it was lost, by its words. Raises `InvalidFields`."""
    for reason in LossReason.objects.all():
        if name in (str(reason.pk), reason.name_it, reason.name_en):
            return reason
    raise InvalidFields({"reason": _("There is no such reason.")})


def person(name: str) -> UUID | None:
    """The colleague of a name: an e-mail or an id. Raises `InvalidFields`."""
    if not name:
        return None
    found = people_named([name]).get(name)
    if found is None:
        raise InvalidFields({"owner": _("Choose somebody who works here.")})
    return found.id
