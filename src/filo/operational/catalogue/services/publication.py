"""Catalogues are published and withdrawn, and their links made anew."""

from __future__ import annotations

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.catalogue.models import Catalogue
from filo.operational.catalogue.services.catalogues import locked_catalogue, tell_of_catalogue


def publish_catalogue(
    principal: Principal, catalogue: Catalogue, *, published: bool = True, version: int | None = None
) -> Catalogue:
    """Open it to those it is for, or withdraw it; twice changes nothing. Raises `Forbidden`, `Stale`."""
    principal.require("product", "edit")
    with transaction.atomic():
        row = locked_catalogue(catalogue, version)
        if row.published == published:
            return row
        row.published = published
        row.version += 1
        row.save()
        tell_of_catalogue(principal, row, "edit", {"published": (not published, published)})
    return row


def new_link(principal: Principal, catalogue: Catalogue, *, version: int | None = None) -> Catalogue:
    """A new signed link; whoever has the old one sees nothing by it any more. Raises `Forbidden`, `Stale`."""
    principal.require("product", "edit")
    with transaction.atomic():
        row = locked_catalogue(catalogue, version)
        row.key = uuid7()
        row.version += 1
        row.save()
        tell_of_catalogue(principal, row, "new-link", {})
    return row
