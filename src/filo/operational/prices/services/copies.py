"""A price list is copied."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.ids import uuid7
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.services.lists import HUNDRED, raised, save_list


def copy_list(principal: Principal, found: PriceList, *, name: str, percent: Decimal = Decimal(0)) -> PriceList:
    """The same list once more under another name, out of use, each price raised (or lowered) by some percent and
    rounded to the cent. Raises `Forbidden`, `InvalidFields`.
    """
    if not -HUNDRED < percent <= HUNDRED * 10:
        raise InvalidFields({"percent": _("Say a percentage between -99 and 1000.")})
    names = ("company_id", "channel_id", "area_id", "customer_class", "party_id", "valid_from", "valid_to", "priority")
    facts = {one: getattr(found, one) for one in (*names, "currency", "gross", "cascade")}
    with transaction.atomic():
        copy = save_list(principal, None, {"name": name, "active": False, **facts})
        batch = []
        for rule in PriceRule.objects.filter(list=found).iterator(chunk_size=2000):
            rule.pk, rule.list = uuid7(), copy
            rule._state.adding = True
            if rule.means == "price" and percent:
                rule.value = raised(rule.value, percent)
            batch.append(rule)
            if len(batch) == 2000:
                PriceRule.objects.bulk_create(batch)
                batch = []
        PriceRule.objects.bulk_create(batch)
    return copy
