"""How many of what lie where: the back office counts, Filo promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.subjects.base import Field, Ours, Refused, Subject, Values, number_text
from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import Stock, StockPlace, Variant
from filo.operational.catalogue.services.counting import count


class _Stock(Subject):
    """Without a place it is the first one that the firm has."""

    code, label = "stock", _("Stock")
    keys = ("sku", "place")
    listed = MappingProxyType({"sku": "sku", "place": "place", "quantity": "stock"})
    fields = (
        Field("sku", _("SKU"), ("codice", "codice articolo", "articolo", "cod. articolo", "item", "item code", "code")),
        Field("place", _("Place"), ("magazzino", "deposito", "warehouse", "location", "cod. deposito")),
        Field(
            "quantity",
            _("On hand"),
            ("giacenza", "quantità", "quantita", "esistenza", "stock", "qty", "on hand", "qta"),
            "number",
        ),
    )

    def key_of(self, values: Values) -> str:
        """By SKU and place, which may be left out."""
        place = values.get("place", "").strip() or _first_place()
        return super().key_of({**values, "place": place})

    def tidy(self, values: dict[str, str]) -> dict[str, str]:
        """A place by its code, also where it is called by the name that people see."""
        place = values.get("place", "")
        return values | {"place": _code_of(place)} if place else values

    def find(self, principal: Principal, keys: Sequence[str]) -> dict[str, Ours]:
        """Only what was counted once; what never was is new."""
        skus = {key.split(" / ")[0] for key in keys}
        rows = Stock.objects.filter(variant__sku_folded__in=skus).select_related("variant__product", "place")
        found = {_key(row): Ours(f"{row.variant.sku} · {row.place.name}", _values(row)) for row in rows}
        return {key: found[key] for key in keys if key in found}

    def take(self, principal: Principal, key: str, values: Values, ours: Ours | None, as_of: datetime) -> None:
        """As it was counted there; less than what is promised to orders is refused with a sentence."""
        sku, _slash, place = key.partition(" / ")
        quantity = values.get("quantity", "")
        if not quantity:
            raise Refused(_("The row says no quantity."))
        variant = Variant.objects.filter(sku_folded=sku).first()
        if variant is None:
            raise Refused(_("No product has the code %(sku)s.") % {"sku": values.get("sku", sku)})
        found = StockPlace.objects.filter(code=place).first()
        if found is None:
            raise Refused(_("There is no stock place %(place)s.") % {"place": place})
        count(principal, [(variant.pk, found.pk, Decimal(quantity))], reason="back-office", as_of=as_of)

    def all(self, principal: Principal) -> Iterator[tuple[str, Values]]:
        """Every count."""
        rows = Stock.objects.select_related("variant", "place").order_by("pk")
        for row in rows.iterator(2000):
            yield _key(row), _values(row)


def _first_place() -> str:
    return StockPlace.objects.filter(active=True).values_list("code", flat=True).first() or ""


def _code_of(place: str) -> str:
    """Of the one place of this code, else of this name; what is neither stays as it is."""
    for named in ("code", "name"):
        found = list(StockPlace.objects.filter(**{f"{named}__iexact": place}).values_list("code", flat=True)[:2])
        if len(found) == 1:
            return found[0]
    return place


def _key(row: Stock) -> str:
    return f"{row.variant.sku_folded} / {row.place.code}".casefold()


def _values(row: Stock) -> dict[str, str]:
    return {"sku": row.variant.sku, "place": row.place.code, "quantity": number_text(row.on_hand)}


SUBJECT = _Stock()
