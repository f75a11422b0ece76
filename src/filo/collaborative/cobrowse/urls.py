"""Addresses of looking together."""

from django.urls import path

from filo.collaborative.cobrowse.views import customer, operator

app_name = "cobrowse"
urlpatterns = [
    path("p/live/now", customer.now, name="now"),
    path("p/live/form", customer.form, name="form"),
    path("p/live/about", customer.about, name="about"),
    path("p/live/field", customer.field, name="field"),
    path("p/live/<slug:what>", customer.say, name="say"),
    path("chats/<uuid:chat_id>/live", operator.panel, name="panel"),
    path("chats/<uuid:chat_id>/live/field", operator.field, name="operator-field"),
    path("chats/<uuid:chat_id>/live/<slug:what>", operator.act, name="act"),
]
