"""How every verb changes a product: lock, compare, write, record, announce, tell open pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import fold
from filo.foundation.push.services import publish
from filo.operational.catalogue.events import ProductChanged
from filo.operational.catalogue.models import Product, Reservation, Variant
from filo.operational.catalogue.policies import PRODUCT_KEPT
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.catalogue.services.findable import keep_findable


def locked_product(principal: Principal, product: Product, *, version: int | None = None) -> Product:
    """The same product with its row locked. Raises `Forbidden`, and `Stale` where it is not that version any more."""
    if not principal.may("product", "edit") or not PRODUCT_KEPT.allows(principal, product):
        raise Forbidden
    locked = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    if version is not None and version != locked.version:
        raise Stale({}, version=locked.version)
    return locked


def write_product(principal: Principal, locked: Product, facts: Mapping[str, Any], *, what: str = "edit") -> list[str]:
    """Write what differs, with audit and event; gives the names of what did."""
    changes = {name: (getattr(locked, name), value) for name, value in facts.items() if getattr(locked, name) != value}
    if not changes:
        return []
    _refuse(locked, changes)
    for name, (_before, value) in changes.items():
        setattr(locked, name, value)
    locked.folded = fold(locked.name)[:260]
    with codes_kept(lambda: {"code": code_taken(locked.code, locked.pk)}):
        touch(locked)
    record(principal, f"product.{what}", kind="product", object_id=locked.pk, changes=changes)
    tell_of(principal, locked.pk, sorted(changes))
    return sorted(changes)


def _refuse(locked: Product, changes: Mapping[str, tuple[Any, Any]]) -> None:
    first = changes["visible_from"][1] if "visible_from" in changes else locked.visible_from
    last = changes["visible_until"][1] if "visible_until" in changes else locked.visible_until
    if first and last and last < first:
        raise InvalidFields({"visible_until": _("It ends before it begins.")})
    if "stocked" in changes and Reservation.objects.filter(variant__product=locked).exists():
        raise InvalidFields({"stocked": _("Some of it is promised to orders: ship or release that first.")})
    if "code" in changes and (sentence := code_taken(changes["code"][1], locked.pk)):
        raise InvalidFields({"code": sentence})


def touch(locked: Product) -> None:
    """Save a locked row as a version of its own."""
    locked.version += 1
    locked.updated_at = clock.now()
    locked.save()


def tell_of(principal: Principal, product_id: UUID, fields: list[str]) -> None:
    """Words for search, the event, and open pages."""
    keep_findable([product_id])
    announce(principal, ProductChanged(product=product_id, fields=fields))
    publish(f"product:{product_id}", "changed", by=principal.page)


def code_taken(code: str, but: UUID | None = None) -> str:
    """The sentence about who has this code of a product, or nothing."""
    rows = Product.objects.filter(code__iexact=code)
    found = (rows.exclude(pk=but) if but else rows).first() if code else None
    return _taken(code, found) if found else ""


def sku_taken(sku: str, but: UUID | None = None) -> str:
    """The sentence about who has this code of a variant, or nothing."""
    rows = Variant.objects.filter(sku_folded=folded_sku(sku)).select_related("product")
    found = (rows.exclude(pk=but) if but else rows).first() if sku else None
    return _taken(sku, found.product) if found else ""


def skus_taken(skus: Collection[str]) -> dict[str, tuple[UUID, str]]:
    """Of many codes those that variants have: by the folded code whose it is, and the sentence; in one query."""
    told = {folded_sku(sku): sku for sku in skus if sku}
    rows = Variant.objects.filter(sku_folded__in=told).select_related("product") if told else Variant.objects.none()
    return {one.sku_folded: (one.pk, _taken(told[one.sku_folded], one.product)) for one in rows}


def _taken(code: str, product: Product) -> str:
    sentence = (
        _("The code %(code)s belongs to “%(name)s”, which lies in the bin: take it out, or choose another.")
        if product.deleted_at
        else _("The code %(code)s belongs to “%(name)s” already.")
    )
    return sentence % {"code": code, "name": product.name}


class codes_kept:  # noqa: N801  (reads as a sentence where it is used)
    """Turns what the database refuses, when two take a code at once, into the usual sentence."""

    def __init__(self, sentences: Callable[[], Mapping[str, str]]) -> None:
        self.sentences = sentences
        self.point = transaction.atomic()

    def __enter__(self) -> None:
        self.point.__enter__()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self.point.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            said = {name: sentence for name, sentence in self.sentences().items() if sentence}
            if said:
                raise InvalidFields(said) from None
