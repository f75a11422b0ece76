"""How a company stands at the head and foot of its papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.files.queries import read_file
from filo.foundation.organisation.models import CompanyLook, SellingCompany

COLOUR = "#1f5f8b"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """colour: of rules and titles, as #rrggbb. seller: name, lines and foot, as `letter.typ` takes them."""

    colour: str
    seller: dict[str, Any]


def letterhead_of(company: SellingCompany) -> Letterhead:
    """The company as it is today, in the language that is active."""
    look = CompanyLook.objects.filter(company=company).first()
    name = company.legal_name or company.name
    lines = [name]
    if look:
        town = " ".join(part for part in (look.postal_code, look.city, look.province) if part)
        lines += [part for part in (look.street, town, look.phone, look.email, look.website) if part]
    code = _("VAT number %(number)s") % {"number": company.vat_number} if company.vat_number else ""
    foot = " · ".join(part for part in (name, code, look.foot if look else "") if part)
    seller = {"name": name, "lines": [*lines, *([code] if code else [])], "foot": foot}
    return Letterhead(look.colour if look else COLOUR, seller)


def logo_of(company_id: UUID) -> dict[str, bytes]:
    """The company's logo by the name that `letter.typ` looks for; nothing where there is none that prints."""
    look = CompanyLook.objects.select_related("logo").filter(company=company_id).first()
    logo = look.logo if look else None
    ending = _ENDINGS.get(logo.media_type) if logo else None
    return {f"logo.{ending}": read_file(logo)} if logo and ending else {}
