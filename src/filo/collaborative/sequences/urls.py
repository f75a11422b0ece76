"""Addresses of sequences of mails."""

from django.urls import path

from filo.collaborative.sequences.views import customers, pages, running

app_name = "sequences"
urlpatterns = [
    path("inbox/sequences", pages.index, name="list"),
    path("inbox/sequences/new", pages.edit, name="new"),
    path("inbox/sequences/preview", pages.preview, name="preview"),
    path("inbox/sequences/beside", running.beside, name="beside"),
    path("inbox/sequences/start", running.start, name="start"),
    path("inbox/sequences/<uuid:sequence_id>", pages.page, name="sequence"),
    path("inbox/sequences/<uuid:sequence_id>/edit", pages.edit, name="edit"),
    path("inbox/sequences/runs/<uuid:enrolment_id>/stop", running.stop, name="stop"),
    path("p/sequences/<str:token>/stop", customers.refuse, name="refuse"),
]
