"""Why two cards may be one customer, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELDS: dict[str, Any] = {
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "names": _("Given name and family name"),
    "name": _("Name"),
    "legal_form": _("Legal form"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "domain": _("Internet domain"),
    "vat_number": _("VAT number"),
    "codice_fiscale": _("Codice fiscale"),
    "birth_date": _("Date of birth"),
    "address": _("Address"),
    "kind": _("Kind"),
}
LEVELS: dict[str, Any] = {
    "exact": pgettext_lazy("two values", "the same"),
    "words": pgettext_lazy("two values", "the same words in another order"),
    "nickname": pgettext_lazy("two values", "a short form of the other"),
    "swapped": pgettext_lazy("two values", "given and family name swapped"),
    "near": pgettext_lazy("two values", "nearly the same"),
    "typo": pgettext_lazy("two values", "one typing error apart"),
    "most": pgettext_lazy("two values", "most words the same"),
    "part": pgettext_lazy("two values", "one is part of the other"),
    "within": pgettext_lazy("two values", "all the words of one are in the other"),
    "mobile": pgettext_lazy("two values", "the same mobile"),
    "local": pgettext_lazy("two values", "the same before the @"),
    "range": pgettext_lazy("two values", "of the same switchboard"),
    "door": pgettext_lazy("two values", "the same street and number"),
    "street": pgettext_lazy("two values", "the same street"),
    "number": pgettext_lazy("two values", "the same street, another number"),
    "town": pgettext_lazy("two values", "the same town"),
    "elsewhere": pgettext_lazy("two values", "the same street and number, another town"),
    "initial": pgettext_lazy("two values", "the same initial"),
    "acronym": pgettext_lazy("two values", "the initials of the other"),
    "placeholder": pgettext_lazy("two values", "the same, but often written for “unknown”"),
    "similar": pgettext_lazy("two values", "somewhat similar"),
    "little": pgettext_lazy("two values", "a few words the same"),
    "gender": pgettext_lazy("two values", "of the other gender"),
    "different": pgettext_lazy("two values", "different"),
}
# So many bits tell much.
MUCH = 4.0


@dataclass(frozen=True)
class Why:
    """One reason in words; `speaks` is how it weighs: much, for, against or little."""

    field: str
    level: str
    speaks: str
    bits: float


def reasons_in_words(reasons: Iterable[Any], *, hidden: Iterable[str] = ()) -> list[Why]:
    """What speaks loudest first; what one may not see is not told."""
    masked = set(hidden)
    told = [
        Why(str(FIELDS.get(field, field)), str(LEVELS.get(level, level)), _speaks(bits), bits)
        for field, level, bits in reasons
        if field not in masked
    ]
    return sorted(told, key=lambda why: -abs(why.bits))


def _speaks(bits: float) -> str:
    if bits < -1:
        return "against"
    return "much" if bits >= MUCH else "for" if bits >= 1 else "little"
