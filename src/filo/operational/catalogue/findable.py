"""Products among everything that search finds, and their words made anew where the rules changed."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.search.excerpts import excerpt
from filo.foundation.search.filling import Filler, register_filler
from filo.foundation.search.sources import Line, Sought, register_source
from filo.foundation.sizes import rows_about
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.searching import KIND
from filo.operational.catalogue.services.findable import keep_findable

VERSION, MOST_LOOKED_AT = 1, 2_000


def products_with(principal: Principal, sought: Sought, limit: int) -> list[Line]:
    """Those that hold the words, the latest changed first."""
    if not principal.may("product", "view"):
        return []
    hits = sought.ids(KIND, most=MOST_LOOKED_AT)[:MOST_LOOKED_AT]
    if not hits:
        return []
    found = Product.objects.visible_to(principal).filter(pk__in=hits).order_by("-updated_at", "-pk")[:limit]
    return [
        Line(
            KIND,
            one.pk,
            None,
            one.name,
            _("Product"),
            "shopping-bag",
            excerpt(f"{one.code} {one.category}\n{one.description}", sought.stems),
            f"/products/{one.pk}",
            one.updated_at,
        )
        for one in found
    ]


def make_findable(after: UUID | None, number: int) -> list[UUID]:
    """The next products in the order of their ids, locked; gives their ids."""
    rows = Product.objects.order_by("pk").select_for_update(no_key=True)
    found = list((rows.filter(pk__gt=after) if after else rows).values_list("pk", flat=True)[:number])
    keep_findable(found)
    return found


def declare_words() -> None:
    """Called once, when the program starts."""
    register_source(KIND, products_with)
    total = lambda: rows_about(Product) or Product.objects.count()  # noqa: E731
    register_filler(Filler(KIND, VERSION, total=total, fill=make_findable))
