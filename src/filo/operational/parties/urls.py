"""Addresses of the customers' pages."""

from django.urls import path

from filo.operational.parties.views import (
    cards,
    cells,
    changes,
    duties,
    filters,
    lists,
    many,
    palette,
    reports,
    writing,
)

app_name = "parties"
urlpatterns = [
    path("parties", lists.index, name="list"),
    path("parties/new", writing.new, name="new"),
    path("parties/bin", changes.in_the_bin, name="bin"),
    path("parties/filter", filters.filter_form, name="filter"),
    path("parties/many", many.chosen, name="many-choose"),
    path("parties/many/<uuid:edit_id>", many.page, name="many"),
    path("parties/many/<uuid:edit_id>/preview", many.previewed, name="many-preview"),
    path("parties/many/<uuid:edit_id>/run", many.run, name="many-run"),
    path("parties/many/<uuid:edit_id>/state", many.state, name="many-state"),
    path("parties/many/<uuid:edit_id>/stop", many.stop, name="many-stop"),
    path("parties/many/<uuid:edit_id>/back", many.back, name="many-back"),
    path("parties/<uuid:party_id>", cards.card, name="card"),
    path("parties/<uuid:party_id>/head", cards.head, name="head"),
    path("parties/<uuid:party_id>/facts", cards.facts, name="facts"),
    path("parties/<uuid:party_id>/provenance", cards.provenance, name="provenance"),
    path("parties/<uuid:party_id>/duties", cards.what_it_is, name="duties"),
    path("parties/<uuid:party_id>/timeline", cards.timeline, name="timeline"),
    path("parties/<uuid:party_id>/cell/<str:column>", cells.cell, name="cell"),
    path("parties/<uuid:party_id>/peek", cards.peek, name="peek"),
    path("parties/<uuid:party_id>/edit", writing.edit, name="edit"),
    path("parties/<uuid:party_id>/delete", writing.delete, name="delete"),
    path("parties/<uuid:party_id>/restore", writing.restore, name="restore"),
    path("parties/<uuid:party_id>/changes", changes.changes, name="changes"),
    path("parties/<uuid:party_id>/access", reports.access, name="access"),
    path("parties/<uuid:party_id>/relations/new", duties.relation, name="relation"),
    path(
        "parties/<uuid:party_id>/relations/<uuid:relation_id>/remove",
        duties.relation_remove,
        name="relation-remove",
    ),
    path("parties/<uuid:party_id>/relationships/new", duties.open_one, name="relationship-open"),
    path("relationships/<uuid:relationship_id>/stage", duties.stage, name="stage"),
    path("relationships/<uuid:relationship_id>/assign", duties.assign, name="assign"),
    path("relationships/<uuid:relationship_id>/end", duties.end, name="relationship-end"),
    path("relationships/<uuid:relationship_id>/reopen", duties.reopen, name="relationship-reopen"),
    path("search", lists.search, name="search"),
    path("search/suggest", lists.suggest, name="suggest"),
    path("search/commands", palette.offered, name="commands"),
    path("funnel", reports.funnel_page, name="funnel"),
]
