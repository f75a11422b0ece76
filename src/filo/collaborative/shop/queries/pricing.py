"""What things cost a buyer in the shop, by the one engine; what cannot be priced is not sold."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from filo.collaborative.shop.models import Shop
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import Variant
from filo.operational.parties.models import Party
from filo.operational.prices.asking import Priced, Situation, Wanted
from filo.operational.prices.exchange import NoRate
from filo.operational.prices.queries.engine import price
from filo.operational.prices.queries.situations import situation_of


def situation_in(shop: Shop, party: Party | None, language: str, coupons: Sequence[str] = ()) -> Situation:
    """Who buys, where: prices in the shop hold VAT (Codice del Consumo, D.Lgs. 206/2005, article 14)."""
    return situation_of(
        party.pk if party else None,
        shop.company_id,
        gross=True,
        language=language,
        coupons=tuple(coupons),
        channel_id=shop.channel_id,
    )


def priced(situation: Situation, wanted: Sequence[Wanted]) -> tuple[Priced | None, set[UUID]]:
    """What a basket costs, and the variants that have no price or are no longer sold; those are left out of it.

    None: nothing is left to be priced. What costs money for which there is no rate has no price. Raises `NoRate` where
    a rate is lacking for anything else.
    """
    left, gone = list(wanted), set[UUID]()
    while left:
        try:
            return price(situation, left), gone
        except InvalidFields as error:
            places = {int(name.partition(".")[2]) for name in error.fields if name.startswith("lines.")}
            if not places:
                raise
            gone |= {left[place].variant_id for place in places}
        except NoRate as lacking:
            ids = [one.variant_id for one in left]
            without = set(Variant.objects.filter(pk__in=ids, currency=lacking.currency).values_list("pk", flat=True))
            if not without:
                raise
            gone |= without
        left = [one for one in left if one.variant_id not in gone]
    return None, gone
