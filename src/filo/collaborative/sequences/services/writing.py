"""A sequence is written and changed."""

from __future__ import annotations

from collections.abc import Sequence as Listed
from dataclasses import asdict, dataclass

from django.db import transaction

from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.sequences.models import Sequence, SequenceStep
from filo.collaborative.sequences.queries.running import may_write
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, Stale


@dataclass(frozen=True)
class StepFacts:
    """One mail, as `SequenceStep` has it."""

    after_days: int
    subject_it: str = ""
    text_it: str = ""
    subject_en: str = ""
    text_en: str = ""


@dataclass(frozen=True)
class SequenceFacts:
    """What a sequence is made of; `mine`: for the one who writes it alone."""

    name: str
    steps: Listed[StepFacts]
    mailbox: Mailbox | None = None
    active: bool = True
    mine: bool = False


def keep_sequence(
    principal: Principal, facts: SequenceFacts, sequence: Sequence | None = None, *, version: int | None = None
) -> Sequence:
    """Write a sequence, or change one; who gets it already goes on with the step of the same number.

    The firm's are for who edits the settings. Raises `Forbidden`, `Stale` when somebody else changed it meanwhile.
    """
    require_writing(principal, sequence, mine=facts.mine)
    with transaction.atomic():
        found = Sequence.objects.select_for_update().get(pk=sequence.pk) if sequence else Sequence(version=0)
        if sequence is not None and version is not None and version != found.version:
            raise Stale({}, version=found.version)
        after = {
            "name": facts.name,
            "owner_id": principal.user_id if facts.mine else None,
            "mailbox_id": facts.mailbox.pk if facts.mailbox else None,
            "active": facts.active,
        }
        changes = {name: (getattr(found, name), now) for name, now in after.items() if getattr(found, name) != now}
        for name, now in after.items():
            setattr(found, name, now)
        found.version += 1
        found.save()
        found.steps.all().delete()
        steps = [SequenceStep(sequence=found, position=place, **asdict(step)) for place, step in enumerate(facts.steps)]
        SequenceStep.objects.bulk_create(steps)
        record(principal, "sequence.keep", kind="sequence", object_id=found.id, changes=changes)
    return found


def require_writing(principal: Principal, sequence: Sequence | None, *, mine: bool) -> None:
    """Raises `Forbidden` unless one may write this one."""
    if not may_write(principal) or (sequence is not None and sequence.owner_id not in (None, principal.user_id)):
        raise Forbidden
    if not mine or (sequence is not None and sequence.owner_id is None):
        principal.require("settings", "edit")
