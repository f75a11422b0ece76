"""How changes of prices read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show, show_more
from filo.foundation.audit.usual import value_words
from filo.operational.catalogue.models import Product, Variant
from filo.operational.parties.queries.naming import names_of
from filo.operational.prices.models import Coupon, Discount, PriceList

SCOPE: dict[str, Label] = {
    "name": gettext_lazy("Name"),
    "code": gettext_lazy("Code"),
    "active": gettext_lazy("In use"),
    "customer_class": gettext_lazy("Class of customers"),
    "valid_from": gettext_lazy("From day"),
    "valid_to": gettext_lazy("To day"),
    "priority": gettext_lazy("Priority"),
    "currency": gettext_lazy("Currency"),
    "percent": gettext_lazy("Percent off"),
    "min_total": gettext_lazy("From what total on"),
    "party": gettext_lazy("Customer"),
}
LIST = SCOPE | {
    "gross": gettext_lazy("VAT included"),
    "cascade": gettext_lazy("Other discounts may come on top"),
}
DISCOUNT = SCOPE | {
    "category": gettext_lazy("Category"),
    "min_quantity": gettext_lazy("From how many of a line"),
    "alone": gettext_lazy("No other discount comes on top of it"),
}
COUPON = SCOPE | {
    "amount": gettext_lazy("Amount off"),
    "limit": gettext_lazy("How often in all"),
    "once_each": gettext_lazy("Once for each customer"),
    "series": gettext_lazy("Series"),
    "count": gettext_lazy("How many"),
}
RATE: dict[str, Label] = {
    "rates": gettext_lazy("Rates"),
    "day": gettext_lazy("Day"),
    "source": gettext_lazy("Source"),
    "currency": gettext_lazy("Currency"),
    "rate": gettext_lazy("One euro buys"),
    "url": gettext_lazy("Address of the daily rates"),
}
ACTIONS: dict[str, Label] = {
    "price-list.create": pgettext_lazy("a price list", "Made"),
    "price-list.edit": pgettext_lazy("a price list", "Changed"),
    "price-list.prices": pgettext_lazy("a price list", "Prices changed"),
    "discount.create": pgettext_lazy("a discount", "Made"),
    "discount.edit": pgettext_lazy("a discount", "Changed"),
    "coupon.create": pgettext_lazy("a coupon", "Made"),
    "coupon.edit": pgettext_lazy("a coupon", "Changed"),
    "coupon.series": pgettext_lazy("coupons", "A series made"),
    "discount-cap.create": pgettext_lazy("a discount cap", "Made"),
    "discount-cap.edit": pgettext_lazy("a discount cap", "Changed"),
    "discount-cap.remove": pgettext_lazy("a discount cap", "Removed"),
    "exchange-rate.import": pgettext_lazy("exchange rates", "Taken in"),
    "exchange-rate.source": pgettext_lazy("exchange rates", "Source changed"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("price-list", gettext_lazy("Price lists"), LIST, words=_of_lists, actions=ACTIONS, own_fields="v:")
    show("discount", gettext_lazy("Discounts"), DISCOUNT, words=_of_discounts, actions=ACTIONS)
    show("coupon", gettext_lazy("Coupons"), COUPON, words=_of_coupons, actions=ACTIONS)
    caps: dict[str, Label] = {"percent": gettext_lazy("Percent off the list, at most"), "role": gettext_lazy("Role")}
    show("discount-cap", gettext_lazy("Discount caps"), caps, actions=ACTIONS)
    show("exchange-rate", gettext_lazy("Exchange rates"), RATE, actions=ACTIONS)
    said = {"party.price-class": pgettext_lazy("a customer", "Class for prices said")}
    show_more("party", {"class": gettext_lazy("Class of customers")}, said)
    show_more(
        "product", {"plans": gettext_lazy("Plans")}, {"product.plans": pgettext_lazy("a product", "Plans changed")}
    )


def _value(principal: Principal, entries: Sequence[AuditEntry]) -> Any:
    ids = {raw for entry in entries for raw in entry.changes.get("party", []) if raw}
    names = {str(pk): name for pk, name in names_of(principal, ids).items()} if ids else {}

    def value(name: str, raw: Any) -> str | None:
        if name == "party":
            return names.get(str(raw)) if raw else value_words(raw)
        return value_words(raw)

    return value


def _of_lists(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = PriceList.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {one.pk: Thing(one.name, f"/price-lists/{one.pk}") for one in seen}
    words = {word for entry in entries for word in entry.changes if word.count("|") == 2}
    return Telling(_value(principal, entries), things, _labels(words))


def _labels(words: set[str]) -> dict[str, str]:
    """What lines of lists are about, in words."""
    ids = {kind: {word[2:].split("|")[0] for word in words if word.startswith(f"{kind}:")} for kind in "vp"}
    names = {f"v:{pk}": sku for pk, sku in Variant.objects.filter(pk__in=ids["v"]).values_list("pk", "sku")}
    names |= {f"p:{pk}": name for pk, name in Product.objects.filter(pk__in=ids["p"]).values_list("pk", "name")}
    labels = {}
    for word in words:
        about, start, _since = word.split("|")
        label = names.get(about) or (about[2:] if about else _("Everything"))
        labels[word] = label if start == "1" else _("%(label)s from %(start)s") % {"label": label, "start": start}
    return labels


def _of_discounts(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Discount.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    return Telling(_value(principal, entries), {one.pk: Thing(one.name, f"/discounts/{one.pk}") for one in seen})


def _of_coupons(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Coupon.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    return Telling(_value(principal, entries), {one.pk: Thing(one.code, f"/coupons/{one.pk}") for one in seen})
