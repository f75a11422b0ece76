"""Addresses of pages."""

from django.urls import path

from filo.collaborative.pages import views

app_name = "pages"
urlpatterns = [
    path("p/pages/<slug:slug>", views.show, name="show"),
    path("p/pages/pictures/<uuid:picture_id>", views.picture, name="picture"),
    path("p/pages/<slug:slug>/<slug:block_id>", views.answer, name="answer"),
    path("settings/pages", views.index, name="list"),
    path("settings/pages/new", views.new, name="new"),
    path("settings/pages/<uuid:page_id>", views.edit, name="edit"),
    path("settings/pages/<uuid:page_id>/facts", views.facts, name="facts"),
    path("settings/pages/<uuid:page_id>/preview", views.preview, name="preview"),
    path("settings/pages/<uuid:page_id>/act", views.act, name="act"),
    path("settings/pages/<uuid:page_id>/pictures/<uuid:picture_id>", views.draft_picture, name="draft-picture"),
    path("settings/pages/<uuid:page_id>/blocks/<slug:kind>", views.block, name="block-new"),
    path("settings/pages/<uuid:page_id>/blocks/<slug:kind>/<slug:block_id>", views.block, name="block"),
]
