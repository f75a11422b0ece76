"""Addresses of the queue of automatic answers."""

from django.urls import path

from filo.collaborative.answers import views

app_name = "answers"
urlpatterns = [
    path("answers", views.index, name="list"),
    path("answers/<uuid:answer_id>/leave", views.leave, name="leave"),
    path("answers/<uuid:answer_id>/take", views.take, name="take"),
    path("answers/<uuid:answer_id>/again", views.again, name="again"),
    path("answers/<uuid:answer_id>/correct", views.correction, name="correct"),
]
