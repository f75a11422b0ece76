"""What is one of some: classes of VAT, units, conditions, places, lines, companies; and what is none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.folding import fold
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.operational.catalogue.models import CONDITIONS, STATUSES, UNITS, StockPlace, VatClass
from filo.operational.transfer.products.words import CONDITIONS_BY_WORD, STATUSES_BY_WORD, UNITS_IN_SHORT

# A rate by itself; "Esente art. 10" is none of ten percent.
_RATE = re.compile(r"(?:iva|aliquota|vat|al\.?)?\s*(?:al)?\s*(\d+(?:[.,]\d+)?)\s*%?", re.IGNORECASE)
_USUAL = frozenset(("parent", "standard", "taxable", "taxable goods", "default", "default tax class", "ordinaria"))


def vat_of(text: str) -> VatClass | None:
    """The class with this code, this name or this rate."""
    found = VatClass.objects.filter(code__iexact=text).first() or VatClass.objects.filter(name__iexact=text).first()
    if found is None and (said := _RATE.fullmatch(text.strip())):
        rate = Decimal(said[1].replace(",", "."))
        rate = rate * 100 if 0 < rate < 1 else rate
        found = VatClass.objects.filter(rate=rate, nature="").first() if rate else None
    return found


def usual_vat() -> VatClass | None:
    """The one that products get where nothing else is said."""
    return VatClass.objects.filter(active=True).first()


def unit_of(text: str) -> str | None:
    """The code of a unit of measure."""
    return _choice(text, UNITS) or UNITS_IN_SHORT.get(fold(text))


def condition_of(text: str) -> str | None:
    """New or not."""
    return _choice(text, CONDITIONS) or CONDITIONS_BY_WORD.get(fold(text))


def status_of(text: str) -> str | None:
    """Draft, active or retired."""
    return _choice(text, STATUSES) or STATUSES_BY_WORD.get(fold(text))


def named(model: Any, text: str) -> Any:
    """The row with this code or this name."""
    return model.objects.filter(code__iexact=text).first() or model.objects.filter(name__iexact=text).first()


def _choice(text: str, choices: Any) -> str | None:
    wanted = fold(text)
    return next((code for code, label in choices if wanted and wanted in (fold(code), fold(str(label)))), None)


class Strangers:
    """What a file names and nobody knows here: told beside the row that names it first."""

    def __init__(self) -> None:
        self.told: set[tuple[str, str]] = set()

    def told_of(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """(field, sentence) for each that this row names first."""
        for field, tell in _TELLING.items():
            text = cells.get(field, "")
            if text not in ("", "0") and (field, text) not in self.told:
                self.told.add((field, text))
                if sentence := tell(text):
                    yield field, sentence


def _of_vat(text: str) -> str:
    usual = usual_vat()
    if fold(text) in _USUAL or usual is None or vat_of(text) is not None:
        return ""
    sentence = _("“%(text)s” is no VAT class that is known here: new products have “%(usual)s”.")
    return sentence % {"text": text[:60], "usual": usual.name}


def _of_unit(text: str) -> str:
    if unit_of(text) is not None:
        return ""
    sentence = _("“%(text)s” is no unit of measure that is known here: new products are counted by the piece.")
    return sentence % {"text": text[:60]}


def _of_place(text: str) -> str:
    if named(StockPlace, text) is not None:
        return ""
    return _("There is no stock place “%(text)s”: the pieces are counted in the first one.") % {"text": text[:60]}


def _of_line(text: str) -> str:
    if named(ProductLine, text) is not None:
        return ""
    return _("There is no product line “%(text)s”: none is noted.") % {"text": text[:60]}


def _of_company(text: str) -> str:
    if named(SellingCompany, text) is not None:
        return ""
    return _("There is no selling company “%(text)s”: the products belong to all of them.") % {"text": text[:60]}


_TELLING: Mapping[str, Callable[[str], str]] = {
    "vat": _of_vat,
    "unit": _of_unit,
    "place": _of_place,
    "line": _of_line,
    "company": _of_company,
}
