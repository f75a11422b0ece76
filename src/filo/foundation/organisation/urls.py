"""Addresses of the settings of the firm."""

from django.urls import path

from filo.foundation.organisation.kinds import KINDS
from filo.foundation.organisation.views import dimensions, firm, index, looks, units

app_name = "organisation"
urlpatterns = [
    path("settings", index.index, name="settings"),
    path("settings/firm", firm.firm, name="firm"),
    path("settings/companies/<uuid:company_id>/look", looks.look, name="look"),
    path("settings/companies/<uuid:company_id>/logo", looks.logo, name="logo"),
    path("settings/units", units.units, name="units"),
    path("settings/units/new", units.new, name="unit-new"),
    path("settings/units/<uuid:unit_id>", units.unit, name="unit"),
    path("settings/units/<uuid:unit_id>/delete", units.delete, name="unit-delete"),
]
for _code in KINDS:
    _kind = {"code": _code}
    urlpatterns += [
        path(f"settings/{_code}", dimensions.dimensions, _kind, name=_code),
        path(f"settings/{_code}/new", dimensions.new, _kind, name=f"{_code}-new"),
        path(f"settings/{_code}/<uuid:row_id>", dimensions.edit, _kind, name=f"{_code}-edit"),
        path(f"settings/{_code}/<uuid:row_id>/move", dimensions.move, _kind, name=f"{_code}-move"),
        path(f"settings/{_code}/<uuid:row_id>/delete", dimensions.delete, _kind, name=f"{_code}-delete"),
    ]
