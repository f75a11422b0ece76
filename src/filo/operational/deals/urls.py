"""Addresses of deals."""

from django.urls import path

from filo.operational.deals.views import acts, board, lists, many, moves, pages, reports, settings, stages, steps

app_name = "deals"
urlpatterns = [
    path("deals", lists.index, name="list"),
    path("deals/filter", lists.filter_form, name="filter"),
    path("deals/board", board.index, name="board"),
    path("deals/board/<uuid:stage_id>", board.column, name="column"),
    path("deals/new", pages.new, name="new"),
    path("deals/bin", lists.in_bin, name="bin"),
    path("deals/many", many.hand_over, name="many"),
    path("deals/<uuid:deal_id>", pages.page, name="deal"),
    path("deals/<uuid:deal_id>/facts", pages.facts, name="facts"),
    path("deals/<uuid:deal_id>/story", pages.story, name="story"),
    path("deals/<uuid:deal_id>/peek", pages.peek, name="peek"),
    path("deals/<uuid:deal_id>/forms", pages.forms, name="forms"),
    path("deals/<uuid:deal_id>/changes", pages.changes, name="changes"),
    path("deals/<uuid:deal_id>/points", pages.points, name="points"),
    path("deals/<uuid:deal_id>/edit", acts.edit, name="edit"),
    path("deals/<uuid:deal_id>/move", moves.move, name="move"),
    path("deals/<uuid:deal_id>/win", acts.win, name="win"),
    path("deals/<uuid:deal_id>/lose", acts.lose, name="lose"),
    path("deals/<uuid:deal_id>/reopen", acts.reopen, name="reopen"),
    path("deals/<uuid:deal_id>/assign", acts.assign, name="assign"),
    path("deals/<uuid:deal_id>/next", steps.next_step, name="next"),
    path("deals/<uuid:deal_id>/done", steps.step_done, name="done"),
    path("deals/<uuid:deal_id>/note", acts.note, name="note"),
    path("deals/<uuid:deal_id>/delete", acts.delete, name="delete"),
    path("deals/<uuid:deal_id>/restore", acts.restore, name="restore"),
    path("deals/forecast", reports.forecast, name="forecast"),
    path("deals/report", reports.won_and_lost, name="report"),
    path("settings/deals", settings.index, name="settings"),
    path("settings/deals/<slug:kind>/new", settings.new, name="settings-new"),
    path("settings/deals/<slug:kind>/order", settings.order, name="settings-order"),
    path("settings/deals/<slug:kind>/<uuid:thing_id>", settings.edit, name="settings-edit"),
    path("settings/deals/<slug:kind>/<uuid:thing_id>/remove", settings.remove, name="settings-remove"),
    path("settings/deals/pipelines/<uuid:pipeline_id>/stages/new", stages.stage, name="stage-new"),
    path("settings/deals/pipelines/<uuid:pipeline_id>/stages/<uuid:stage_id>", stages.stage, name="stage-edit"),
    path(
        "settings/deals/pipelines/<uuid:pipeline_id>/stages/<uuid:stage_id>/remove",
        stages.stage_remove,
        name="stage-remove",
    ),
    path("settings/deals/pipelines/<uuid:pipeline_id>/order", settings.order, {"kind": "stages"}, name="stage-order"),
    path("parties/<uuid:party_id>/referral-code", acts.referral_code, name="referral-code"),
    path("parties/<uuid:party_id>/deals", pages.of_party, name="of-party"),
]
