"""What this topic adds to the shell, and whose sockets may listen to a party."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.fields.document import described_in
from filo.foundation.fields.entities import Entity
from filo.foundation.fields.entities import register as register_entity
from filo.foundation.lists.registry import KnownList
from filo.foundation.lists.registry import register as register_list
from filo.foundation.push import topics
from filo.foundation.rest.document import describe_with
from filo.foundation.web.paging import capped_count
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.foundation.work.results import lead_to
from filo.operational.parties.addresses import party_url
from filo.operational.parties.changed import register_changes
from filo.operational.parties.commands import register_commands
from filo.operational.parties.models import Party
from filo.operational.parties.models.relationship import STAGES
from filo.operational.parties.queries.home import LEFT_ALONE_DAYS, latest, left_alone
from filo.operational.parties.queries.naming import names_of
from filo.operational.parties.queries.noted import declare_notes
from filo.operational.parties.related import declare_links
from filo.operational.parties.services.findable import declare_words
from filo.operational.parties.services.taking_back import register_undo
from filo.operational.parties.telling import declare_notices


def register() -> None:
    """Called once, when the program starts."""
    add_entry(
        "rail",
        Entry("/parties", "users", _("Customers"), lambda p: p.may("party", "view"), place=12, key="g c", foot=2),
    )
    add_entry(
        "rail",
        Entry("/funnel", "funnel", _("Funnel"), lambda p: p.may("party", "view"), place=16, key="g f"),
    )
    for place, kind, icon, label in (
        (10, "person", "user-plus", _("Person")),
        (20, "organisation", "building-2", _("Organisation")),
    ):
        add_entry(
            "new",
            Entry(f"/parties/new?kind={kind}", icon, label, lambda p: p.may("party", "create"), place=place),
        )
    register_list(KnownList("parties", "/parties", _("Customers"), "users"))
    register_commands()
    declare_links()
    hint = _("Customers that were put away, and the way back")
    add_entry(
        "settings",
        Entry("/parties/bin", "trash-2", _("Bin"), lambda p: p.may("party", "delete"), place=74, hint=hint),
    )
    register_changes()
    register_undo()
    fill("home.main", _latest, place=20)
    fill("home.aside", _left_alone, place=10)
    fill("settings.person.preview", _seen_before_and_after, place=10)
    topics.register("party", _may_listen)
    for name in ("parties.change_many", "parties.take_back_many"):
        lead_to(name, lambda job: f"/parties/many/{UUID(job.args['edit'])}")
    declare_notices()
    declare_notes()
    declare_words()
    describe_with(described_in("party", ("PartyFactsBody", "PartyBody", "PartyShape")))
    register_entity(Entity("party", names=names_of, url=party_url, stages=STAGES, label=_("Customers")))


def _latest(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not principal.may("party", "view"):
        return None
    return "parties/_latest.html", {"latest": latest(principal)}


def _left_alone(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or principal.user_id is None or not principal.may("party", "view"):
        return None
    found = left_alone(principal)
    return ("parties/_left_alone.html", {"found": found, "days": LEFT_ALONE_DAYS}) if found.rows else None


def _seen_before_and_after(request: HttpRequest, preview: Any) -> tuple[str, dict[str, Any]] | None:
    counts = [capped_count(Party.objects.visible_to(principal)) for principal in (preview.before, preview.after)]
    return "parties/_seen_before_and_after.html", {"before": counts[0], "after": counts[1]}


def _may_listen(principal: Principal, party_id: str) -> bool:
    try:
        wanted = UUID(party_id)
    except ValueError:
        return False
    return Party.objects.visible_to(principal).filter(pk=wanted).exists()
