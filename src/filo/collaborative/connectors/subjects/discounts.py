"""Discounts in percent: what is taken off for whom, of what, from when to when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from filo.collaborative.connectors.subjects.base import Field, Ours, Refused, Subject, Values, number_text
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import SellingCompany
from filo.operational.catalogue.models import Product
from filo.operational.prices.models import Discount
from filo.operational.prices.services.discounts import save_discount
from filo.operational.transfer.figures import day

DAYS = {"from": "valid_from", "to": "valid_to"}


class _Discounts(Subject):
    """A row names a discount by its code; one that is switched off is kept, and holds no more."""

    code, label = "discounts", _("Discounts")
    keys = ("code",)
    usual = False
    fields = (
        Field("code", _("Code"), ("codice", "codice sconto", "discount code")),
        Field("name", _("Name"), ("nome", "descrizione", "description")),
        Field("percent", _("Percent off"), ("sconto", "sconto %", "percentuale", "discount"), "number"),
        Field("company", _("Company"), ("azienda", "ditta", "società")),
        Field("class", _("Class of customers"), ("classe", "classe cliente", "categoria cliente", "customer class")),
        Field("product", _("Product"), ("prodotto", "codice prodotto", "modello")),
        Field("category", _("Category"), ("categoria", "categoria prodotto")),
        Field("min quantity", _("From how many of a line"), ("da quantità", "quantità minima", "min qty"), "number"),
        Field("from", _("From day"), ("dal", "valido dal", "inizio", "valid from")),
        Field("to", _("To day"), ("al", "valido al", "fine", "valid to")),
        Field("active", _("In use"), ("attivo", "in uso"), "yes-no"),
    )

    def tidy(self, values: dict[str, str]) -> dict[str, str]:
        """Days as 2026-11-30."""
        for name in DAYS:
            if said := values.get(name, ""):
                found = day(said)
                if found is None:
                    raise Refused(_("“%(text)s” is not a day.") % {"text": said})
                values[name] = found.isoformat()
        return values

    def find(self, principal: Principal, keys: Sequence[str]) -> dict[str, Ours]:
        """Those of these codes."""
        found = Discount.objects.filter(code__in=keys).select_related("company", "product")
        return {one.code.casefold(): Ours(one.name, _values(one)) for one in found}

    def take(self, principal: Principal, key: str, values: Values, ours: Ours | None, as_of: datetime) -> None:
        """What is not named stays; a new one needs a percentage, and is called by its code where it has no name."""
        found = Discount.objects.filter(code=key).first()
        if found is None and not values.get("percent"):
            raise Refused(_("A new discount needs a percentage."))
        facts = {name: value for told, said in values.items() for name, value in _fact(told, said)}
        if found is None:
            facts = {"code": key, "name": values.get("code", key), **facts}
        save_discount(principal, found, facts)

    def all(self, principal: Principal) -> Iterator[tuple[str, Values]]:
        """Every discount but those for one customer, which are an agreement with him."""
        rows = Discount.objects.filter(party=None).select_related("company", "product")
        for row in rows.order_by("pk").iterator(500):
            yield row.code.casefold(), _values(row)


def _fact(name: str, said: str) -> Iterator[tuple[str, Any]]:
    """What a field of a row is among the facts of a discount; nothing for its code. Raises `Refused`."""
    if name in DAYS:
        yield DAYS[name], date.fromisoformat(said) if said else None
    elif name == "name" and said:
        yield "name", said[:120]
    elif name == "class":
        yield "customer_class", said[:40].casefold()
    elif name == "category":
        yield "category", said[:120]
    elif name == "percent" and said:
        yield "percent", Decimal(said)
    elif name == "min quantity":
        yield "min_quantity", Decimal(said or "1")
    elif name == "active" and said:
        yield "active", said == "yes"
    elif name == "company":
        yield "company", _named(SellingCompany, said, _("There is no company with the code %(code)s."))
    elif name == "product":
        yield "product", _named(Product, said, _("No product has the code %(code)s."))


def _named(model: Any, code: str, sentence: Any) -> Any:
    if not code:
        return None
    found = model.objects.filter(code__iexact=code).first()
    if found is None:
        raise Refused(sentence % {"code": code})
    return found


def _values(row: Discount) -> dict[str, str]:
    return {
        "code": row.code,
        "name": row.name,
        "percent": number_text(row.percent),
        "company": row.company.code if row.company else "",
        "class": row.customer_class,
        "product": row.product.code if row.product else "",
        "category": row.category,
        "min quantity": number_text(row.min_quantity),
        "from": row.valid_from.isoformat() if row.valid_from else "",
        "to": row.valid_to.isoformat() if row.valid_to else "",
        "active": "yes" if row.active else "no",
    }


SUBJECT = _Discounts()
