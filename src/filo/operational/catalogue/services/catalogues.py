"""Catalogues are put together and opened to whom they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import BadRequest, Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.filters.asking import TREE, tree_of
from filo.foundation.filters.fields import FilterSet
from filo.foundation.filters.tree import compile_tree
from filo.foundation.folding import clean_line, clean_text
from filo.operational.catalogue.events import CatalogueChanged
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Catalogue, CatalogueGuest, CatalogueItem, Product
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.models import Party

FACTS = ("name", "description", "company_id", "chosen_by", "everybody", "for_whom", "valid_from", "valid_to")
MOST_ITEMS = 5_000
NOT_KEPT = ("sort", "cursor", "columns", "view", "limit", "at", "typing")


def filter_of_address(text: str, fields: FilterSet, principal: Principal) -> dict[str, str]:
    """The filter in the address of a list that somebody copied: all of it, or what stands behind the question mark.

    Raises `BadRequest` for one that names what there is not.
    """
    text = text.strip()
    query = urlsplit(text).query if "?" in text or "://" in text else text
    asked = parse_qs(query, keep_blank_values=True)
    kept = {name: values for name, values in asked.items() if name not in NOT_KEPT}
    for name in kept:
        if name not in fields.fields and name not in (TREE, "q"):  # else a slip of the pen would mean all there are
            raise BadRequest(_("There is no field “%(name)s” to filter by.") % {"name": name[:60]}, code="bad-filter")
    compile_tree(tree_of(MultiValueDict(kept), fields, principal), fields, principal)
    found = urlencode(kept, doseq=True)
    return {"query": found} if found else {}


def save_catalogue(
    principal: Principal, found: Catalogue | None, facts: Mapping[str, Any], *, version: int | None = None
) -> Catalogue:
    """Make one or change it; a new one is not published yet. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("product", "edit")
    clean = _clean(principal, facts if found else {"name": "", **facts})
    with transaction.atomic():
        row = locked_catalogue(found, version) if found else _new(clean["name"])
        changes = {name: (getattr(row, name), value) for name, value in clean.items() if getattr(row, name) != value}
        if not changes:
            return row
        for name, value in clean.items():
            setattr(row, name, value)
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            raise InvalidFields({"valid_to": _("It ends before it begins.")})
        row.version += 1 if found else 0
        row.save()
        tell_of_catalogue(principal, row, "edit" if found else "create", changes)
    return row


def locked_catalogue(found: Catalogue, version: int | None = None) -> Catalogue:
    """The same with its row locked. Raises `Stale` where it is not that version any more."""
    row = Catalogue.objects.select_for_update().get(pk=found.pk)
    if version is not None and version != row.version:
        raise Stale({}, version=row.version)
    return row


def _clean(principal: Principal, facts: Mapping[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    problems: dict[str, Any] = {}
    for name, value in facts.items():
        if name in ("chosen_by", "for_whom"):
            fields = PRODUCT_FILTERS if name == "chosen_by" else PARTY_FILTERS
            try:
                clean[name] = value if isinstance(value, dict) else filter_of_address(str(value), fields, principal)
            except BadRequest as error:
                problems[name] = str(error)
        elif name == "name":
            clean[name] = clean_line(value, max_length=120)
            if not clean[name]:
                problems[name] = _("Give the catalogue a name.")
        elif name in FACTS:
            clean[name] = clean_text(value, max_length=10_000) if name == "description" else value
    if problems:
        raise InvalidFields(problems)
    company = clean.get("company_id")
    if company and principal.company_ids is not None and company not in principal.company_ids:
        raise Forbidden
    return clean


def _new(name: str) -> Catalogue:
    stem = slugify(name)[:50] or "catalogue"
    taken = set(Catalogue.objects.filter(code__startswith=stem).values_list("code", flat=True))
    code = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if one not in taken)
    return Catalogue(code=code, created_at=clock.now())


def put_into(principal: Principal, catalogue: Catalogue, products: Sequence[Product]) -> int:
    """Products by hand, at the end; those that are there already stay. Gives how many came in. Raises `Forbidden`."""
    principal.require("product", "edit")
    with transaction.atomic():
        row = Catalogue.objects.select_for_update().get(pk=catalogue.pk)
        rows = CatalogueItem.objects.filter(catalogue=row)
        there = set(rows.values_list("product", flat=True))
        new = [one for one in products if one.pk not in there]
        if len(there) + len(new) > MOST_ITEMS:
            raise InvalidFields({"product": _("A catalogue has %(most)s products at most.") % {"most": MOST_ITEMS}})
        last = rows.aggregate(last=Max("position"))["last"] or 0
        CatalogueItem.objects.bulk_create(
            CatalogueItem(catalogue=row, product=one, position=last + place) for place, one in enumerate(new, 1)
        )
        for one in new:
            tell_of_catalogue(principal, row, "put", {"product": (None, one.name)})
    return len(new)


def take_out(principal: Principal, catalogue: Catalogue, product_id: UUID) -> None:
    """Out of it again. Raises `Forbidden`."""
    principal.require("product", "edit")
    with transaction.atomic():
        item = CatalogueItem.objects.filter(catalogue=catalogue, product=product_id).select_related("product").first()
        if item is None:
            return
        CatalogueItem.objects.filter(pk=item.pk).delete()
        tell_of_catalogue(principal, catalogue, "take", {"product": (item.product.name, None)})


def invite(principal: Principal, catalogue: Catalogue, party: Party) -> None:
    """Open it to a customer by name; twice changes nothing. Raises `Forbidden`."""
    principal.require("product", "edit")
    with transaction.atomic():
        _row, is_new = CatalogueGuest.objects.get_or_create(catalogue=catalogue, party=party)
        if is_new:
            tell_of_catalogue(principal, catalogue, "invite", {"guest": (None, str(party.pk))})


def uninvite(principal: Principal, catalogue: Catalogue, party: Party) -> None:
    """No longer. Raises `Forbidden`."""
    principal.require("product", "edit")
    with transaction.atomic():
        gone, _rows = CatalogueGuest.objects.filter(catalogue=catalogue, party=party).delete()
        if gone:
            tell_of_catalogue(principal, catalogue, "uninvite", {"guest": (str(party.pk), None)})


def tell_of_catalogue(principal: Principal, row: Catalogue, what: str, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """The audit, and whoever listens, hear of it."""
    record(principal, f"catalogue.{what}", kind="catalogue", object_id=row.pk, changes=changes)
    announce(principal, CatalogueChanged(catalogue=row.pk))
