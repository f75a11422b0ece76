"""An import is taken back as a whole, and brought in again: chunk by chunk, from where the last attempt was stopped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError
from filo.foundation.events.services import announce
from filo.foundation.ids import uuid7
from filo.foundation.jobs.services import enqueue
from filo.foundation.push.services import publish
from filo.operational.transfer.events import ImportBroughtAgain, ImportTakenBack
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import OVER, BatchState, ImportBatch, ImportRow
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.queries import has_open_job
from filo.operational.transfer.services.belonging import spec_for
from filo.operational.transfer.services.chunks import locked_import
from filo.operational.transfer.services.putting_back import put_back, put_back_firms
from filo.operational.transfer.services.rights import require_edit
from filo.operational.transfer.services.things import bring_things_again, take_things_back, way_of
from filo.operational.transfer.thing_fields import THINGS
from filo.operational.transfer.touched import own_acts

CHUNK = 500
MOST_CHANGED = 50  # by the verbs, one by one: the others that write are not to wait for long
LONGEST = 300
Tell = Callable[[ImportBatch], object]


def undo_import(principal: Principal, batch: ImportBatch, *, in_background: bool = True) -> ImportBatch:
    """Take an import that is over back; in the background, or by the caller with `turn`.

    One that was stopped half-way goes on where it was. Raises `Forbidden`, `DomainError` when there is nothing
    to take back.
    """
    require_edit(principal, batch)
    with transaction.atomic():
        locked = locked_import(batch)
        if locked.is_under_way:
            raise DomainError(_("The import is still running: stop it first."), code="import-running")
        _refuse_under_way(locked)
        if locked.state not in (*OVER, BatchState.BACK) or not locked.to_turn:
            raise DomainError(_("There is nothing to take back."), code="nothing-to-take-back")
        if not AuditEntry.objects.filter(operation=locked.pk).exists():
            raise DomainError(_("It was not kept how it was before."), code="no-way-back")
        _begin(principal, locked, BatchState.BACK, in_background=in_background)
    return locked


def bring_again(principal: Principal, batch: ImportBatch, *, in_background: bool = True) -> ImportBatch:
    """Bring an import that was taken back in again; as `undo_import` otherwise."""
    require_edit(principal, batch)
    with transaction.atomic():
        locked = locked_import(batch)
        _refuse_under_way(locked)
        if locked.state not in (BatchState.UNDONE, BatchState.AGAIN):
            raise DomainError(_("This import was not taken back."), code="import-not-undone")
        _begin(principal, locked, BatchState.AGAIN, in_background=in_background)
    return locked


def _refuse_under_way(batch: ImportBatch) -> None:
    """What nobody is at work on any more, because it was killed, may be gone on with."""
    if batch.is_turning and has_open_job(batch):
        raise DomainError(_("This is under way already."), code="import-turning")


def _begin(principal: Principal, batch: ImportBatch, state: BatchState, *, in_background: bool) -> None:
    if batch.turned_to is None:  # anew; else it was stopped half-way
        batch.acts = [*batch.acts, str(uuid7())]
        batch.turned_to = batch.position + 1 if state == BatchState.BACK else 0
        batch.turned = batch.left = 0
    batch.state, batch.turned_at = state, clock.now()
    batch.job = enqueue("transfer.turn_import", principal=principal, batch=str(batch.id)).id if in_background else None
    batch.save(update_fields=["state", "acts", "turned_to", "turned", "left", "turned_at", "job"])
    action = "import.take-back" if state == BatchState.BACK else "import.bring-again"
    changes = {"rows": (batch.to_turn, None) if state == BatchState.BACK else (None, batch.to_turn)}
    record(principal, action, kind="import", object_id=batch.id, changes=changes)
    publish(f"import:{batch.id}", "state")


def turn(
    principal: Principal,
    batch: ImportBatch,
    *,
    tell: Tell = lambda _batch: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ImportBatch:
    """Go on with what `undo_import` or `bring_again` began; ends undone, or in the state it was in before."""
    require_edit(principal, batch)
    while batch.is_turning:
        if is_cancelled():  # unless another process has the job now, and goes on
            return batch if has_open_job(batch) else stop_turning(batch)
        before = batch.turned_to
        batch = _turn_chunk(principal, batch)
        tell(batch)
        if batch.turned_to == before:
            break
    return batch


def _turn_chunk(principal: Principal, batch: ImportBatch) -> ImportBatch:
    """What is put back and how far it is are one transaction, so that every row is dealt with once."""
    with transaction.atomic():
        locked = locked_import(batch)
        if not locked.is_turning or locked.turned_to != batch.turned_to:
            return locked  # another process has gone on with it
        rows = _next_rows(locked)
        if not rows:
            return _end(principal, locked)
        act, undone = own_acts(locked)[-1], own_acts(locked)[-2]
        if locked.kind in THINGS:
            with one_operation(id=act, undoes=undone):
                _note_things(locked, rows, _turn_things(principal, locked, rows, act=undone))
            publish(f"import:{locked.id}", "progress")
            return locked
        seen = _sentences_before(locked, rows)
        keys = {row.party_id for row in rows if row.party_id} - seen.keys()
        with one_operation(id=act, undoes=undone):
            left = _put_back(principal, locked, rows, keys, act=undone)
        _note(locked, rows, seen | left)
        publish(f"import:{locked.id}", "progress")
    return locked


def _turn_things(principal: Principal, batch: ImportBatch, rows: Sequence[ImportRow], *, act: UUID) -> dict[UUID, str]:
    if batch.state == BatchState.BACK:
        return take_things_back(principal, batch, rows, act=act)
    columns = usable_columns(principal, from_json(batch.mapping), batch.kind)
    way = way_of(batch, columns, spec_for(principal, batch))
    return bring_things_again(principal, batch, rows, way, act=act) if way else {}


def _note_things(batch: ImportBatch, rows: Sequence[ImportRow], left: dict[UUID, str]) -> None:
    """A row says why something was left of the product, or the customer, that it brought."""
    for row in rows:
        key = row.party_id if row.party_id in left else row.thing
        row.left = left.get(key, "")[:LONGEST] if key else ""
    ImportRow.objects.bulk_update([row for row in rows if row.left], ["left"])
    _count_turned(batch, rows)


def _put_back(
    principal: Principal, batch: ImportBatch, rows: Sequence[ImportRow], keys: Collection[UUID], *, act: UUID
) -> dict[UUID, str]:
    """Firms that were made because a row named them go after the people who work there, and come back before them."""
    firms = {
        UUID(row.journal["firm"][1]): row.party_id
        for row in rows
        if row.party_id and row.journal and "firm" in row.journal
    }
    if batch.state == BatchState.BACK:
        left = put_back(principal, batch, keys, act=act)
        left_firms = put_back_firms(principal, batch, firms, act=act)
    else:
        left_firms = put_back_firms(principal, batch, firms, act=act)
        left = put_back(principal, batch, keys, act=act)
    return {firms[firm]: sentence for firm, sentence in left_firms.items()} | left


def _next_rows(batch: ImportBatch) -> list[ImportRow]:
    """Back from the end to the beginning, so that what a later row changed is put back before what it was; and again
    from the beginning to the end.
    """
    rows = ImportRow.objects.filter(batch=batch, outcome__in=("created", "updated"))
    if batch.state == BatchState.BACK:
        rows = rows.filter(number__lt=batch.turned_to).order_by("-number")
    else:
        rows = rows.filter(number__gt=batch.turned_to).order_by("number")
    wanted = ("number", "outcome", "party_id", "left", "journal", "thing", "raw")
    found, changed = list(rows.only(*wanted[:-1] if batch.kind not in THINGS else wanted)[:CHUNK]), 0
    for place, row in enumerate(found, start=1):
        changed += row.outcome == "updated"
        if changed == MOST_CHANGED:
            return found[:place]
    return _without_torn(found) if batch.kind in THINGS and len(found) == CHUNK else found


def _without_torn(rows: list[ImportRow]) -> list[ImportRow]:
    """The rows without the thing at their end, of which the next chunk may have more; all if they are of that one."""
    whole = next((place for place in range(len(rows), 0, -1) if rows[place - 1].thing != rows[-1].thing), 0)
    return rows[:whole] or rows


def _sentences_before(batch: ImportBatch, rows: Sequence[ImportRow]) -> dict[UUID, str]:
    """The parties that rows of earlier chunks meant too, which are dealt with, and what was said of them."""
    keys = {row.party_id for row in rows if row.party_id}
    others = ImportRow.objects.filter(batch=batch, party__in=keys, outcome__in=("created", "updated"))
    back = batch.state == BatchState.BACK
    others = others.filter(number__gt=rows[0].number) if back else others.filter(number__lt=rows[0].number)
    return dict(others.values_list("party_id", "left"))


def _note(batch: ImportBatch, rows: Sequence[ImportRow], left: dict[UUID, str]) -> None:
    gone = _("it is not there any more")
    for row in rows:
        row.left = (left.get(row.party_id, "") if row.party_id else gone)[:LONGEST]
    for sentence in {row.left for row in rows}:
        keys = [row.pk for row in rows if row.left == sentence]
        ImportRow.objects.filter(pk__in=keys).exclude(left=sentence).update(left=sentence)
    _count_turned(batch, rows)


def _count_turned(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    number_left = sum(bool(row.left) for row in rows)
    batch.turned += len(rows) - number_left
    batch.left += number_left
    batch.turned_to = rows[-1].number
    batch.save(update_fields=["turned_to", "turned", "left"])


def _end(principal: Principal, batch: ImportBatch) -> ImportBatch:
    is_back = batch.state == BatchState.BACK
    batch.state, batch.turned_to = BatchState.UNDONE if is_back else batch.state_when_in, None
    batch.save(update_fields=["state", "turned_to"])
    event = ImportTakenBack if is_back else ImportBroughtAgain
    announce(principal, event(batch=batch.id, rows=batch.turned, left=batch.left), operation_id=own_acts(batch)[-1])
    publish(f"import:{batch.id}", "state")
    return batch


def stop_turning(batch: ImportBatch) -> ImportBatch:
    """It goes no further for now: asked again, it goes on where it was."""
    with transaction.atomic():
        locked = locked_import(batch)
        if locked.is_turning and locked.turned_to == batch.turned_to:
            locked.state = locked.state_when_in if locked.state == BatchState.BACK else BatchState.UNDONE
            locked.save(update_fields=["state"])
            publish(f"import:{locked.id}", "state")
    return locked
