"""Addresses of what is known of customers."""

from django.urls import path

from filo.operational.profile.views import card, kinds

app_name = "profile"
urlpatterns = [
    path("parties/<uuid:party_id>/profile", card.of_party, name="of-party"),
    path("parties/<uuid:party_id>/profile/more", card.more, name="more"),
    path("parties/<uuid:party_id>/profile/write/<slug:code>", card.write, name="write"),
    path("profile/<uuid:trait_id>/confirm", card.confirm, name="confirm"),
    path("profile/<uuid:trait_id>/forget", card.forget, name="forget"),
    path("settings/profile", kinds.index, name="kinds"),
    path("settings/profile/ready", kinds.ready, name="ready"),
    path("settings/profile/new", kinds.new, name="kind-new"),
    path("settings/profile/<uuid:kind_id>", kinds.edit, name="kind"),
]
