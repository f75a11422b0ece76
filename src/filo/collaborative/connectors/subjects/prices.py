"""What price lists say of codes, from which quantity on: a price, or a percentage off the base price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.subjects.base import Field, Ours, Refused, Subject, Values, number_text
from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import Variant
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.services.lists import RuleRow, write_rules


class _Prices(Subject):
    """A row gives a price or a discount in percent; one that gives neither takes the line off the list."""

    code, label = "prices", _("Prices")
    keys = ("sku", "list", "from")
    fields = (
        Field("sku", _("SKU"), ("codice", "codice articolo", "articolo", "cod. articolo", "item code", "item", "code")),
        Field("list", _("Price list"), ("listino", "codice listino", "price list")),
        Field(
            "from", _("From how many"), ("da quantità", "da qta", "quantità minima", "min qty", "quantity"), "number"
        ),
        Field("price", _("Price"), ("prezzo", "prezzo netto", "unit price"), "number"),
        Field("percent", _("Discount in percent"), ("sconto", "sconto %", "discount"), "number"),
    )

    def key_of(self, values: Values) -> str:
        """Without a quantity it is from the first piece on."""
        return super().key_of({**values, "from": values.get("from", "") or "1"})

    def find(self, principal: Principal, keys: Sequence[str]) -> dict[str, Ours]:
        """The lines that the lists have."""
        skus = {key.split(" / ")[0] for key in keys}
        rows = PriceRule.objects.filter(variant__sku_folded__in=skus, valid_from=None).exclude(means="markup")
        found = {_key(row): row for row in rows.select_related("variant", "list")}
        return {
            key: Ours(f"{one.variant} · {one.list.name}", _values(one)) for key, one in found.items() if key in keys
        }

    def take(self, principal: Principal, key: str, values: Values, ours: Ours | None, as_of: datetime) -> None:
        """In place of what the list said of the same from the same quantity on."""
        sku, code, least = key.split(" / ")
        variant = Variant.objects.filter(sku_folded=sku).first()
        if variant is None:
            raise Refused(_("No product has the code %(sku)s.") % {"sku": values.get("sku", sku)})
        found = PriceList.objects.filter(code__iexact=code).first()
        if found is None:
            raise Refused(_("There is no price list %(code)s.") % {"code": code})
        told = {**(ours.values if ours else {}), **values}
        if values.get("price") and values.get("percent") and not ours:
            raise Refused(_("The row gives a price and a discount: which one holds?"))
        means = "percent" if values.get("percent") or (told.get("percent") and not values.get("price")) else "price"
        value = told.get("percent" if means == "percent" else "price") or ""
        row = RuleRow(Decimal(value) if value else None, Decimal(least), means, variant_id=variant.pk)
        write_rules(principal, found, [row])

    def all(self, principal: Principal) -> Iterator[tuple[str, Values]]:
        """Every line about a code."""
        rows = PriceRule.objects.exclude(variant=None).exclude(means="markup").filter(valid_from=None)
        for row in rows.select_related("variant", "list").order_by("pk").iterator(2000):
            yield _key(row), _values(row)


def _key(row: PriceRule) -> str:
    return f"{_sku(row).casefold()} / {row.list.code} / {number_text(row.min_quantity)}".casefold()


def _sku(row: PriceRule) -> str:
    return row.variant.sku if row.variant else ""


def _values(row: PriceRule) -> dict[str, str]:
    return {
        "sku": _sku(row),
        "list": row.list.code,
        "from": number_text(row.min_quantity),
        "price": number_text(row.value) if row.means == "price" else "",
        "percent": number_text(row.value) if row.means == "percent" else "",
    }


SUBJECT = _Prices()
