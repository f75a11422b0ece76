"""What back offices add to the pages of others: a chapter of the settings, and how their changes read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.policies import sees_connectors
from filo.collaborative.connectors.queries import ages_of
from filo.foundation.audit.showing import show
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill


def register() -> None:
    """Called once, when the program starts."""
    fill("catalogue.product.aside", _ages_of_product, place=90)
    fill("orders.order.aside", _ages_of_order, place=90)
    hint = _("Items, prices, stock and orders, exchanged with the firm’s ERP")
    add_entry(
        "settings",
        Entry("/settings/back-offices", "arrow-left-right", _("Back offices"), sees_connectors, place=81, hint=hint),
    )
    show(
        "connection",
        _("Back offices"),
        fields={
            "name": _("Name"),
            "code": _("Code"),
            "company": _("Company"),
            "every_minutes": _("Look every … minutes"),
            "given": _("How it is reached"),
            "active": _("Switched on"),
            "columns": _("Columns"),
            "owners": _("Whose value holds"),
            "row": _("Row"),
        },
        actions={
            "connection.add": _("Back office connected"),
            "connection.edit": _("Back office changed"),
            "connection.switch": _("Back office switched on or off"),
            "connection.decide": _("Disagreement decided"),
            "connection.put-away": _("Refused row put away"),
        },
    )


def _ages_of_product(request: HttpRequest, _product: Any) -> tuple[str, dict[str, Any]] | None:
    return _ages(request, "product", ("items", "prices", "discounts", "stock"))


def _ages_of_order(request: HttpRequest, _order: Any) -> tuple[str, dict[str, Any]] | None:
    return _ages(request, "order", ("orders", "prices", "stock"))


def _ages(request: HttpRequest, code: str, subjects: tuple[str, ...]) -> tuple[str, dict[str, Any]] | None:
    """How old is what back offices said; nothing where none is connected."""
    principal = principal_in(request)
    if principal is None or not principal.may(code, "view"):
        return None
    found = ages_of(subjects)
    return ("connectors/_ages.html", {"ages": found}) if found else None
