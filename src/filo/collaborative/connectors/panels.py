"""What back offices add to the pages of others: a chapter of the settings, and how their changes read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.policies import sees_connectors
from filo.foundation.audit.showing import show
from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the program starts."""
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
