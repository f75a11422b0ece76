"""Takes an operation back: every value of it, through the verbs, with the rights of whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation.access.principal import Principal, ViewingAs
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.queries import standing_undos, telling_of
from filo.foundation.audit.showing import is_shown, label_of
from filo.foundation.audit.undoable import Values, may_be_undone, putting_back, refuse_parts
from filo.foundation.errors import DomainError, Forbidden, NotFound

MOST = 5_000
AT_ONCE = 200
NAMED = 3
Object = tuple[str, UUID]


@dataclass
class Undone:
    """What became of it: the operation that took it back, how many changes were, and why others were left.

    `names` are those of the things it was about, as far as they are many and may be seen.
    """

    operation: UUID | None = None
    names: list[str] = field(default_factory=list)
    taken: int = 0
    left: dict[str, int] = field(default_factory=dict)
    refusals: list[DomainError] = field(default_factory=list)

    @property
    def number_left(self) -> int:
        return sum(self.left.values())

    @property
    def sentence(self) -> str:
        """*3 changes taken back, 1 left: changed since by Anna.*"""
        if not self.taken and not self.left:
            return _("This was taken back already.")
        reasons = "; ".join(reason.rstrip(".") for reason in self.left)
        if not self.taken:
            return _("Nothing was taken back: %(reasons)s.") % {"reasons": reasons}
        told = ngettext("%(n)s change taken back", "%(n)s changes taken back", self.taken) % {"n": self.taken}
        if not self.left:
            return f"{told}."
        left = ngettext("%(n)s left", "%(n)s left", self.number_left) % {"n": self.number_left}
        return f"{told}, {left}: {reasons}."

    @property
    def sentence_with_names(self) -> str:
        """The sentence after whom it was about: *Mario Rossi: 1 change taken back.*"""
        if not self.names:
            return self.sentence
        told, more = ", ".join(self.names[:NAMED]), len(self.names) - NAMED
        if more > 0:
            told = ngettext("%(names)s and %(n)s other", "%(names)s and %(n)s others", more) % {
                "names": told,
                "n": more,
            }
        return f"{told}: {self.sentence}"

    def leave(self, number: int, reason: str) -> None:
        """Note changes that stay, and why."""
        if number:
            self.left[reason] = self.left.get(reason, 0) + number


def undo_operation(
    principal: Principal,
    operation_id: UUID,
    *,
    only: Collection[UUID] = (),
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Undone:
    """Put back what an operation changed, `only` of these things where some are named; what was changed again since
    is left, and told.

    In steps of its own, each a transaction: stopped half-way it goes on when asked again. Taking back twice
    does nothing. Raises `NotFound`, `Forbidden` when nothing of it may be changed, and `DomainError` for what
    has no way back or is larger than `MOST`.
    """
    if principal.viewed_by:
        raise ViewingAs(principal.name)
    objects = _objects_of(operation_id, only)
    refuse_parts(operation_id)
    found, done = Undone(names=_names_of(principal, objects)), 0
    with one_operation(undoes=operation_id) as act:
        for chunk in _chunks(objects):
            with transaction.atomic():
                back = _already_back(operation_id, chunk)
                for entries in chunk:
                    first = entries[0]
                    put_back_object(principal, entries, found, back=back.get((first.kind, first.object_id), set()))
            done += len(chunk)
            told(done, len(objects))
    if found.refusals and not found.taken and len(found.refusals) == len(found.left):
        raise found.refusals[0]
    found.operation = act.id if act.written else None
    return found


def size_of(operation_id: UUID, only: Collection[UUID] = ()) -> int:
    """How many entries an operation has (about these things), read no further than `MOST`."""
    return _entries_of(operation_id, only)[: MOST + 1].count()


def _entries_of(operation_id: UUID, only: Collection[UUID]) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.filter(operation=operation_id)
    return found.filter(object_id__in=only) if only else found


def _names_of(principal: Principal, objects: Sequence[Sequence[AuditEntry]]) -> list[str]:
    """What the things are called, as far as this principal may know it."""
    entries = [entry for found in objects[:AT_ONCE] for entry in found]
    tellings = telling_of(principal, entries)
    things = [tellings[found[0].kind].things.get(found[0].object_id) for found in objects[:AT_ONCE]]
    addresses = {thing.address: thing.subject or thing.name for thing in things if thing}
    return list(addresses.values())


def _objects_of(operation_id: UUID, only: Collection[UUID]) -> list[list[AuditEntry]]:
    """The entries of each object, the newest first. Raises `NotFound`, `DomainError`."""
    rows = list(_entries_of(operation_id, only).order_by("-at", "-id")[: MOST + 1])
    if not rows:
        raise NotFound
    if len(rows) > MOST:
        raise DomainError(_("This is too much to be taken back at once."), code="too-much-to-undo")
    if not any(may_be_undone(row.kind, row.action) for row in rows):
        raise DomainError(_("There is no way back from this."), code="no-way-back")
    found: dict[Object, list[AuditEntry]] = {}
    for row in rows:
        found.setdefault((row.kind, row.object_id), []).append(row)
    return list(found.values())


def _chunks(objects: list[list[AuditEntry]]) -> Iterator[list[list[AuditEntry]]]:
    for start in range(0, len(objects), AT_ONCE):
        yield objects[start : start + AT_ONCE]


def _already_back(operation: UUID, chunk: list[list[AuditEntry]]) -> dict[Object, set[str]]:
    """The fields of each object that were taken back before; whoever asks at this very moment waits."""
    ids = [entry.pk for entries in chunk for entry in entries]
    list(AuditEntry.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    undos = AuditEntry.objects.filter(undoes=operation, operation__in=standing_undos(operation))
    known = undos.filter(object_id__in={entries[0].object_id for entries in chunk})
    back: dict[Object, set[str]] = {}
    for kind, object_id, changes in known.values_list("kind", "object_id", "changes"):
        back.setdefault((kind, object_id), set()).update(changes or {"": None})
    return back


def put_back_object(
    principal: Principal, entries: Sequence[AuditEntry], found: Undone, *, back: Collection[str] = ()
) -> None:
    """Put back what these entries of one object, the newest first, changed but for the fields that are `back`;
    `found` takes note. Belongs into the caller's transaction, within an operation that undoes theirs.
    """
    for entry in entries:
        values = {name: (was, then) for name, (was, then) in entry.changes.items() if name not in back}
        if values or (not entry.changes and not back):
            _put_back(principal, entry, values, found)


def _put_back(principal: Principal, entry: AuditEntry, values: Values, found: Undone) -> None:
    function = putting_back(entry.kind, entry.action)
    if function is None:
        found.leave(1, _("there is no way back from it"))
        return
    try:
        with transaction.atomic():
            became = function(principal, entry, values)
    except DomainError as refusal:
        found.leave(1, str(refusal))
        if isinstance(refusal, Forbidden | NotFound) and not any(
            str(refusal) == str(known) for known in found.refusals
        ):
            found.refusals.append(refusal)
        return
    found.taken += sum(is_shown(entry.kind, name) for name in became.taken)
    for name, sentence in became.refused.items():
        found.leave(1, _refusal(principal, entry, name, sentence))
    left = [name for name in became.left if is_shown(entry.kind, name)]
    if left:
        found.leave(len(left), _changed_since(entry, left))


def _refusal(principal: Principal, entry: AuditEntry, name: str, sentence: str) -> str:
    """Which field stays, and why."""
    label = label_of(entry.kind, name, telling_of(principal, [entry])[entry.kind])
    return sentence if label in sentence else f"{label}: {sentence}"


def _changed_since(entry: AuditEntry, names: list[str]) -> str:
    later = AuditEntry.objects.filter(kind=entry.kind, object_id=entry.object_id, at__gte=entry.at)
    for other in later.exclude(operation=entry.operation).order_by("-at", "-id")[:50]:
        if not names or any(name in other.changes for name in names):
            return _("changed since by %(name)s") % {"name": other.actor_name}
    return _("changed since")
