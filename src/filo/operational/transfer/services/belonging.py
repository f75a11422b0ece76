"""What new parties of an import are to us, as far as whoever brings them in may give."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.parties.services.arrivals import RelationshipSpec, default_relationship
from filo.operational.parties.services.relationships import check_line
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.thing_fields import PRODUCTS


@dataclass(frozen=True)
class Defaults:
    """What new parties of an import are to us."""

    company: SellingCompany | None = None
    product_line: ProductLine | None = None
    area: Area | None = None
    channel: Channel | None = None
    owner: User | None = None


def first_defaults(principal: Principal) -> Defaults:
    """The first company one works in, if there is one."""
    try:
        return Defaults(company=default_relationship(principal).company)
    except InvalidFields:
        return Defaults()


def set_defaults(batch: ImportBatch, found: Defaults) -> None:
    """Note what new parties are to us."""
    batch.company, batch.product_line, batch.area = found.company, found.product_line, found.area
    batch.channel, batch.owner = found.channel, found.owner


def spec_for(principal: Principal, batch: ImportBatch) -> RelationshipSpec | None:
    """The same, where the rows of the file bring customers; None for products. Raises `InvalidFields`."""
    return None if batch.kind == PRODUCTS else relationship_of(principal, batch)


def relationship_of(principal: Principal, batch: ImportBatch) -> RelationshipSpec:
    """What new parties are to us. Raises `InvalidFields` when they would be out of one's own reach."""
    if batch.company is None:
        raise InvalidFields({"company": _("Choose the company that they are to be customers of.")})
    unit: Unit | None = batch.area.default_unit if batch.area else None
    scope = principal.scope("party", "create")
    if scope in (Scope.TEAM, Scope.UNIT):
        unit = unit or (Unit.objects.filter(pk=principal.unit_id).first() if principal.unit_id else None)
        if unit is None or (unit.pk != principal.unit_id and unit.pk not in principal.unit_ids):
            raise InvalidFields({"area": _("This area belongs to another unit than yours.")})
    spec = RelationshipSpec(
        company=batch.company,
        product_line=batch.product_line,
        area=batch.area,
        channel=batch.channel,
        owner_id=batch.owner_id,
        unit=unit,
    )
    check_line(spec)
    return spec
