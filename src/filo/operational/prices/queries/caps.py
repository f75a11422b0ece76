"""How much off the list a role may give by itself, and which lines go beyond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.catalogue.models import Variant
from filo.operational.prices.models import DiscountCap
from filo.operational.prices.sums import left_of, read_discounts

HUNDRED = Decimal(100)


def seen_cap(cap_id: UUID) -> DiscountCap:
    """A cap, for who may see the settings. Raises `NotFound`."""
    found = DiscountCap.objects.select_related("company", "line").filter(pk=cap_id).first()
    if found is None:
        raise NotFound
    return found


class Offered(Protocol):
    """What is asked of a line of a quote or an order."""

    @property
    def variant_id(self) -> UUID | None: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def discounts(self) -> str: ...


Line = TypeVar("Line", bound=Offered)


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps of a role, by company and product line."""

    known: Mapping[tuple[UUID | None, UUID | None], Decimal]

    def of(self, company_id: UUID | None, line_id: UUID | None) -> Decimal | None:
        """The most special that is said: of both, of the line, of the company, of the role; None: no cap at all."""
        keys = ((company_id, line_id), (None, line_id), (company_id, None), (None, None))
        return next((self.known[key] for key in keys if key in self.known), None)


def caps_of(principal: Principal) -> Caps:
    """All caps of a principal's role; a part of the system has none."""
    if principal.kind == "system" or not principal.role:
        return Caps({})
    rows = DiscountCap.objects.filter(role=principal.role).values_list("company_id", "line_id", "percent")
    return Caps({(company, line): percent for company, line, percent in rows})


def cap_of(principal: Principal, company_id: UUID | None, line_id: UUID | None = None) -> Decimal | None:
    """How many percent off the list this principal may give without asking; None: as many as he likes."""
    return caps_of(principal).of(company_id, line_id)


@dataclass(frozen=True, slots=True)
class Beyond:
    """A line (its place among those asked about) that goes further than its cap."""

    place: int
    percent: Decimal
    cap: Decimal


def beyond_cap(
    principal: Principal,
    lines: Sequence[Line],
    *,
    company_id: UUID | None,
    list_prices: Mapping[UUID, Decimal],
) -> list[Beyond]:
    """The lines that are further below the list than this principal may go alone. list_prices: by variant, what one
    unit costs by the lists before discounts, told as the lines tell it (`list_prices_of`); lines that were typed
    freely have no list to go below of.
    """
    caps = caps_of(principal)
    if not caps.known:
        return []
    ids = {one.variant_id for one in lines if one.variant_id is not None}
    of_line = dict(Variant.objects.filter(pk__in=ids).values_list("pk", "product__line_id"))
    found = []
    for place, one in enumerate(lines):
        listed = list_prices.get(one.variant_id) if one.variant_id is not None else None
        if not listed or one.variant_id is None:
            continue
        asked = one.unit_price * left_of(read_discounts(one.discounts))
        percent = (listed - asked) * HUNDRED / listed
        cap = caps.of(company_id, of_line.get(one.variant_id))
        if cap is not None and percent > cap:
            found.append(Beyond(place, percent.quantize(Decimal("0.01")), cap))
    return found
