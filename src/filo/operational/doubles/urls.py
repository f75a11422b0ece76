"""Addresses of the pages on which two cards become one."""

from django.urls import path

from filo.operational.doubles import views

app_name = "doubles"
urlpatterns = [
    path("duplicates", views.index, name="list"),
    path("duplicates/accept", views.accept, name="accept"),
    path("duplicates/typed/<slug:kind>", views.typed, name="typed"),
    path("duplicates/<uuid:pair_id>/two", views.two, name="two"),
    path("duplicates/<uuid:pair_id>/again", views.again, name="again"),
    path("merges/new", views.merge, name="merge"),
    path("merges/<uuid:merge_id>", views.merged, name="merged"),
    path("parties/<uuid:party_id>/merge", views.choose, name="choose"),
    path("parties/<uuid:party_id>/doubles", views.of_card, name="of-card"),
]
