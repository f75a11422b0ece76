"""What a buyer says at the checkout, made clean for page, chat and co-browsing alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.italy.company_names import split_legal_form
from filo.operational.parties.drafts import clean_party
from filo.operational.transfer.cells import names_in
from filo.operational.transfer.countries import country_code

LIMITS = {"name": 120, "email": 320, "phone": 40, "street": 200, "postal_code": 16, "city": 120, "province": 60}
NEEDED = {
    "name": gettext_lazy("Write first and last name, or the name of the firm."),
    "email": gettext_lazy("Write the e-mail address that the confirmation goes to."),
    "street": gettext_lazy("Write street and number."),
    "postal_code": gettext_lazy("Write the postal code."),
    "city": gettext_lazy("Write the town."),
}


@dataclass(frozen=True)
class CheckoutFacts:
    """Who buys, where it goes, how it travels and how it is paid. Prices are none of it: they are asked for.

    pay: card, transfer, or agreed where the firm has neither. key: of this one purchase: said twice it makes one order.
    seen: the total with its way of shipping that he was shown, so that nobody pays another unknowingly (None: any).
    """

    name: str
    email: str
    street: str
    postal_code: str
    city: str
    key: UUID
    pay: str
    terms: bool
    shipping_id: UUID | None = None
    phone: str = ""
    province: str = ""
    country: str = "IT"
    notes: str = ""
    language: str = "it"
    seen: Decimal | None = None

    @property
    def address_lines(self) -> list[str]:
        """As it stands on the parcel."""
        town = f"{self.postal_code} {self.city}" + (f" ({self.province})" if self.province else "")
        lines = [self.name, self.street, town.strip()]
        return [*lines, self.country] if self.country not in ("", "IT") else lines


def clean_checkout(facts: CheckoutFacts) -> CheckoutFacts:
    """The same, clean. Raises `InvalidFields` by the names of the fields."""
    texts: dict[str, Any] = {
        name: clean_line(str(getattr(facts, name)), max_length=most) for name, most in LIMITS.items()
    }
    language = "en" if facts.language.startswith("en") else "it"
    clean = replace(
        facts,
        **texts,
        country=country_code(facts.country) or "" if facts.country.strip() else "IT",
        notes=clean_text(facts.notes, max_length=2_000),
        language=language,
    )
    problems: dict[str, Sentence | list[Sentence]] = {
        name: sentence for name, sentence in NEEDED.items() if not getattr(clean, name)
    }
    if not clean.country:
        problems["country"] = _("Choose the country.")
    if not clean.terms:
        problems["terms"] = _("To order, agree to the terms of sale.")
    try:
        draft = clean_party(party_facts(clean))
        if draft.addresses:
            clean = replace(clean, province=draft.addresses[0].province, postal_code=draft.addresses[0].postal_code)
    except InvalidFields as error:
        for name, sentences in error.fields.items():
            problems.setdefault(_field_of(name), list(sentences))
    if problems:
        raise InvalidFields(problems)
    return clean


def party_facts(clean: CheckoutFacts) -> dict[str, Any]:
    """A new customer of what he said; without the address of his mail there would be nobody to know again."""
    points: Sequence[Mapping[str, str]] = [{"type": "email", "value": clean.email}] if clean.email else []
    if clean.phone:
        points = [*points, {"type": "mobile" if _is_mobile(clean.phone) else "phone", "value": clean.phone}]
    place = {name: getattr(clean, name) for name in ("street", "postal_code", "city", "province", "country")}
    shared: dict[str, Any] = {"contact_points": points, "addresses": [place], "language": clean.language}
    if split_legal_form(clean.name)[1]:
        return {"kind": "organisation", "legal_name": clean.name} | shared
    title, given, family = names_in(clean.name)
    return {"kind": "person", "title": title, "given_name": given, "family_name": family} | shared


def _is_mobile(phone: str) -> bool:
    digits = phone.replace(" ", "").removeprefix("+39").removeprefix("0039")
    return digits.startswith("3")


def _field_of(name: str) -> str:
    """`addresses.0.province` is the province; what is wrong with a point is the address or the telephone."""
    if name.startswith("contact_points.0"):
        return "email"
    if name.startswith("contact_points"):
        return "phone"
    found = name.rpartition(".")[2]
    return "name" if found in ("legal_name", "family_name", "given_name") else found
