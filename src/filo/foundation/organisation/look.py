"""The verb about how a company shows itself: where it is, its logo, its colour, its foot line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.files.services import store_file
from filo.foundation.folding import clean_line
from filo.foundation.organisation.models import CompanyLook, SellingCompany
from filo.foundation.organisation.saving import changes_of, store

LARGEST = 2 * 1024 * 1024
TEXTS = ("street", "postal_code", "city", "province", "country", "phone", "email", "website", "colour", "foot")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SIGNS = {b"\x89PNG\r\n\x1a\n": ("image/png", "png"), b"\xff\xd8\xff": ("image/jpeg", "jpg")}


def save_look(
    principal: Principal,
    company: SellingCompany,
    facts: Mapping[str, str],
    *,
    version: int,
    logo: bytes | None = None,
    without_logo: bool = False,
) -> CompanyLook:
    """Keep it. `logo` takes the place of the one before; `without_logo` takes that away.

    Raises `Forbidden`, `InvalidFields`, and `Stale` when somebody saved first.
    """
    principal.require("settings", "edit")
    wanted: dict[str, object] = {
        name: clean_line(facts[name], max_length=300) for name in TEXTS if facts.get(name) is not None
    }
    if not _COLOUR.fullmatch(str(wanted.get("colour", "#000000"))):
        raise InvalidFields({"colour": _("Write a colour as #1f5f8b.")})
    kind = _kind_of(logo) if logo else None
    with transaction.atomic():
        found, _new = CompanyLook.objects.select_for_update().get_or_create(company=company)
        if kind is not None and logo:
            media_type, ending = kind
            wanted["logo_id"] = store_file(logo, name=f"{company.code}.{ending}", media_type=media_type).pk
        elif without_logo:
            wanted["logo_id"] = None
        changes = changes_of(found, wanted, version)
        if changes:
            store(found, wanted)
            record(principal, "company.look", kind="company", object_id=company.pk, changes=changes)
    return found


def _kind_of(logo: bytes) -> tuple[str, str]:
    if len(logo) > LARGEST:
        raise InvalidFields({"logo": _("A logo has 2 MB at most.")})
    for sign, kind in _SIGNS.items():
        if logo.startswith(sign):
            return kind
    raise InvalidFields({"logo": _("This cannot be printed: choose a PNG or a JPEG.")})
