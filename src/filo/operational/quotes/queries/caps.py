"""How much a seller may take off by himself, and which lines go beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import Variant
from filo.operational.prices.models import DiscountCap
from filo.operational.quotes.models import Quote, QuoteLine
from filo.operational.quotes.queries.sums import off_of


@dataclass(frozen=True, slots=True)
class Beyond:
    """A line that goes beyond what its seller may give: `off` percent below what the engine says, `cap` allowed."""

    line: QuoteLine
    off: Decimal
    cap: Decimal


class Caps:
    """What a role may give in a company, by product line; a role without any cap gives what it likes."""

    def __init__(self, role: str, company_id: UUID) -> None:
        rows = DiscountCap.objects.filter(Q(company=None) | Q(company=company_id), role=role)
        # What says more counts: a cap of a company and a line, of a line, of a company, of all.
        self._rows = sorted(rows, key=lambda row: (row.company_id is None, row.line_id is None))

    def of(self, line_id: UUID | None) -> Decimal | None:
        """The cap for a product line; None: without end."""
        fit = [row for row in self._rows if row.line_id in (None, line_id)]
        fit.sort(key=lambda row: (row.line_id is None, row.company_id is None))
        return fit[0].percent if fit else None


def caps_of(principal: Principal, company_id: UUID) -> Caps | None:
    """The caps of whoever asks; None for parts of the system, which have none."""
    return None if principal.kind == "system" else Caps(principal.role, company_id)


def beyond_caps(principal: Principal, quote: Quote, lines: Sequence[QuoteLine]) -> list[Beyond]:
    """The lines that this principal may not offer without asking."""
    caps = caps_of(principal, quote.company_id)
    below = [(line, off_of(line)) for line in lines]
    below = [(line, off) for line, off in below if off > 0]
    if caps is None or not below:
        return []
    ids = [line.variant_id for line, _off in below if line.variant_id]
    product_lines = dict(Variant.objects.filter(pk__in=ids).values_list("pk", "product__line"))
    found = []
    for line, off in below:
        cap = caps.of(product_lines.get(line.variant_id) if line.variant_id else None)
        if cap is not None and off > cap:
            found.append(Beyond(line, off, cap))
    return found
