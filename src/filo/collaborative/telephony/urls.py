"""Addresses of the telephone."""

from django.urls import path

from filo.collaborative.telephony.views import calls, hook, settings

app_name = "telephony"
urlpatterns = [
    path("phone", calls.index, name="list"),
    path("phone/now", calls.now, name="now"),
    path("phone/call", calls.place, name="place"),
    path("phone/mine", calls.mine, name="mine"),
    path("phone/<uuid:call_id>/party", calls.claim, name="claim"),
    path("p/phone/<uuid:line_id>", hook.hook, name="hook"),
    path("settings/telephony", settings.index, name="settings"),
    path("settings/telephony/new", settings.new, name="settings-new"),
    path("settings/telephony/<uuid:line_id>", settings.edit, name="settings-edit"),
    path("settings/telephony/<uuid:line_id>/try", settings.try_it, name="settings-try"),
]
