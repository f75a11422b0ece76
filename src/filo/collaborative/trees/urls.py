"""Addresses of decision trees."""

from django.urls import path

from filo.collaborative.trees.views import customers, editing, exchange, operators, pages

app_name = "trees"
urlpatterns = [
    path("trees", pages.index, name="list"),
    path("trees/new", pages.new, name="new"),
    path("trees/import", exchange.bring, name="import"),
    path("trees/articles", editing.pick, name="pick"),
    path("trees/walks", operators.begin, name="walks"),
    path("trees/walks/<uuid:walk_id>/<slug:node>", operators.step, name="walk"),
    path("trees/walks/<uuid:walk_id>/<slug:node>/helped", operators.helped, name="walk-helped"),
    path("trees/walks/<uuid:walk_id>/<slug:node>/keep", operators.keep, name="walk-keep"),
    path("trees/<uuid:tree_id>", pages.page, name="tree"),
    path("trees/<uuid:tree_id>/edit", editing.edit, name="edit"),
    path("trees/<uuid:tree_id>/save", editing.save, name="save"),
    path("trees/<uuid:tree_id>/check", editing.check, name="check"),
    path("trees/<uuid:tree_id>/state", pages.state, name="state"),
    path("trees/<uuid:tree_id>/group", pages.group, name="group"),
    path("trees/<uuid:tree_id>/states/<int:number>/draw", pages.draw_again, name="draw-again"),
    path("trees/<uuid:tree_id>/remove", pages.remove, name="remove"),
    path("trees/<uuid:tree_id>/export", exchange.export, name="export"),
    path("p/guide/<slug:code>", customers.begin, name="guide"),
    path("p/guide/<slug:code>/<uuid:walk_id>/<slug:node>", customers.step, name="guide-step"),
    path("p/guide/<slug:code>/<uuid:walk_id>/<slug:node>/helped", customers.helped, name="guide-helped"),
    path("p/guide/<slug:code>/<uuid:walk_id>/<slug:node>/person", customers.person, name="guide-person"),
]
