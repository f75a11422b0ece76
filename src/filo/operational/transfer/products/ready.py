"""A new firm has neither classes of VAT nor a place for its stock: its first products bring them along."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import StockPlace, VatClass
from filo.operational.catalogue.services.settings import make_ready_vat, save_place


def make_ready(principal: Principal) -> None:
    """The classes of Italian law, and one stock place, if there are none at all and this principal may set them up."""
    if not principal.may("settings", "edit"):
        return
    if not VatClass.objects.exists():
        make_ready_vat(principal)
    if not StockPlace.objects.exists():
        save_place(principal, None, {"code": "MAG", "name": _("Warehouse")})
