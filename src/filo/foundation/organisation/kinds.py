"""The four dimensions by which a firm divides its customers, each with its words for the settings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.models import Area, Channel, Named, ProductLine, SellingCompany


@dataclass(frozen=True)
class Kind:
    """One dimension: `code` names it in addresses, audit and events; `fields` are those besides the common."""

    code: str
    model: type[Named]
    icon: str
    title: str | Promise
    new: str | Promise
    hint: str | Promise
    place: int
    fields: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"/settings/{self.code}"


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "companies",
            SellingCompany,
            "building-2",
            _("Companies"),
            _("New company"),
            _("The companies of the group that sell"),
            35,
            ("legal_name", "vat_number"),
        ),
        Kind("areas", Area, "map-pin", _("Areas"), _("New area"), _("The territories customers belong to"), 40),
        Kind(
            "channels",
            Channel,
            "route",
            _("Channels"),
            _("New channel"),
            _("The ways of selling: agents, shops, web"),
            45,
        ),
        Kind(
            "product-lines",
            ProductLine,
            "tag",
            _("Product lines"),
            _("New product line"),
            _("The lines of each company"),
            50,
            ("company",),
        ),
    )
}
