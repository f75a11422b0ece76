"""What exports add to the pages of others: the button beside a list, the copy on the card, the way back to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.showing import show
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.foundation.work.results import lead_to
from filo.operational.exports.models import Export
from filo.operational.exports.policies import may_take_personal_data
from filo.operational.exports.telling import declare_notices

PASSING = ("cursor", "view")


def register() -> None:
    """Called once, when the program starts."""
    fill("parties.list.bar", _of_parties, place=50)
    fill("activities.list.bar", _of_tasks, place=50)
    fill("service.list.bar", _of_requests, place=50)
    fill("catalogue.list.bar", _of_products, place=50)
    fill("orders.list.bar", _of_orders, place=50)
    fill("invoices.list.bar", _of_invoices, place=50)
    fill("telephony.list.bar", _of_calls, place=50)
    fill("parties.card.more", _personal_data, place=70)
    hint = _("How many rows a person or a token may take out in a day")
    sees = lambda principal: principal.may("settings", "view")  # noqa: E731
    add_entry("settings", Entry("/settings/exports", "download", _("Exports"), sees, place=69, hint=hint))
    words = "esportazioni file scaricati downloads"
    add_command(Command("exports", _("Exports"), "download", "/exports", _may_export, words=words, place=41))
    topics.register("export", _may_listen)
    lead_to("exports.run_export", lambda job: f"/exports/{UUID(job.args['export'])}")
    declare_notices()
    _declare_changes()


def _declare_changes() -> None:
    fields = {
        "what": _("List"),
        "format": _("File"),
        "rows": _("Rows"),
        "filter": _("Filter"),
        "words": _("Words"),
        "order": _("Order"),
        "columns": _("Columns"),
    }
    actions = {"export.ask": _("Asked for"), "export.done": _("Taken out"), "export.cancel": _("Stopped")}
    show("export", _("Exports"), fields, actions=actions | {"export.fail": _("Failed")})
    show("personal-data", _("Personal data"), {"rows": _("Rows")}, actions={"personal-data.take": _("Handed out")})
    numbers = {
        "token_alarm": _("A token: alarm from"),
        "token_most": _("A token: at most"),
        "person_alarm": _("A person: alarm from"),
        "person_most": _("A person: at most"),
    }
    show("export-limits", _("Limits of exports"), numbers)


def _may_export(principal: Principal) -> bool:
    return principal.may("party", "export")


def _may_listen(principal: Principal, export_id: str) -> bool:
    return Export.objects.visible_to(principal).filter(pk=UUID(export_id)).exists()


def _of_parties(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return _of_list(request, "parties")


def _of_requests(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return _of_list(request, "tickets")


def _of_products(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return _of_list(request, "products")


# Of the views of these lists, those that a filter says as well.
_ORDERS = {"to-confirm": {"state": "draft"}, "waiting": {"waiting": "yes"}}
_CALLS = {"in": {"direction": "in"}, "out": {"direction": "out"}, "missed": {"state": "missed"}}
_INVOICES = {"draft": {"state": "draft"}, "rejected": {"state": "rejected"}, "received": {"direction": "received"}}


def _of_orders(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return _of_views(request, "orders", _ORDERS)


def _of_invoices(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return _of_views(request, "invoices", _INVOICES)


def _of_calls(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return _of_views(request, "calls", _CALLS, view="state", passed=("q", "person"))


def _of_views(
    request: HttpRequest,
    what: str,
    views: Mapping[str, Mapping[str, str]],
    *,
    view: str = "view",
    passed: Sequence[str] = ("q", "party"),
) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or principal.viewed_by or not _may_export(principal):
        return None
    words = {name: request.GET[name] for name in passed if request.GET.get(name)}
    asked = {**words, **views.get(request.GET.get(view, ""), {})}
    return "exports/_button.html", {"address": _address(what, urlencode(asked))}


def _of_list(request: HttpRequest, what: str) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or principal.viewed_by or not _may_export(principal):
        return None
    query = request.GET.copy()
    for name in PASSING:
        query.pop(name, None)
    return "exports/_button.html", {"address": _address(what, query.urlencode(safe=",:"))}


def _of_tasks(request: HttpRequest, everyone: Any) -> tuple[str, dict[str, Any]] | None:
    """What is still to be done: one's own, or everyone's."""
    principal = principal_in(request)
    if principal is None or principal.viewed_by or not _may_export(principal) or not principal.may("task", "view"):
        return None
    mine = "" if everyone else "&assignee=me"
    open_ones = urlencode({"filter": '{"field":"done","op":"is","value":false}'})
    return "exports/_button.html", {"address": _address("tasks", f"{open_ones}{mine}")}


def _address(what: str, query: str) -> str:
    return f"/exports/new?{urlencode({'what': what, 'query': query})}"


def _personal_data(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not may_take_personal_data(principal):
        return None
    return "exports/_personal_button.html", {"party": party}
