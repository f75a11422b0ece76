"""Who is chosen, what is to be done to them and what that would do: the steps before anything changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.filters.tree import Tree
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.services import cancel_job, enqueue
from filo.operational.parties.models import BulkEdit, BulkState
from filo.operational.parties.queries.matching import matching_ids
from filo.operational.parties.services.many.acts import Act, act_from, checked
from filo.operational.parties.services.many.planning import DIGEST, Planned, plan

MOST = 50_000
PREVIEWED_AT_ONCE = 500
EXAMPLES = 8
KEY = 16


@dataclass(frozen=True)
class Selection:
    """Which parties: these, or all that a list with these words and conditions finds."""

    ids: Sequence[UUID] | None = None
    text: str = ""
    tree: Tree | None = None


@dataclass
class Preview:
    """What an act would do: to how many, to how many only in part, and why to others not (by code of the reason)."""

    total: int
    will: int = 0
    partly: int = 0
    left: Counter[str] = field(default_factory=Counter)
    examples: list[UUID] = field(default_factory=list)
    seen: bytes = b""


def choose(principal: Principal, selection: Selection) -> BulkEdit:
    """Keep who is chosen, so that the steps that follow are about the same parties.

    Raises `Forbidden`, `DomainError` for nobody or for too many, `BadRequest` for a strange list.
    """
    if not any(principal.may("party", action) for action in ("edit", "assign", "delete")):
        principal.require("party", "edit")
    if selection.ids is None:
        ids = matching_ids(principal, text=selection.text, tree=selection.tree, most=MOST + 1)
    else:
        ids = sorted(set(selection.ids))
    if not ids:
        raise DomainError(_("Nobody is chosen. Tick some customers in the list first."), code="nobody-chosen")
    if len(ids) > MOST:
        sentence = ngettext("At most %(n)s customer at once.", "At most %(n)s customers at once.", MOST)
        raise DomainError(sentence % {"n": MOST} + " " + _("Narrow the list first."), code="too-many")
    with transaction.atomic():
        return BulkEdit.objects.create(
            chosen=b"".join(key.bytes for key in ids),
            total=len(ids),
            created_by_id=principal.user_id,
            created_at=clock.now(),
        )


def chosen_ids(edit: BulkEdit) -> list[UUID]:
    """Who is chosen, in the order of the work."""
    kept = bytes(edit.chosen)
    return [UUID(bytes=kept[start : start + KEY]) for start in range(0, len(kept), KEY)]


def seen_then(edit: BulkEdit) -> list[bytes]:
    """What each was at the preview; nothing when there was none."""
    kept = bytes(edit.seen)
    return [kept[start : start + DIGEST] for start in range(0, len(kept), DIGEST)]


def preview(principal: Principal, act: Act, ids: Sequence[UUID]) -> Preview:
    """What the act would do to each, counted; nothing changes."""
    found, seen = Preview(len(ids)), []
    for start in range(0, len(ids), PREVIEWED_AT_ONCE):
        for one in plan(principal, act, ids[start : start + PREVIEWED_AT_ONCE]):
            seen.append(one.seen)
            _count(found, one)
    found.seen = b"".join(seen)
    return found


def _count(found: Preview, one: Planned) -> None:
    if not one.steps:
        found.left[one.reason] += 1
        return
    found.will += 1
    found.partly += bool(one.reason)
    if len(found.examples) < EXAMPLES:
        found.examples.append(one.party)


def prepare(principal: Principal, edit: BulkEdit, act: Act) -> BulkEdit:
    """Keep the act and what it would do. Raises `Forbidden`, `InvalidFields`, `DomainError` when it has begun."""
    act = checked(principal, act)
    _require_own(principal, edit)
    found = preview(principal, act, chosen_ids(edit))
    with transaction.atomic():
        locked = BulkEdit.objects.select_for_update().get(pk=edit.pk)
        _require_unbegun(locked)
        locked.act, locked.seen = act.as_json(), found.seen
        locked.foreseen = {
            "will": found.will,
            "partly": found.partly,
            "left": dict(found.left),
            "examples": [str(key) for key in found.examples],
        }
        locked.save(update_fields=["act", "seen", "foreseen"])
    return locked


def start(principal: Principal, edit: BulkEdit, act: Act | None = None) -> BulkEdit:
    """Let a job do it; `act` where nobody looked at a preview. Raises `Forbidden`, `InvalidFields`, `DomainError`."""
    act = checked(principal, act or act_from(edit.act or {"kind": ""}))
    _require_own(principal, edit)
    with transaction.atomic():
        locked = BulkEdit.objects.select_for_update().get(pk=edit.pk)
        _require_unbegun(locked)
        locked.act, locked.state = act.as_json(), BulkState.READY
        locked.job = enqueue("parties.change_many", principal=principal, edit=str(locked.pk)).pk
        locked.save(update_fields=["act", "state", "job"])
        changes = {"act": (None, act.kind), "to": (None, dict(act.to)), "customers": (None, locked.total)}
        record(principal, "bulk-edit.start", kind="bulk-edit", object_id=locked.pk, changes=changes)
    return locked


def cancel(principal: Principal, edit: BulkEdit) -> BulkEdit:
    """Stop it; what is changed stays changed. Raises `Forbidden`, `DomainError` when it is over."""
    _require_own(principal, edit)
    with transaction.atomic():
        locked = BulkEdit.objects.select_for_update().for_page().get(pk=edit.pk)
        if locked.state not in (BulkState.READY, BulkState.RUNNING):
            raise _Over
        locked.state, locked.finished_at = BulkState.CANCELLED, clock.now()
        locked.save(update_fields=["state", "finished_at"])
        job = Job.objects.filter(pk=locked.job).first() if locked.job else None
        if job is not None and job.is_open and principal.may("job", "edit"):
            cancel_job(principal, job)
        counted = {"customers": (None, locked.changed)}
        record(principal, "bulk-edit.cancel", kind="bulk-edit", object_id=locked.pk, changes=counted)
    return locked


class _Over(DomainError):
    code = "bulk-edit-over"

    def __init__(self) -> None:
        super().__init__(_("This is over already."))


def _require_unbegun(edit: BulkEdit) -> None:
    if edit.state != BulkState.CHOSEN:
        raise DomainError(_("This has begun already."), code="bulk-edit-begun")


def _require_own(principal: Principal, edit: BulkEdit) -> None:
    if principal.viewed_by:
        principal.require("party", "edit")
    if not BulkEdit.objects.visible_to(principal).filter(pk=edit.pk).exists():
        raise NotFound
    if edit.created_by_id != principal.user_id and principal.kind != "system":
        raise Forbidden
