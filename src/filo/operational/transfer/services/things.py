"""Parts of files come in whose rows are no customers, and how such imports are taken back and brought in again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import Undone, put_back_object
from filo.foundation.bulk import insert_values
from filo.foundation.push.services import publish
from filo.operational.catalogue.models import Variant
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.arrivals import RelationshipSpec
from filo.operational.past.models import PastOrder
from filo.operational.past.services.arriving import drop_past_orders
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.models import BatchState, ImportBatch, ImportRow
from filo.operational.transfer.part import Outcome, Part
from filo.operational.transfer.services.chunks import KEPT, MOST_ATTEMPTS, locked_import
from filo.operational.transfer.services.putting_back import put_back
from filo.operational.transfer.thing_fields import ORDERS
from filo.operational.transfer.things.kinds import ThingKind, thing_of
from filo.operational.transfer.timing import Times

OF_ROW = ("number", "raw", "outcome", "party_id", "thing", "thing_code", "problems")
OF_PRODUCTS = ("product", "variant")


@dataclass(frozen=True)
class Way:
    """How the parts of a file come in: what they are, what their columns mean, what new customers are to us."""

    thing: ThingKind
    columns: Sequence[Column]
    spec: RelationshipSpec | None


def bring_in_part(principal: Principal, batch: ImportBatch, part: Part, way: Way, times: Times) -> ImportBatch:
    """What a part changes and how far the import is are one transaction; tried again where somebody wrote one of the
    same codes at the same moment.
    """
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            with transaction.atomic(), one_operation(id=batch.pk):
                return _bring_in(principal, batch, part, way, times)
        except IntegrityError:
            if attempt == MOST_ATTEMPTS:
                raise
    raise AssertionError  # the loop returns or raises


def _bring_in(principal: Principal, batch: ImportBatch, part: Part, way: Way, times: Times) -> ImportBatch:
    locked = locked_import(batch)
    if locked.state != BatchState.RUNNING or locked.done != batch.done:
        locked.state = BatchState.CANCELLED if locked.state == BatchState.RUNNING else locked.state
        return locked  # cancelled, or another process has gone on with it
    with times.at("writing"):
        outcomes = way.thing.bring(principal, locked, part, way.columns, way.spec)
        rows = [
            (one.number, one.cells, one.outcome, one.party_id, one.thing, one.subject[:200], one.problems)
            for one in outcomes
        ]
        insert_values(ImportRow, OF_ROW, rows, batch_id=locked.pk)
    count(locked, outcomes)
    locked.position = max(locked.position, *(one.number for one in outcomes))
    locked.times = times.as_json()
    locked.save(update_fields=KEPT)
    publish(f"import:{locked.id}", "progress")
    return locked


def count(batch: ImportBatch, outcomes: Iterable[Outcome]) -> None:
    """Add what became of rows to the figures."""
    for one in outcomes:
        setattr(batch, one.outcome, getattr(batch, one.outcome) + 1)
        batch.duplicates += one.again
        batch.warned += bool(one.problems and one.outcome != "rejected")


def take_things_back(
    principal: Principal, batch: ImportBatch, rows: Sequence[ImportRow], *, act: UUID
) -> dict[UUID, str]:
    """What these rows brought goes: past orders as a whole, and the customers whom nobody knew before unless they
    were worked with; products into the bin, or as they were. Gives, by party or product, why something was left.
    """
    if batch.kind != ORDERS:
        return _put_back_products(principal, {row.thing for row in rows if row.thing}, act=act)
    drop_past_orders(principal, {row.thing for row in rows if row.thing})
    parties = {row.party_id for row in rows if row.party_id}
    later = PastOrder.objects.filter(batch=batch.pk, party__in=parties).values_list("party_id", flat=True)
    left = put_back(principal, batch, _changed_by(act, parties - set(later)), act=act)
    return {key: _("the order is gone, its customer stays: %(why)s") % {"why": why} for key, why in left.items()}


def bring_things_again(
    principal: Principal, batch: ImportBatch, rows: Sequence[ImportRow], way: Way, *, act: UUID
) -> dict[UUID, str]:
    """The other way; past orders are read from the rows anew."""
    if batch.kind != ORDERS:
        return _put_back_products(principal, {row.thing for row in rows if row.thing}, act=act)
    parties = {row.party_id for row in rows if row.party_id}
    gone = set(Party.objects.filter(pk__in=parties).exclude(deleted_at=None).values_list("pk", flat=True))
    put_back(principal, batch, _changed_by(act, gone), act=act)
    part = Part([(row.number, row.raw) for row in rows])
    found = {one.number: one for one in way.thing.bring(principal, batch, part, way.columns, way.spec)}
    left = {}
    for row in rows:
        row.thing, row.party_id = found[row.number].thing, found[row.number].party_id
        if found[row.number].outcome == "rejected" and row.party_id:
            left[row.party_id] = found[row.number].problems[0]["sentence"]
    ImportRow.objects.bulk_update(rows, ["thing", "party"])
    return left


def _changed_by(act: UUID, parties: Collection[UUID]) -> set[UUID]:
    """Those of the parties that the operation made, or moved to another stage."""
    ties = dict(Relationship.objects.filter(party__in=parties).order_by().values_list("pk", "party_id"))
    wanted = Q(kind="party", object_id__in=parties) | Q(kind="relationship", object_id__in=list(ties))
    found = AuditEntry.objects.filter(wanted, operation=act).values_list("object_id", flat=True)
    return {ties.get(key, key) for key in found}


def _put_back_products(principal: Principal, products: Collection[UUID], *, act: UUID) -> dict[UUID, str]:
    """Products and their variants as they were before `act`; those of earlier rows are dealt with already."""
    product_of = dict(Variant.objects.filter(product__in=products).values_list("pk", "product_id"))
    of_them = AuditEntry.objects.filter(kind__in=OF_PRODUCTS, object_id__in=[*products, *product_of])
    done = set(of_them.filter(undoes=act).values_list("object_id", flat=True))
    found: dict[UUID, list[AuditEntry]] = {}
    for entry in of_them.filter(operation=act).exclude(object_id__in=done).order_by("-at", "-id"):
        found.setdefault(entry.object_id, []).append(entry)
    return dict(_left(principal, found, product_of))


def _left(
    principal: Principal, found: Mapping[UUID, Sequence[AuditEntry]], product_of: Mapping[UUID, UUID]
) -> Iterable[tuple[UUID, str]]:
    for key, entries in found.items():
        undone = Undone()
        put_back_object(principal, entries, undone)
        if undone.left:
            yield product_of.get(key, key), "; ".join(reason.rstrip(".") for reason in undone.left)


def way_of(batch: ImportBatch, columns: Sequence[Column], spec: RelationshipSpec | None) -> Way | None:
    """How such a file comes in; None for one whose rows are customers."""
    thing = thing_of(batch.kind)
    return Way(thing, columns, spec) if thing else None
