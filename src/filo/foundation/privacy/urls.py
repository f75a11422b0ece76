"""Addresses of privacy, all among the settings."""

from django.urls import path

from filo.foundation.privacy.views import holds, register, rules

app_name = "privacy"
ONE = "settings/retention/<uuid:rule_id>"
urlpatterns = [
    path("settings/retention", rules.rules, name="retention"),
    path("settings/retention/new", rules.new, name="new"),
    path(ONE, rules.rule, name="rule"),
    path(f"{ONE}/off", rules.switch_off, name="switch-off"),
    path(f"{ONE}/on", rules.switch_on, name="switch-on"),
    path("settings/holds/<slug:kind>/<uuid:subject_id>", holds.hold, name="hold"),
    path("settings/holds/<uuid:hold_id>/lift", holds.lift, name="lift"),
    path("settings/personal-data", register.register, name="register"),
    path("settings/personal-data.csv", register.as_csv, name="register-csv"),
]
