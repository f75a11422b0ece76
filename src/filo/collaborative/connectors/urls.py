"""Addresses of back offices."""

from django.urls import path

from filo.collaborative.connectors.views import connections, exchanges

app_name = "connectors"
ONE = "settings/back-offices/<uuid:connection_id>"
urlpatterns = [
    path("settings/back-offices", connections.connections, name="connections"),
    path("settings/back-offices/disagreements", exchanges.conflicts, name="conflicts"),
    path("settings/back-offices/disagreements/<uuid:conflict_id>/<slug:whose>", exchanges.settle, name="settle"),
    path("settings/back-offices/rows/<uuid:row_id>/put-away", exchanges.put_row_away, name="put-away"),
    path("settings/back-offices/new/<slug:kind>", connections.new, name="new"),
    path(ONE, connections.connection, name="connection"),
    path(f"{ONE}/exchange", connections.exchange_now, name="exchange-now"),
    path(f"{ONE}/try", connections.try_out, name="try"),
    path(f"{ONE}/switch-off", connections.switch_off, name="switch-off"),
    path(f"{ONE}/switch-on", connections.switch_on, name="switch-on"),
    path(f"{ONE}/<slug:subject>", exchanges.exchange, name="exchange"),
    path(f"{ONE}/<slug:subject>/compare", exchanges.compare, name="compare"),
]
