"""What imports add to the pages of others: the way in, whose sockets may listen, and what a file brought."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.undoable import refuse_with
from filo.foundation.filters.fields import FilterField
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.slots import Entry, add_entry
from filo.foundation.work.results import lead_to
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.origins import explain_operations
from filo.operational.payments.bank.sheets import unfold_sheets_with
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.policies import may_import
from filo.operational.transfer.queries import imports_named, refuse_part_of_import
from filo.operational.transfer.statements import statement_as_text
from filo.operational.transfer.telling import declare_notices

MOST_OFFERED = 50


def register() -> None:
    """Called once, when the program starts."""
    add_entry("new", Entry("/imports/new", "upload", _("Import a file"), may_import, place=90))
    add_command(
        Command(
            "imports",
            _("Imports"),
            "upload",
            "/imports",
            lambda principal: principal.may("import", "view"),
            words="importazioni file caricati",
            place=40,
        )
    )
    topics.register("import", _may_listen)
    declare_notices()
    unfold_sheets_with(statement_as_text)
    refuse_with(refuse_part_of_import)
    explain_operations(imports_named)
    for name in ("transfer.run_import", "transfer.try_import", "transfer.turn_import"):
        lead_to(name, lambda job: f"/imports/{UUID(job.args['batch'])}")
    PARTY_FILTERS.with_more(FilterField("import", _("Came in with"), ("is", "in"), _came_with, _files))


def _may_listen(principal: Principal, batch_id: str) -> bool:
    if not principal.may("import", "view"):
        return False
    return ImportBatch.objects.visible_to(principal).filter(pk=UUID(batch_id)).exists()


def _came_with(principal: Principal, operator: str, value: Any) -> Q:
    """The parties that the rows of visible imports made or changed."""
    wanted = [UUID(str(part)) for part in (value if operator == "in" else [value])][:20]
    rows = ImportRow.objects.visible_to(principal).filter(batch__in=wanted, outcome__in=("created", "updated"))
    return Q(pk__in=rows.filter(party__isnull=False).values("party"))


def _files(principal: Principal) -> list[tuple[str, str]]:
    found = ImportBatch.objects.visible_to(principal).order_by("-id")[:MOST_OFFERED]
    return [(str(batch.id), batch.file_name) for batch in found]
