"""Many products at once: put on sale, taken off, shown to all customers or in reserved catalogues only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import update_values
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish_many
from filo.operational.catalogue.drafts import clean_product
from filo.operational.catalogue.events import ProductChanged
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.policies import PRODUCT_KEPT

# What may be changed of many, and how many at once: as many as can be taken back at once.
OF_MANY = ("status", "reserved")
MOST, AT_ONCE = 5_000, 500


def change_many(principal: Principal, found: QuerySet[Product], facts: Mapping[str, Any]) -> tuple[int, bool]:
    """Give these products the same status, or show all of them to the same eyes; those that are so already stay.

    No more than `MOST` at once, by name; gives how many changed, and whether there are more. In steps of its own, each
    a transaction. Raises `Forbidden`, `InvalidFields`, and LookupError for a fact that many do not share.
    """
    principal.require("product", "edit")
    clean = clean_product(facts)
    if others := [name for name in clean if name not in OF_MANY]:
        raise LookupError(others[0])
    differing = found.filter(PRODUCT_KEPT.rows(principal), deleted_at=None).exclude(**clean)
    ids = list(differing.order_by("folded", "pk").values_list("pk", flat=True)[: MOST + 1])
    changed = 0
    for start in range(0, min(len(ids), MOST), AT_ONCE):
        changed += _change(principal, ids[:MOST][start : start + AT_ONCE], clean)
    return changed, len(ids) > MOST


def _change(principal: Principal, ids: Sequence[UUID], facts: Mapping[str, Any]) -> int:
    with transaction.atomic():
        rows = Product.objects.select_for_update(of=("self",)).filter(PRODUCT_KEPT.rows(principal), deleted_at=None)
        changes = {
            one: {name: (getattr(one, name), value) for name, value in facts.items() if getattr(one, name) != value}
            for one in rows.filter(pk__in=ids).order_by("pk")
        }
        changes = {one: pairs for one, pairs in changes.items() if pairs}
        moment, names = clock.now(), list(facts)
        values = [[one.pk, *facts.values(), one.version + 1, moment] for one in changes]
        update_values(Product, [*names, "version", "updated_at"], values)
        record_many(principal, "product.edit", [Change("product", one.pk, pairs) for one, pairs in changes.items()])
        announce(principal, *(ProductChanged(product=one.pk, fields=sorted(pairs)) for one, pairs in changes.items()))
        publish_many([f"product:{one.pk}" for one in changes], "changed")
    return len(changes)
