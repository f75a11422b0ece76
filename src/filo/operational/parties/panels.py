"""What this topic adds to the shell, and whose sockets may listen to a party."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.push import topics
from filo.foundation.web.slots import Entry, add_entry
from filo.operational.parties.models import Party


def register() -> None:
    """Called once, when the program starts."""
    add_entry(
        "rail", Entry("/parties", "users", _("Customers"), lambda p: p.may("party", "view"), place=20, key="g c")
    )
    add_entry(
        "rail", Entry("/funnel", "funnel", _("Funnel"), lambda p: p.may("party", "view"), place=40, desk_only=True)
    )
    for place, kind, icon, label in ((10, "person", "user-plus", _("Person")), (20, "organisation", "building-2", _("Organisation"))):
        add_entry(
            "new",
            Entry(f"/parties/new?kind={kind}", icon, label, lambda p: p.may("party", "create"), place=place),
        )
    topics.register("party", _may_listen)


def _may_listen(principal: Principal, party_id: str) -> bool:
    try:
        wanted = UUID(party_id)
    except ValueError:
        return False
    return Party.objects.visible_to(principal).filter(pk=wanted).exists()  # type: ignore[attr-defined]
