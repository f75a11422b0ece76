"""Addresses of visitors."""

from django.urls import path

from filo.collaborative.visitors.views import cards, pages

app_name = "visitors"
urlpatterns = [
    path("p/open/<slug:purpose>/<str:token>", pages.open_page, name="open"),
    path("p/sign-in", pages.sign_in, name="sign-in"),
    path("p/visit", pages.choices, name="choices"),
    path("p/visit/leave", pages.leave, name="leave"),
    path("p/visit/seen", pages.seen, name="seen"),
    path("visitors/of/<uuid:party_id>", cards.browsers, name="of-party"),
    path("visitors/<uuid:recognition_id>/undo", cards.undo, name="undo"),
]
