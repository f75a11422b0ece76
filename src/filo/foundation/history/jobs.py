"""What keeps the audit whole by itself, and what is taken back in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.audit.chain import check_chain, seal_entries
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import DomainError
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every


@every(minutes=1)
@job(label=_("Seal what was changed"), atomic=False)
def seal_audit(context: JobContext) -> int:
    """Close the entries older than a minute, batch by batch."""
    return seal_entries(context.progress)


@daily(at="04:40")
@job(label=_("Check that nobody changed the audit"), atomic=False)
def check_audit(context: JobContext) -> dict[str, Any]:
    """Go through the whole chain; what is wrong stands on the page of all changes."""
    found = check_chain()
    return {"entries": found.entries, "flaw": found.flaw}


@job(label=_("Take a change back"), queue="long", atomic=False)
def take_back(context: JobContext, *, operation: str, only: Sequence[str] = ()) -> dict[str, Any]:
    """Take a large operation back, with the rights of whoever asked for it as they are now."""
    person = person_by_id(str(context.requested_by))
    if person is None:
        return {}
    with translation.override(person.language):
        try:
            principal, things = principal_of(person, door="job"), [UUID(thing) for thing in only]
            done = undo_operation(principal, UUID(operation), only=things, told=context.progress)
        except DomainError as refusal:
            return {"told": str(refusal)}
        return {"told": done.sentence, "taken": done.taken, "left": done.number_left}
