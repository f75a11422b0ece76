"""What the plans of a product hold, typed into a table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.folding import clean_line
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.catalogue.models import Product, Variant
from filo.operational.prices.models import FEATURE_KINDS, PlanFeature
from filo.operational.prices.queries.plans import features_of, version_of_plans
from filo.operational.prices.services.features import save_features

EMPTY_ROWS, MOST_ROWS = 4, 60


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Features in rows, variants in columns; a row without a name goes."""
    request.principal.require("price", "edit")
    product = Product.objects.visible_to(request.principal).filter(pk=product_id).first()
    if product is None:
        raise NotFound
    variants = list(Variant.objects.filter(product=product, active=True))
    features = features_of(product)
    rows = _typed(request, variants) if request.method == "POST" else _there(features, variants)
    version = version_read(request, version_of_plans(features))
    refusal: Any = ""
    if request.method == "POST":
        try:
            with one_operation() as operation:
                save_features(request.principal, product, [_facts(row) for row in rows], version=version)
            messages_with_undo(request, _("Saved."), operation)
            return redirect(f"/products/{product.pk}")
        except InvalidFields as error:
            refusal = next(iter(error.fields.values()))[0]
        except Stale as error:
            refusal, version = str(error), error.version
    blank = {"name": "", "name_en": "", "kind": "yes-no", "unit": "", "cells": [(one.pk, "") for one in variants]}
    shown = [*rows, *[blank] * EMPTY_ROWS]
    context = {"product": product, "variants": variants, "rows": shown, "kinds": FEATURE_KINDS, "version": version}
    context |= {"refusal": refusal}
    return render(request, "prices/plans.html", context, status=422 if refusal else 200)


def _there(features: list[PlanFeature], variants: list[Variant]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(one, name) for name in ("name", "name_en", "kind", "unit")},
            "cells": [(variant.pk, one.values.get(str(variant.pk), "")) for variant in variants],
        }
        for one in features
    ]


def _typed(request: StaffRequest, variants: list[Variant]) -> list[dict[str, Any]]:
    known, rows = {code for code, _label in FEATURE_KINDS}, []
    for number in range(MOST_ROWS):
        name = clean_line(request.POST.get(f"{number}-name", ""), max_length=120)
        kind = request.POST.get(f"{number}-kind", "yes-no")
        cells = [(one.pk, clean_line(request.POST.get(f"{number}-{one.pk}", ""), max_length=120)) for one in variants]
        rows.append(
            {
                "name": name,
                "name_en": clean_line(request.POST.get(f"{number}-name_en", ""), max_length=120),
                "kind": kind if kind in known else "text",
                "unit": clean_line(request.POST.get(f"{number}-unit", ""), max_length=20),
                "cells": cells,
            }
        )
    return [row for row in rows if row["name"]]


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    values = {str(pk): text for pk, text in row["cells"] if text}
    return {name: row[name] for name in ("name", "name_en", "kind", "unit")} | {"values": values}
